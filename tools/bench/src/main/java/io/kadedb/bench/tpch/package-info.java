/** Data, schema and queries derived from TPC-H. */
@NullMarked
package io.kadedb.bench.tpch;

import org.jspecify.annotations.NullMarked;
