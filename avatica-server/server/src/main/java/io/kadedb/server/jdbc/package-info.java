/** The embedded JDBC driver: {@code jdbc:kadedb:mem:} and {@code jdbc:kadedb:file:}, in process, by Avatica's frame. */
@NullMarked
package io.kadedb.server.jdbc;

import org.jspecify.annotations.NullMarked;
