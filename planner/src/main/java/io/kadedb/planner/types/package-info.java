/** The type rules of the dialect: what Calcite asks, and what follows from two types meeting. */
@NullMarked
package io.kadedb.planner.types;

import org.jspecify.annotations.NullMarked;
