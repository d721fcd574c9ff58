package io.kadedb.executor.graph;

import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.executor.graph.EdgeList.Block;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The edges of each vertex in one direction, in compressed sparse rows: those of vertex {@code v} lead to {@code
 * neighbour(i)} for {@code i} from {@code start(v)} to before {@code start(v + 1)}, in ascending order. Read by all
 * threads once it is built.
 */
public final class Adjacency implements AutoCloseable {
    private static final int GRAIN = 1 << 14;

    private final int vertices;
    private final Ints starts;
    private final Ints neighbours;
    private final @Nullable Doubles weights;

    private Adjacency(int vertices, Ints starts, Ints neighbours, @Nullable Doubles weights) {
        this.vertices = vertices;
        this.starts = starts;
        this.neighbours = neighbours;
        this.weights = weights;
    }

    /**
     * The edges by the vertex where they start, or by that where they end.
     *
     * <p>They are first placed by the other end, in no order, and then turned around: who goes through them by one end
     * places them in its order at the other (a counting sort in two passes, with no comparison).
     *
     * @throws KadeException 54000 for more edges than an int32 counts
     */
    public static Adjacency of(EdgeList edges, int vertices, boolean byStart, Parallel parallel, MemoryPool memory) {
        if (edges.edges() > Integer.MAX_VALUE - 64) {
            throw KadeException.of(
                    ErrorCode.PROGRAM_LIMIT_EXCEEDED, "a graph of more than " + Integer.MAX_VALUE + " edges");
        }
        try (Adjacency unordered = placed(edges, vertices, !byStart, parallel, memory)) {
            return unordered.reversed(parallel, memory);
        }
    }

    private static Adjacency placed(
            EdgeList edges, int vertices, boolean byStart, Parallel parallel, MemoryPool memory) {
        Adjacency placed = empty(vertices, (int) edges.edges(), edges.weighted(), memory);
        try (Ints next = new Ints(vertices + 1, memory)) {
            List<Block> blocks = edges.blocks();
            parallel.forEach(blocks.size(), 1, (from, to) -> {
                for (Block block : blocks.subList(from, to)) {
                    Ints ends = byStart ? block.sources : block.targets;
                    for (int i = 0; i < block.count; i++) {
                        int _ = placed.starts.addAtomically(ends.get(i) + 1, 1);
                    }
                }
            });
            placed.sum();
            for (int v = 0; v < vertices; v++) {
                next.set(v, placed.starts.get(v));
            }
            parallel.forEach(blocks.size(), 1, (from, to) -> {
                for (Block block : blocks.subList(from, to)) {
                    Ints ends = byStart ? block.sources : block.targets;
                    Ints others = byStart ? block.targets : block.sources;
                    for (int i = 0; i < block.count; i++) {
                        int at = next.addAtomically(ends.get(i), 1);
                        placed.neighbours.set(at, others.get(i));
                        if (placed.weights != null) {
                            placed.weights.set(at, block.weight(i));
                        }
                    }
                }
            });
            return placed;
        } catch (RuntimeException | Error e) {
            placed.close();
            throw e;
        }
    }

    private static Adjacency empty(int vertices, int edges, boolean weighted, MemoryPool memory) {
        Ints starts = new Ints(vertices + 2, memory);
        Ints neighbours = null;
        try {
            neighbours = new Ints(edges, memory);
            return new Adjacency(vertices, starts, neighbours, weighted ? new Doubles(edges, memory) : null);
        } catch (RuntimeException | Error e) {
            starts.close();
            if (neighbours != null) {
                neighbours.close();
            }
            throw e;
        }
    }

    /** Makes starts of counts that stand one place further. */
    private void sum() {
        int sum = 0;
        for (int v = 0; v <= vertices; v++) {
            sum += starts.get(v);
            starts.set(v, sum);
        }
    }

    /** The same edges the other way round. */
    public Adjacency reversed(Parallel parallel, MemoryPool memory) {
        Adjacency reversed = empty(vertices, edges(), weights != null, memory);
        try (Ints next = new Ints(vertices + 1, memory)) {
            parallel.forEach(edges(), GRAIN, (from, to) -> {
                for (int i = from; i < to; i++) {
                    int _ = reversed.starts.addAtomically(neighbours.get(i) + 1, 1);
                }
            });
            reversed.sum();
            for (int v = 0; v < vertices; v++) {
                next.set(v, reversed.starts.get(v));
            }
            // Each part goes through all edges and places those of its own vertices, so that their order is kept.
            int parts = parallel.threads();
            parallel.forEach(parts, 1, (from, to) -> {
                int first = reversed.vertexAt((int) ((long) edges() * from / parts), from == 0);
                int last = to == parts ? vertices : reversed.vertexAt((int) ((long) edges() * to / parts), false);
                place(reversed, next, first, last, parallel);
            });
            return reversed;
        } catch (RuntimeException | Error e) {
            reversed.close();
            throw e;
        }
    }

    private void place(Adjacency reversed, Ints next, int first, int last, Parallel parallel) {
        for (int v = 0; v < vertices; v++) {
            if ((v & GRAIN - 1) == 0) {
                parallel.checkpoint();
            }
            int end = start(v + 1);
            for (int i = start(v); i < end; i++) {
                int target = neighbours.get(i);
                if (target >= first && target < last) {
                    int at = next.get(target);
                    next.set(target, at + 1);
                    reversed.neighbours.set(at, v);
                    if (weights != null && reversed.weights != null) {
                        reversed.weights.set(at, weights.get(i));
                    }
                }
            }
        }
    }

    /** The first vertex whose edges begin at a place or behind it. */
    private int vertexAt(int place, boolean fromFirst) {
        int low = 0;
        int high = fromFirst ? 0 : vertices;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (start(middle) < place) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    public int vertices() {
        return vertices;
    }

    public int edges() {
        return neighbours.length();
    }

    /** The place of a vertex's first edge. */
    public int start(int vertex) {
        return starts.get(vertex);
    }

    public int degree(int vertex) {
        return starts.get(vertex + 1) - starts.get(vertex);
    }

    /** The vertex at the other end of the edge at a place. */
    public int neighbour(int place) {
        return neighbours.get(place);
    }

    /** The weight of the edge at a place; 1 if edges have none. */
    public double weight(int place) {
        return weights == null ? 1 : weights.get(place);
    }

    @Override
    public void close() {
        starts.close();
        neighbours.close();
        if (weights != null) {
            weights.close();
        }
    }
}
