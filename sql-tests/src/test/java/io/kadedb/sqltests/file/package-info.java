/** Files written by COPY, read by it and by DuckDB, and files of DuckDB's read by it. */
@NullMarked
package io.kadedb.sqltests.file;

import org.jspecify.annotations.NullMarked;
