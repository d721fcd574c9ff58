package io.kadedb.executor.graph;

/** What an algorithm found for each vertex. Exactly one of the kinds below; closed by who asked for it. */
public sealed interface VertexValues extends AutoCloseable {
    @Override
    void close();

    /** Numbers; NaN for none. */
    record Numbers(Doubles values) implements VertexValues {
        @Override
        public void close() {
            values.close();
        }
    }

    /** Counts, or vertices; negative for none. */
    record Counts(Ints values) implements VertexValues {
        @Override
        public void close() {
            values.close();
        }
    }

    /** Large counts. */
    record LongCounts(Longs values) implements VertexValues {
        @Override
        public void close() {
            values.close();
        }
    }
}
