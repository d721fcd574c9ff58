package io.kadedb.executor.kernel;

import io.kadedb.common.data.MemoryPool;
import io.kadedb.planner.physical.Expr;

/**
 * Makes the code that computes: one implementation for the CPU, later one for CUDA devices. Thread-safe; what it makes
 * belongs to one thread.
 *
 * <p>Parameters and session values are read from the context's query once, when they are first needed; columns of outer
 * rows are read from {@link EvaluationContext#outer} at every call of an evaluator.
 */
public interface KernelProvider {
    /** For EXPLAIN: {@code cpu} or {@code cuda}. */
    String name();

    ExpressionEvaluator expression(Expr expression, EvaluationContext context, MemoryPool memory);

    PredicateEvaluator predicate(Expr condition, EvaluationContext context, MemoryPool memory);
}
