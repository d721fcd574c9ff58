package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.type.Field;
import io.kadedb.executor.kernel.ExpressionEvaluator;
import io.kadedb.executor.kernel.Values;
import io.kadedb.executor.kernel.VectorBuilder;
import io.kadedb.executor.kernel.value.JsonMembers;
import io.kadedb.executor.pipeline.QueryRun;
import io.kadedb.executor.pipeline.Source;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.storage.api.BatchSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The members of a document as rows: jsonb_each, jsonb_array_elements and their like. */
final class DocumentSource implements Source {
    private final PhysicalPlan.FunctionScan plan;
    private final QueryRun run;
    private final AtomicBoolean taken = new AtomicBoolean();
    private @Nullable JsonMembers members;

    DocumentSource(PhysicalPlan.FunctionScan plan, QueryRun run) {
        this.plan = plan;
        this.run = run;
    }

    @Override
    public int start() {
        Expr arg = plan.args().getFirst();
        try (ExpressionEvaluator evaluator = run.kernels().expression(arg, run.evaluation(), run.memory())) {
            Object document = Values.get(evaluator.evaluate(new Batch(1, List.of()), null, 1), 0);
            members = document == null ? null : JsonMembers.of(document, plan.function());
        }
        return 1;
    }

    @Override
    public @Nullable BatchSource next() {
        JsonMembers all = members;
        return all != null && taken.compareAndSet(false, true) ? new Reader(all) : null;
    }

    private final class Reader implements BatchSource {
        private final JsonMembers all;
        private final List<VectorBuilder> columns = new ArrayList<>();
        private final int valueColumns;
        private int next;

        Reader(JsonMembers all) {
            this.all = all;
            for (Field field : plan.output()) {
                columns.add(new VectorBuilder(field.type(), run.memory()));
            }
            this.valueColumns = columns.size() - (plan.ordinality() ? 1 : 0);
        }

        @Override
        public @Nullable Batch next() {
            columns.forEach(VectorBuilder::clear);
            int count = Math.min(Batch.MAX_ROWS, all.size() - next);
            if (count <= 0) {
                return null;
            }
            for (int i = 0; i < count; i++, next++) {
                boolean keyed = valueColumns == 2 || all.keysOnly();
                if (keyed) {
                    columns.getFirst().append(all.key(next));
                }
                if (!all.keysOnly()) {
                    columns.get(valueColumns - 1).append(all.value(next));
                }
                if (plan.ordinality()) {
                    columns.getLast().appendLong(next + 1L);
                }
            }
            List<ColumnVector> built = new ArrayList<>();
            columns.forEach(column -> built.add(column.build()));
            return new Batch(count, built);
        }

        @Override
        public void close() {
            columns.forEach(VectorBuilder::close);
        }
    }
}
