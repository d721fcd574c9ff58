package io.kadedb.parser.graph;

/** Which of the paths between two vertices are matches. */
public enum PathSelector {
    /** All of them. */
    ALL("ALL", false),
    /** Some of them. */
    ANY("ANY", true),
    /** One of those with the fewest edges. */
    ANY_SHORTEST("ANY SHORTEST", false),
    /** All of those with the fewest edges. */
    ALL_SHORTEST("ALL SHORTEST", false),
    /** Some with the fewest edges. */
    SHORTEST("SHORTEST", true),
    /** All with the fewest numbers of edges. */
    SHORTEST_GROUPS("SHORTEST", true),
    /** One of those with the least cost. */
    ANY_CHEAPEST("ANY CHEAPEST", false),
    /** Some with the least cost. */
    CHEAPEST("CHEAPEST", true);

    private final String words;
    private final boolean counted;

    PathSelector(String words, boolean counted) {
        this.words = words;
        this.counted = counted;
    }

    /** Whether edges have costs. */
    public boolean isByCost() {
        return this == ANY_CHEAPEST || this == CHEAPEST;
    }

    String words() {
        return words;
    }

    /** Whether a number tells how many. */
    boolean isCounted() {
        return counted;
    }
}
