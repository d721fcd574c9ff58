/** The physical plan: what the executor runs, EXPLAIN prints and nodes send to each other. No Calcite type appears here. */
@NullMarked
package io.kadedb.planner.physical;

import org.jspecify.annotations.NullMarked;
