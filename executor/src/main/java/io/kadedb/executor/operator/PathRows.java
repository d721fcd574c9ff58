package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.type.Field;
import io.kadedb.executor.kernel.VectorBuilder;
import io.kadedb.executor.pipeline.Stage;
import io.kadedb.executor.pipeline.Worker;
import io.kadedb.planner.physical.PhysicalPlan;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Searches from the vertices whose numbers it is given, and joins the left and right rows at the ends of each path. */
final class PathRows implements Stage, PathSink {
    private final PathGraph graph;
    private final Worker worker;
    private final Stage next;
    private final PathSearcher searcher;
    private final @Nullable PathAggregates aggregates;
    private final VectorBuilder[] columns;
    private final int leftWidth;
    private final int rightWidth;
    private final int[] lefts = new int[Batch.MAX_ROWS];
    private final int[] rights = new int[Batch.MAX_ROWS];
    private int count;

    PathRows(PhysicalPlan.PathSearch plan, PathGraph graph, Worker worker, Stage next) {
        this.graph = graph;
        this.worker = worker;
        this.next = next;
        MemoryPool memory = worker.run().memory();
        this.searcher = PathSearcher.of(plan, graph, worker, memory);
        this.aggregates = plan.calls().isEmpty()
                ? null
                : new PathAggregates(
                        plan,
                        graph.edges.table().rows,
                        worker.run().evaluation().timeZone(),
                        memory);
        List<Field> output = plan.output();
        this.columns =
                output.stream().map(f -> new VectorBuilder(f.type(), memory)).toArray(VectorBuilder[]::new);
        this.leftWidth = plan.left().output().size();
        this.rightWidth = plan.right().output().size();
    }

    @Override
    public void push(Batch batch, int @Nullable [] selection, int selected) {
        long[] origins = new long[selected];
        Columns.loadLongs(batch.column(0), selection, selected, origins);
        for (int i = 0; i < selected && !next.satisfied(); i++) {
            worker.checkpoint();
            searcher.search((int) origins[i], this);
        }
        flush();
    }

    @Override
    public void path(int origin, int target, int[] edges, int length) {
        JoinTable left = graph.left.table();
        JoinTable right = graph.right.table();
        for (int l = PathGraph.first(left, origin); l < PathGraph.last(left, origin); l++) {
            for (int r = PathGraph.first(right, target); r < PathGraph.last(right, target); r++) {
                lefts[count] = PathGraph.row(left, l);
                rights[count] = PathGraph.row(right, r);
                columns[leftWidth + rightWidth].appendLong(length);
                if (aggregates != null) {
                    aggregates.add(count, edges, length);
                }
                if (++count == Batch.MAX_ROWS) {
                    flush();
                }
            }
        }
    }

    private void flush() {
        if (count == 0) {
            return;
        }
        JoinTable left = graph.left.table();
        JoinTable right = graph.right.table();
        for (int c = 0; c < leftWidth; c++) {
            columns[c].appendOrNull(left.rows.column(c), lefts, count);
        }
        for (int c = 0; c < rightWidth; c++) {
            columns[leftWidth + c].appendOrNull(right.rows.column(c), rights, count);
        }
        if (aggregates != null) {
            aggregates.emit(count, columns, leftWidth + rightWidth + 1);
        }
        ColumnVector[] vectors = new ColumnVector[columns.length];
        for (int c = 0; c < vectors.length; c++) {
            vectors[c] = columns[c].build();
        }
        int rows = count;
        count = 0;
        next.push(new Batch(rows, Arrays.asList(vectors)), null, rows);
        for (VectorBuilder column : columns) {
            column.clear();
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
        searcher.close();
        if (aggregates != null) {
            aggregates.close();
        }
        for (VectorBuilder column : columns) {
            column.close();
        }
        next.close();
    }
}
