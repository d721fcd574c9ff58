package io.kadedb.executor.operator;

import io.kadedb.common.data.MemoryPool;
import io.kadedb.executor.memory.Native;
import io.kadedb.planner.physical.PathSelection.Mode;

/** What the path on which a search is has taken, as far as its mode asks. Belongs to one worker. */
final class Visited implements AutoCloseable {
    private final PathGraph graph;
    private final Mode mode;
    private final NativeArray marks;
    private int first;

    Visited(PathGraph graph, Mode mode, MemoryPool memory) {
        this.graph = graph;
        this.mode = mode;
        this.marks = new NativeArray(memory);
    }

    /** Begins at a vertex. */
    void begin(int vertex) {
        if (mode == Mode.WALK) {
            return;
        }
        marks.ensure(Math.max(1, mode == Mode.TRAIL ? graph.identities() : graph.vertices()));
        first = vertex;
        if (mode != Mode.TRAIL) {
            mark(vertex, 1);
        }
    }

    /** Whether the path may take an edge. */
    boolean allows(int edge) {
        return switch (mode) {
            case WALK -> true;
            case TRAIL -> !isMarked(graph.identity(edge));
            case ACYCLIC -> !isMarked(end(edge));
            case SIMPLE -> end(edge) == first || !isMarked(end(edge));
        };
    }

    /** Whether a path with this edge at its end must end there. */
    boolean closes(int edge) {
        return mode == Mode.SIMPLE && end(edge) == first;
    }

    void take(int edge) {
        set(edge, 1);
    }

    void release(int edge) {
        set(edge, 0);
    }

    /** Takes back what {@link #begin} noted. */
    void end() {
        if (mode == Mode.ACYCLIC || mode == Mode.SIMPLE) {
            mark(first, 0);
        }
    }

    private void set(int edge, int value) {
        switch (mode) {
            case WALK -> {}
            case TRAIL -> mark(graph.identity(edge), value);
            case ACYCLIC, SIMPLE -> mark(end(edge), value);
        }
    }

    private int end(int edge) {
        return graph.vertex(graph.endSource(edge), graph.endTarget(edge));
    }

    private boolean isMarked(int number) {
        return number >= 0 && Native.getByte(marks.address() + number) != 0;
    }

    private void mark(int number, int value) {
        if (number >= 0) {
            Native.putByte(marks.address() + number, (byte) value);
        }
    }

    @Override
    public void close() {
        marks.close();
    }
}
