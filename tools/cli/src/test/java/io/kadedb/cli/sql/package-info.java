@NullMarked
package io.kadedb.cli.sql;

import org.jspecify.annotations.NullMarked;
