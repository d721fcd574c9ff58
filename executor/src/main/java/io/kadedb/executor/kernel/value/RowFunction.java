package io.kadedb.executor.kernel.value;

import org.jspecify.annotations.Nullable;

/** A function bound to its argument and result types. */
@FunctionalInterface
public interface RowFunction {
    /**
     * The result for arguments that are as {@link io.kadedb.planner.physical.Expr.Literal} says, of which none is null
     * unless the function {@linkplain RowFunctions#isStrict is not strict}.
     */
    @Nullable
    Object apply(@Nullable Object[] args);
}
