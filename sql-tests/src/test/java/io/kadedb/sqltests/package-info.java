/** The commands that judge a database: SQL logic tests, SQLite's corpus, fuzzing. */
@NullMarked
package io.kadedb.sqltests;

import org.jspecify.annotations.NullMarked;
