package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.Field;
import io.kadedb.executor.graph.EdgeList;
import io.kadedb.executor.graph.Parallel;
import io.kadedb.executor.graph.VertexGraph;
import io.kadedb.executor.pipeline.QueryRun;
import io.kadedb.executor.pipeline.Sink;
import io.kadedb.executor.pipeline.Stage;
import io.kadedb.executor.pipeline.Worker;
import io.kadedb.planner.physical.PhysicalPlan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes in the graph of an algorithm: first the vertices, whose place among their rows is their number, then the edges,
 * of which each worker looks up both ends.
 */
final class AlgorithmGraph implements AutoCloseable {
    private final PhysicalPlan.GraphAlgorithm plan;
    private final MemoryPool memory;
    private final JoinBuild vertices;
    private final EdgeList edges;
    private final Edges sink = new Edges();

    AlgorithmGraph(PhysicalPlan.GraphAlgorithm plan, QueryRun run) {
        this.plan = plan;
        this.memory = run.memoryFor("Graph algorithm");
        this.edges = new EdgeList(plan.weight().isPresent(), memory);
        List<Field> fields = plan.vertices().output();
        List<Field> keys = plan.vertexKeys().stream().map(fields::get).toList();
        // NULLs of keys that are narrower than the widest are values; others have been left out.
        this.vertices = new JoinBuild(
                "Graph algorithm",
                fields,
                JoinSpec.ints(plan.vertexKeys()),
                keys.stream()
                        .map(key -> new Field(key.name(), key.type(), padded()))
                        .toList(),
                padded(),
                false,
                run);
    }

    private boolean padded() {
        return plan.label().isPresent();
    }

    /** Where the memory of what is found comes from. */
    MemoryPool memory() {
        return memory;
    }

    Sink vertices() {
        return vertices;
    }

    Sink edges() {
        return sink;
    }

    /** The vertices' rows. */
    RowStore rows() {
        return vertices.table().rows;
    }

    /**
     * The graph, when all is taken in.
     *
     * @throws KadeException 21000 if two vertices have the same key
     */
    VertexGraph graph(Parallel parallel) {
        JoinTable table = vertices.table();
        if (table.rows.rows() > 0 && !table.unique()) {
            throw KadeException.of(ErrorCode.CARDINALITY_VIOLATION, "two vertices of the graph have the same key")
                    .hint("the KEY of a vertex table has to be unique");
        }
        return new VertexGraph(table.rows.rows(), plan.directed(), edges, parallel, memory);
    }

    @Override
    public void close() {
        edges.close();
        memory.close();
    }

    private final class Edges implements Sink {
        @Override
        public Stage open(Worker worker) {
            return new Lookup();
        }
    }

    /** Looks up the ends of one worker's edges. */
    private final class Lookup implements Stage {
        private final EdgeList local = new EdgeList(plan.weight().isPresent(), memory);
        private final KeyEncoder sources = vertices.table().probeEncoder(JoinSpec.ints(plan.sourceKeys()));
        private final KeyEncoder destinations = vertices.table().probeEncoder(JoinSpec.ints(plan.destinationKeys()));
        private final int[] starts = new int[Batch.MAX_ROWS];
        private final int[] ends = new int[Batch.MAX_ROWS];
        private final int[] scratch = new int[Batch.MAX_ROWS];
        private final double[] weights = new double[Batch.MAX_ROWS];

        @Override
        public void push(Batch batch, int @Nullable [] selection, int count) {
            if (rows().rows() == 0) {
                return;
            }
            sources.encode(batch, selection, count);
            vertices.table().find(sources.words, count, starts, scratch);
            destinations.encode(batch, selection, count);
            vertices.table().find(destinations.words, count, ends, scratch);
            plan.weight().ifPresent(column -> weigh(batch.column(column), selection, count));
            for (int i = 0; i < count; i++) {
                int start = starts[i];
                int end = ends[i];
                if (start < 0 || end < 0) {
                    continue;
                }
                local.add(start, end, weights[i]);
                if (!plan.directed() && start != end) {
                    local.add(end, start, weights[i]);
                }
            }
        }

        private void weigh(ColumnVector vector, int @Nullable [] selection, int count) {
            Columns.loadDoubles(vector, selection, count, weights);
            for (int i = 0; i < count; i++) {
                if (starts[i] < 0 || ends[i] < 0) {
                    continue;
                }
                if (vector.isNull(Columns.row(selection, i))) {
                    throw KadeException.of(ErrorCode.NULL_VALUE_NOT_ALLOWED, "the weight of an edge is NULL")
                            .hint("leave such edges out with edge_where, or give them a weight with coalesce");
                }
                if (!(weights[i] >= 0)) {
                    throw KadeException.of(
                                    ErrorCode.INVALID_PARAMETER_VALUE,
                                    "an edge weighs " + weights[i] + ", and weights cannot be less than 0")
                            .hint("leave such edges out with edge_where");
                }
            }
        }

        @Override
        public void end() {
            synchronized (edges) {
                edges.addAll(local);
            }
        }

        @Override
        public boolean satisfied() {
            return false;
        }

        @Override
        public void close() {
            local.close();
        }
    }
}
