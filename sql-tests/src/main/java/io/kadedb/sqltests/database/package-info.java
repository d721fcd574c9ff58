/** What logic tests run on: KadeDB within the process or behind a server, a bundled peer, or any JDBC URL. */
@NullMarked
package io.kadedb.sqltests.database;

import org.jspecify.annotations.NullMarked;
