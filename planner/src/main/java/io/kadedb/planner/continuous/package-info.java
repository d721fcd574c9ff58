/** Continuous aggregates: materialized views of which only the buckets that changed are computed anew. */
@NullMarked
package io.kadedb.planner.continuous;

import org.jspecify.annotations.NullMarked;
