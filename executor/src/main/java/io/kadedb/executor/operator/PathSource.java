package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.type.Field;
import io.kadedb.executor.kernel.ExpressionEvaluator;
import io.kadedb.executor.kernel.Values;
import io.kadedb.executor.kernel.VectorBuilder;
import io.kadedb.executor.path.PathFunctions;
import io.kadedb.executor.path.PathItem;
import io.kadedb.executor.pipeline.QueryRun;
import io.kadedb.executor.pipeline.Source;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.TableFunction;
import io.kadedb.storage.api.BatchSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The items that a path gives of a document, as rows: jsonb_path_query. */
final class PathSource implements Source {
    private final PhysicalPlan.FunctionScan plan;
    private final QueryRun run;
    private final AtomicBoolean taken = new AtomicBoolean();
    private List<PathItem> items = List.of();

    PathSource(PhysicalPlan.FunctionScan plan, QueryRun run) {
        this.plan = plan;
        this.run = run;
    }

    @Override
    public int start() {
        @Nullable Object[] values = new @Nullable Object[plan.args().size()];
        for (int i = 0; i < values.length; i++) {
            try (ExpressionEvaluator evaluator =
                    run.kernels().expression(plan.args().get(i), run.evaluation(), run.memory())) {
                values[i] = Values.get(evaluator.evaluate(new Batch(1, List.of()), null, 1), 0);
            }
        }
        boolean zoned = plan.function() == TableFunction.JSON_PATH_QUERY_TZ;
        items = Arrays.stream(values).anyMatch(Objects::isNull)
                ? List.of()
                : new PathFunctions(
                                zoned,
                                run.evaluation().timeZone(),
                                run.evaluation().cancel())
                        .items(values);
        return 1;
    }

    @Override
    public @Nullable BatchSource next() {
        return taken.compareAndSet(false, true) ? new Reader() : null;
    }

    private final class Reader implements BatchSource {
        private final List<VectorBuilder> builders = new ArrayList<>();
        private int next;

        Reader() {
            for (Field field : plan.output()) {
                builders.add(new VectorBuilder(field.type(), run.memory()));
            }
        }

        @Override
        public @Nullable Batch next() {
            int count = Math.min(Batch.MAX_ROWS, items.size() - next);
            if (count <= 0) {
                return null;
            }
            builders.forEach(VectorBuilder::clear);
            for (int i = 0; i < count; i++, next++) {
                builders.getFirst().append(items.get(next).json().buffer());
                if (plan.ordinality()) {
                    builders.getLast().appendLong(next + 1L);
                }
            }
            List<ColumnVector> built = new ArrayList<>();
            builders.forEach(builder -> built.add(builder.build()));
            return new Batch(count, built);
        }

        @Override
        public void close() {
            builders.forEach(VectorBuilder::close);
        }
    }
}
