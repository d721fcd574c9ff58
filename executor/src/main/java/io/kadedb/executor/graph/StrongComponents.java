package io.kadedb.executor.graph;

/**
 * The strongly connected components, each named by its least vertex: Tarjan's depth-first search (1972) with a stack of
 * its own, on one thread.
 */
public final class StrongComponents implements AutoCloseable {
    private static final int CHECK = 1 << 16;

    private final VertexGraph graph;
    private final Adjacency out;
    /** When a vertex was met, from 1; 0 before. */
    private final Ints met;
    /** The earliest vertex on the stack that it is known to reach, by when that was met. */
    private final Ints low;
    /** The place of the next edge to follow. */
    private final Ints next;
    /** Vertices met whose component is not complete. */
    private final Ints open;
    /** The path from the root of the search. */
    private final Ints path;

    private int clock;
    private int opened;

    private StrongComponents(VertexGraph graph) {
        this.graph = graph;
        this.out = graph.out();
        int n = graph.vertices();
        this.met = new Ints(n, graph.memory());
        this.low = new Ints(n, graph.memory());
        this.next = new Ints(n, graph.memory());
        this.open = new Ints(n, graph.memory());
        this.path = new Ints(n, graph.memory());
    }

    /** The least vertex of the component of each. */
    public static VertexValues of(VertexGraph graph) {
        int n = graph.vertices();
        Ints components = new Ints(n, graph.memory());
        try (StrongComponents search = new StrongComponents(graph)) {
            components.fill((byte) -1);
            for (int v = 0; v < n; v++) {
                if (search.met.get(v) == 0) {
                    search.from(v, components);
                }
            }
            return new VertexValues.Counts(components);
        } catch (RuntimeException | Error e) {
            components.close();
            throw e;
        }
    }

    private void from(int root, Ints components) {
        int depth = 0;
        enter(root);
        path.set(depth++, root);
        while (depth > 0) {
            int v = path.get(depth - 1);
            int place = next.get(v);
            if (place < out.start(v + 1)) {
                next.set(v, place + 1);
                int w = out.neighbour(place);
                if (met.get(w) == 0) {
                    enter(w);
                    path.set(depth++, w);
                } else if (components.get(w) < 0) {
                    low.set(v, Math.min(low.get(v), met.get(w)));
                }
                continue;
            }
            depth--;
            if (depth > 0) {
                int parent = path.get(depth - 1);
                low.set(parent, Math.min(low.get(parent), low.get(v)));
            }
            if (low.get(v) == met.get(v)) {
                complete(v, components);
            }
        }
    }

    private void enter(int vertex) {
        if ((clock & CHECK - 1) == 0) {
            graph.parallel().checkpoint();
        }
        clock++;
        met.set(vertex, clock);
        low.set(vertex, clock);
        next.set(vertex, out.start(vertex));
        open.set(opened++, vertex);
    }

    /** The vertices opened since this one are its component. */
    private void complete(int vertex, Ints components) {
        int first = opened;
        int least = vertex;
        do {
            first--;
            least = Math.min(least, open.get(first));
        } while (open.get(first) != vertex);
        for (int i = first; i < opened; i++) {
            components.set(open.get(i), least);
        }
        opened = first;
    }

    @Override
    public void close() {
        met.close();
        low.close();
        next.close();
        open.close();
        path.close();
    }
}
