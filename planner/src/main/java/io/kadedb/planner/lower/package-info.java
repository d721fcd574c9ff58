/** From relational algebra to the physical plan. */
@NullMarked
package io.kadedb.planner.lower;

import org.jspecify.annotations.NullMarked;
