package io.kadedb.executor;

import io.kadedb.common.catalog.IndexDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.executor.kernel.EvaluationContext;
import io.kadedb.executor.kernel.ExpressionEvaluator;
import io.kadedb.executor.kernel.KernelProvider;
import io.kadedb.executor.kernel.PredicateEvaluator;
import io.kadedb.planner.physical.Expr;
import io.kadedb.storage.api.IndexExpressions;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Computes what indexes are over with the kernels of queries. Thread-safe. */
public final class IndexComputations implements IndexExpressions {
    private final KernelProvider kernels;
    private final MemoryPool memory;
    private final Planned planned;

    /**
     * What is to be computed: over the columns {@link IndexDefinition#computedFrom()} by their places there.
     *
     * @param expressions of the key's parts that are no columns, in order
     */
    public record Computed(List<Expr> expressions, Optional<Expr> condition) {
        public Computed {
            expressions = List.copyOf(expressions);
        }
    }

    /** Turns what was written into expressions. */
    @FunctionalInterface
    public interface Planned {
        Computed of(TableDefinition table, IndexDefinition index);
    }

    public IndexComputations(KernelProvider kernels, MemoryPool memory, Planned planned) {
        this.kernels = kernels;
        this.memory = memory;
        this.planned = planned;
    }

    @Override
    public Evaluation open(TableDefinition table, IndexDefinition index) {
        return new Kernels(planned.of(table, index));
    }

    /** The compiled expressions of one index. */
    private final class Kernels implements Evaluation {
        private final List<ExpressionEvaluator> expressions = new ArrayList<>();
        private final Optional<PredicateEvaluator> condition;

        Kernels(Computed computed) {
            EvaluationContext context = EvaluationContext.ofColumns(ZoneOffset.UTC);
            computed.expressions()
                    .forEach(expression -> expressions.add(kernels.expression(expression, context, memory)));
            condition = computed.condition().map(tested -> kernels.predicate(tested, context, memory));
        }

        @Override
        public int choose(Batch rows, int[] chosen) {
            return condition.orElseThrow().select(rows, null, rows.length(), chosen);
        }

        @Override
        public ColumnVector compute(int expression, Batch rows, int[] chosen, int count) {
            return expressions.get(expression).evaluate(rows, chosen, count);
        }

        @Override
        public void close() {
            expressions.forEach(ExpressionEvaluator::close);
            condition.ifPresent(PredicateEvaluator::close);
        }
    }
}
