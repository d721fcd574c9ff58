@NullMarked
package io.kadedb.cli;

import org.jspecify.annotations.NullMarked;
