/** From validated trees to relational algebra, without Calcite's run-time code generation. */
@NullMarked
package io.kadedb.planner.rel;

import org.jspecify.annotations.NullMarked;
