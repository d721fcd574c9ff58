/**
 * What operators and functions mean for single values, as objects of the classes that
 * {@link io.kadedb.planner.physical.Expr.Literal} lists: PostgreSQL's rules, errors and text forms in one place. Kernels
 * repeat the common ones over vectors.
 */
@NullMarked
package io.kadedb.executor.kernel.value;

import org.jspecify.annotations.NullMarked;
