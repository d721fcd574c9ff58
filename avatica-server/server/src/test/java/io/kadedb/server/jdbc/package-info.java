@NullMarked
package io.kadedb.server.jdbc;

import org.jspecify.annotations.NullMarked;
