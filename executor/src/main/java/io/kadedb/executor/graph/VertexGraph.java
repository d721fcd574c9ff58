package io.kadedb.executor.graph;

import io.kadedb.common.data.MemoryPool;
import org.jspecify.annotations.Nullable;

/**
 * The graph an algorithm runs on: each direction of its adjacency is built when it is first asked for. Belongs to one
 * thread, which may let others read what it was given.
 */
public final class VertexGraph implements AutoCloseable {
    private final int vertices;
    private final boolean directed;
    private final EdgeList edges;
    private final Parallel parallel;
    private final MemoryPool memory;
    private @Nullable Adjacency out;
    private @Nullable Adjacency in;

    /**
     * @param directed whether edges are one-way; if not, each is in the list both ways, but for loops
     * @param edges closed with the graph
     */
    public VertexGraph(int vertices, boolean directed, EdgeList edges, Parallel parallel, MemoryPool memory) {
        this.vertices = vertices;
        this.directed = directed;
        this.edges = edges;
        this.parallel = parallel;
        this.memory = memory;
    }

    public int vertices() {
        return vertices;
    }

    public boolean directed() {
        return directed;
    }

    /** All edges; none once one of the adjacencies has been asked for. */
    EdgeList edges() {
        return edges;
    }

    Parallel parallel() {
        return parallel;
    }

    MemoryPool memory() {
        return memory;
    }

    /** The edges by the vertex where they start. */
    public Adjacency out() {
        Adjacency built = out;
        if (built == null) {
            built = in == null ? Adjacency.of(edges, vertices, true, parallel, memory) : in.reversed(parallel, memory);
            edges.close();
            out = built;
        }
        return built;
    }

    /** The edges by the vertex where they end: the same where they have no direction. */
    public Adjacency in() {
        if (!directed) {
            return out();
        }
        Adjacency built = in;
        if (built == null) {
            built = out == null
                    ? Adjacency.of(edges, vertices, false, parallel, memory)
                    : out.reversed(parallel, memory);
            edges.close();
            in = built;
        }
        return built;
    }

    @Override
    public void close() {
        edges.close();
        if (out != null) {
            out.close();
        }
        if (in != null) {
            in.close();
        }
    }
}
