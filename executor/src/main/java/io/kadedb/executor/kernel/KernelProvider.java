package io.kadedb.executor.kernel;

import io.kadedb.common.data.MemoryPool;
import io.kadedb.executor.api.QueryContext;
import io.kadedb.planner.physical.Expr;

/**
 * Makes the code that computes: one implementation for the CPU, later one for CUDA devices. Thread-safe; what it makes
 * belongs to one thread.
 */
public interface KernelProvider {
    /** For EXPLAIN: {@code cpu} or {@code cuda}. */
    String name();

    ExpressionEvaluator expression(Expr expression, QueryContext context, MemoryPool memory);

    PredicateEvaluator predicate(Expr condition, QueryContext context, MemoryPool memory);
}
