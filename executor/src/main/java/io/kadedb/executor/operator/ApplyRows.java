package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.executor.kernel.EvaluationContext;
import io.kadedb.executor.kernel.Values;
import io.kadedb.executor.pipeline.Pipeline;
import io.kadedb.executor.pipeline.QueryRun;
import io.kadedb.executor.pipeline.Stage;
import io.kadedb.executor.pipeline.Worker;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.PhysicalPlan.JoinType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs the right plan once for each distinct combination of the left columns it reads, on the worker's own thread. The
 * answers to the last combinations are kept.
 */
final class ApplyRows implements Stage {
    private static final int CACHED_ANSWERS = 1 << 10;
    private static final int CACHED_ROWS = 1 << 10;

    private final PhysicalPlan.Apply plan;
    private final FileSources files;
    private final WorkingTables tables;
    private final Worker worker;
    private final Stage next;
    private final MemoryPool memory;
    private final EvaluationContext evaluation;
    private final int[] outerColumns;
    private final boolean cacheable;
    /** Whether there is a row is known from the first. */
    private final int wanted;

    private final Map<List<@Nullable Object>, RowStore> answers = new HashMap<>();
    private final RowStore output;
    private final int[] kept = new int[Batch.MAX_ROWS];

    ApplyRows(PhysicalPlan.Apply plan, FileSources files, WorkingTables tables, Worker worker, Stage next) {
        this.tables = tables;
        this.plan = plan;
        this.files = files;
        this.worker = worker;
        this.next = next;
        this.memory = worker.run().memory();
        OuterReferences references = OuterReferences.of(plan.right(), plan.id());
        this.outerColumns = references.columns();
        this.cacheable = references.isDeterministic();
        this.wanted = plan.type() == JoinType.SEMI || plan.type() == JoinType.ANTI ? 1 : Integer.MAX_VALUE;
        EvaluationContext enclosing = worker.run().evaluation();
        // Workers of the outermost Apply go through their rows side by side; within one everything is in order.
        this.evaluation = worker.run().isInline() ? enclosing : enclosing.withOwnOuterRows();
        this.output = new RowStore(plan.output(), memory);
    }

    @Override
    public void push(Batch batch, int @Nullable [] selection, int count) {
        if (plan.type() == JoinType.SEMI || plan.type() == JoinType.ANTI) {
            int n = 0;
            for (int i = 0; i < count; i++) {
                int row = Columns.row(selection, i);
                try (Answer answer = answer(batch, row)) {
                    kept[n] = row;
                    n += answer.rows.rows() > 0 == (plan.type() == JoinType.SEMI) ? 1 : 0;
                }
            }
            if (n > 0) {
                next.push(batch, kept, n);
            }
            return;
        }
        for (int i = 0; i < count && !next.satisfied(); i++) {
            int row = Columns.row(selection, i);
            try (Answer answer = answer(batch, row)) {
                combine(batch, row, answer.rows);
            }
        }
        flush();
    }

    private void combine(Batch batch, int row, RowStore right) {
        int left = batch.columns().size();
        if (right.rows() == 0) {
            if (plan.type() == JoinType.LEFT) {
                output.beginRow();
                for (int c = 0; c < left; c++) {
                    output.builder(c).append(batch.column(c), row);
                }
                for (int c = left; c < output.columns(); c++) {
                    output.builder(c).appendNull();
                }
                flushIfFull();
            }
            return;
        }
        for (int r = 0; r < right.rows(); r++) {
            output.beginRow();
            for (int c = 0; c < left; c++) {
                output.builder(c).append(batch.column(c), row);
            }
            for (int c = left; c < output.columns(); c++) {
                output.builder(c).append(right.column(c - left), r);
            }
            flushIfFull();
        }
    }

    private void flushIfFull() {
        if (output.rows() == Batch.MAX_ROWS) {
            flush();
        }
    }

    private void flush() {
        if (output.rows() > 0) {
            next.push(output.all(), null, output.rows());
            output.clear();
        }
    }

    /** Rows of the right plan, to be freed after use unless they are cached. */
    private record Answer(RowStore rows, boolean owned) implements AutoCloseable {
        @Override
        public void close() {
            if (owned) {
                rows.close();
            }
        }
    }

    private Answer answer(Batch batch, int row) {
        worker.checkpoint();
        if (!cacheable) {
            return new Answer(run(batch, row), true);
        }
        List<@Nullable Object> key = new ArrayList<>();
        for (int column : outerColumns) {
            key.add(Values.get(batch.column(column), row));
        }
        RowStore known = answers.get(key);
        if (known != null) {
            return new Answer(known, false);
        }
        RowStore rows = run(batch, row);
        if (rows.rows() > CACHED_ROWS) {
            return new Answer(rows, true);
        }
        if (answers.size() >= CACHED_ANSWERS) {
            forget();
        }
        answers.put(key, rows);
        return new Answer(rows, false);
    }

    private void forget() {
        answers.values().forEach(RowStore::close);
        answers.clear();
    }

    private RowStore run(Batch batch, int row) {
        evaluation.outer().set(plan.id(), batch, row);
        RowStore rows = new RowStore(plan.right().output(), memory);
        QueryRun nested = worker.run().nested(evaluation);
        try (nested) {
            List<Pipeline> pipelines =
                    PipelineBuilder.build(plan.right(), nested, files, tables, new CollectedRows(rows, wanted));
            nested.prepare(pipelines, () -> {});
            nested.start();
            nested.throwFailure();
            rows.all();
            return rows;
        } catch (RuntimeException | Error e) {
            rows.close();
            throw e;
        }
    }

    @Override
    public void end() {
        next.end();
    }

    @Override
    public boolean satisfied() {
        return next.satisfied();
    }

    @Override
    public void close() {
        forget();
        output.close();
        next.close();
    }
}
