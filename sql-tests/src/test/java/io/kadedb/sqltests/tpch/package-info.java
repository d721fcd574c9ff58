/** The 22 queries derived from TPC-H against DuckDB. */
@NullMarked
package io.kadedb.sqltests.tpch;

import org.jspecify.annotations.NullMarked;
