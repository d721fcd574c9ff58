package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.executor.kernel.ExpressionEvaluator;
import io.kadedb.executor.kernel.Values;
import io.kadedb.executor.kernel.VectorBuilder;
import io.kadedb.executor.kernel.value.ArrayRows;
import io.kadedb.executor.path.JsonTableRows;
import io.kadedb.executor.path.PathEvaluator.PathSettings;
import io.kadedb.executor.path.PathFunctions;
import io.kadedb.executor.pipeline.QueryRun;
import io.kadedb.executor.pipeline.Source;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.TableFunction;
import io.kadedb.storage.api.BatchSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** What functions give all at once, as rows: unnest, regexp_matches, jsonb_path_query, JSON_TABLE and their like. */
final class ArraySource implements Source {
    private final PhysicalPlan.FunctionScan plan;
    private final QueryRun run;
    private final AtomicBoolean taken = new AtomicBoolean();
    private List<List<@Nullable Object>> columns = List.of();

    ArraySource(PhysicalPlan.FunctionScan plan, QueryRun run) {
        this.plan = plan;
        this.run = run;
    }

    @Override
    public int start() {
        List<@Nullable Object> args = new ArrayList<>();
        List<SqlType> types = new ArrayList<>();
        for (Expr arg : plan.args()) {
            try (ExpressionEvaluator evaluator = run.kernels().expression(arg, run.evaluation(), run.memory())) {
                args.add(Values.get(evaluator.evaluate(new Batch(1, List.of()), null, 1), 0));
            }
            types.add(arg.type());
        }
        PathSettings settings = new PathSettings(
                plan.function() == TableFunction.JSON_PATH_QUERY_TZ,
                run.evaluation().timeZone(),
                run.evaluation().cancel());
        columns = switch (plan.function()) {
            case JSON_PATH_QUERY, JSON_PATH_QUERY_TZ -> List.of(PathFunctions.rows(args, settings));
            case JSON_TABLE -> new JsonTableRows(args, types, plan.output(), settings).columns();
            default -> ArrayRows.of(plan.function(), args, types);
        };
        return 1;
    }

    @Override
    public @Nullable BatchSource next() {
        return taken.compareAndSet(false, true) ? new Reader() : null;
    }

    private final class Reader implements BatchSource {
        private final List<VectorBuilder> builders = new ArrayList<>();
        private final int rows;
        private int next;

        Reader() {
            for (Field field : plan.output()) {
                builders.add(new VectorBuilder(field.type(), run.memory()));
            }
            rows = columns.stream().mapToInt(List::size).max().orElse(0);
        }

        @Override
        public @Nullable Batch next() {
            int count = Math.min(Batch.MAX_ROWS, rows - next);
            if (count <= 0) {
                return null;
            }
            builders.forEach(VectorBuilder::clear);
            for (int c = 0; c < columns.size(); c++) {
                List<@Nullable Object> values = columns.get(c);
                VectorBuilder builder = builders.get(c);
                for (int row = next; row < next + count; row++) {
                    builder.append(row < values.size() ? values.get(row) : null);
                }
            }
            if (plan.ordinality()) {
                for (int row = next; row < next + count; row++) {
                    builders.getLast().appendLong(row + 1L);
                }
            }
            next += count;
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
