/** Time buckets, ASOF joins and values at times beside DuckDB, PostgreSQL and plainer queries. */
@NullMarked
package io.kadedb.sqltests.timeseries;

import org.jspecify.annotations.NullMarked;
