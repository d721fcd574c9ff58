/** Rewrites of relational algebra: subqueries, predicates, join order. */
@NullMarked
package io.kadedb.planner.rules;

import org.jspecify.annotations.NullMarked;
