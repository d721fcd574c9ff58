package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.executor.graph.BreadthFirst;
import io.kadedb.executor.graph.Cores;
import io.kadedb.executor.graph.LabelPropagation;
import io.kadedb.executor.graph.PageRank;
import io.kadedb.executor.graph.Parallel;
import io.kadedb.executor.graph.ShortestPaths;
import io.kadedb.executor.graph.StrongComponents;
import io.kadedb.executor.graph.Triangles;
import io.kadedb.executor.graph.VertexGraph;
import io.kadedb.executor.graph.VertexValues;
import io.kadedb.executor.graph.WeakComponents;
import io.kadedb.executor.kernel.VectorBuilder;
import io.kadedb.executor.pipeline.QueryRun;
import io.kadedb.executor.pipeline.Source;
import io.kadedb.planner.physical.GraphFunction;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.storage.api.BatchSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Runs an algorithm when its graph is there, and gives the vertices with what it found, in their order. */
final class AlgorithmRows implements Source {
    private final PhysicalPlan.GraphAlgorithm plan;
    private final AlgorithmGraph input;
    private final QueryRun run;
    private @Nullable VertexValues found;
    private boolean given;

    AlgorithmRows(PhysicalPlan.GraphAlgorithm plan, AlgorithmGraph input, QueryRun run) {
        this.plan = plan;
        this.input = input;
        this.run = run;
    }

    @Override
    public int start() {
        Parallel parallel = new Parallel(run);
        try (VertexGraph graph = input.graph(parallel)) {
            found = switch (plan.function()) {
                case PAGERANK -> pageRank(graph);
                case WEAKLY_CONNECTED_COMPONENTS -> WeakComponents.of(graph);
                case STRONGLY_CONNECTED_COMPONENTS -> StrongComponents.of(graph);
                case BFS -> BreadthFirst.distances(graph, sources(), (int) plan.number("max_depth"));
                case SSSP -> ShortestPaths.distances(graph, sources());
                case TRIANGLE_COUNT -> Triangles.counts(graph);
                case LOCAL_CLUSTERING_COEFFICIENT -> Triangles.coefficients(graph);
                case K_CORE -> Cores.of(graph);
                case LABEL_PROPAGATION -> LabelPropagation.labels(graph, (int) plan.number("iterations"));
            };
        }
        return 1;
    }

    private VertexValues pageRank(VertexGraph graph) {
        IntPredicate isSource = plan.source().isPresent() ? sources() : vertex -> true;
        int sources = 0;
        for (int v = 0; v < graph.vertices(); v++) {
            sources += isSource.test(v) ? 1 : 0;
        }
        return new PageRank(graph, plan.number("damping"), isSource, sources)
                .ranks((int) plan.number("iterations"), plan.number("tolerance"));
    }

    /** The vertices marked as sources, of which there has to be one. */
    private IntPredicate sources() {
        ColumnVector marks = input.rows().column(plan.source().orElseThrow());
        IntPredicate isSource = vertex -> !marks.isNull(vertex) && ColumnVector.bit(marks.data(), vertex);
        for (int v = 0; v < input.rows().rows(); v++) {
            if (isSource.test(v)) {
                return isSource;
            }
        }
        throw KadeException.of(ErrorCode.INVALID_PARAMETER_VALUE, "no vertex of the graph is the source")
                .hint("source => .. names it by its key; vertex_labels and vertex_where may have left it out");
    }

    @Override
    public synchronized @Nullable BatchSource next() {
        VertexValues values = found;
        if (given || values == null) {
            return null;
        }
        given = true;
        return new Reader(values);
    }

    @Override
    public void close() {
        if (found != null) {
            found.close();
        }
        input.close();
    }

    private final class Reader implements BatchSource {
        private final VertexValues values;
        private final VectorBuilder column =
                new VectorBuilder(plan.output().getLast().type(), run.memory());
        private final boolean namesVertices =
                plan.function().outputs().getFirst().kind() == GraphFunction.Kind.VERTEX;
        private final int[] vertices = new int[Batch.MAX_ROWS];
        private int from;

        Reader(VertexValues values) {
            this.values = values;
        }

        @Override
        public @Nullable Batch next() {
            int count = Math.min(Batch.MAX_ROWS, input.rows().rows() - from);
            if (count <= 0) {
                return null;
            }
            column.clear();
            switch (values) {
                case VertexValues.Numbers numbers -> {
                    for (int v = from; v < from + count; v++) {
                        append(numbers.values().get(v));
                    }
                }
                case VertexValues.LongCounts counts -> {
                    for (int v = from; v < from + count; v++) {
                        column.appendLong(counts.values().get(v));
                    }
                }
                case VertexValues.Counts counts -> {
                    for (int v = from; v < from + count; v++) {
                        vertices[v - from] = counts.values().get(v);
                    }
                    append(count);
                }
            }
            Batch rows = input.rows().slice(from, count);
            from += count;
            List<ColumnVector> columns = new ArrayList<>();
            plan.label().ifPresent(label -> columns.add(rows.column(label)));
            int keys = plan.vertexKeys().size();
            for (int key = plan.label().isPresent() ? 1 : 0; key < keys; key++) {
                columns.add(rows.column(key));
            }
            columns.add(column.build());
            return new Batch(count, columns);
        }

        private void append(double value) {
            if (Double.isNaN(value)) {
                column.appendNull();
            } else {
                column.appendDouble(value);
            }
        }

        /** Vertices by their key, if that is one column; else numbers. */
        private void append(int count) {
            if (namesVertices && plan.vertexKeys().size() == 1) {
                column.appendOrNull(input.rows().column(0), vertices, count);
                return;
            }
            for (int i = 0; i < count; i++) {
                if (vertices[i] < 0) {
                    column.appendNull();
                } else {
                    column.appendLong(vertices[i]);
                }
            }
        }

        @Override
        public void close() {
            column.close();
        }
    }
}
