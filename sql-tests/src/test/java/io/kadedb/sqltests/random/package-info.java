/** Seeded random queries against DuckDB. */
@NullMarked
package io.kadedb.sqltests.random;

import org.jspecify.annotations.NullMarked;
