/** Gap filling: {@code time_bucket_gapfill}, {@code locf} and {@code interpolate}, which stand for a relation of their own. */
@NullMarked
package io.kadedb.planner.gapfill;

import org.jspecify.annotations.NullMarked;
