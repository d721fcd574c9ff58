/** The JDBC driver of the server: needs Java 11 and nothing else. */
@NullMarked
package io.kadedb.jdbc;

import org.jspecify.annotations.NullMarked;
