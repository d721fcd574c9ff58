package io.kadedb.parser.graph;

/** Which way an edge pattern points, seen from left to right. */
public enum Direction {
    /** {@code -[e]->}: the left vertex is the source. */
    RIGHT("-", "->"),
    /** {@code <-[e]-}: the right vertex is the source. */
    LEFT("<-", "-"),
    /** {@code -[e]-} or {@code <-[e]->}: an edge either way. A self-loop matches once. */
    ANY("-", "-");

    private final String start;
    private final String end;

    Direction(String start, String end) {
        this.start = start;
        this.end = end;
    }

    String start() {
        return start;
    }

    String end() {
        return end;
    }
}
