/** The direct way to a plan for queries that read one row by its key. */
@NullMarked
package io.kadedb.planner.point;

import org.jspecify.annotations.NullMarked;
