/** Statements to plans: {@link io.kadedb.planner.KadePlanner} is the entry. */
@NullMarked
package io.kadedb.planner;

import org.jspecify.annotations.NullMarked;
