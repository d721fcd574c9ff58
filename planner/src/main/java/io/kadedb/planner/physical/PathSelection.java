package io.kadedb.planner.physical;

/**
 * Which of the paths between two vertices are wanted.
 *
 * @param mode which paths there are
 * @param paths which of these are wanted
 * @param count how many paths, or lengths, for each pair of vertices; 1 where all are wanted
 */
public record PathSelection(Mode mode, Paths paths, int count) {
    /** All walks. */
    public static final PathSelection ALL_WALKS = new PathSelection(Mode.WALK, Paths.ALL, 1);

    /** What a path may visit more than once. */
    public enum Mode {
        /** Anything. */
        WALK,
        /** Vertices; no edge twice. */
        TRAIL,
        /** Nothing. */
        ACYCLIC,
        /** Only the first vertex, as the last one. */
        SIMPLE
    }

    /** How many of the paths between two vertices. */
    public enum Paths {
        ALL,
        /** Some with the fewest edges. */
        SHORTEST,
        /** All of the smallest lengths. */
        SHORTEST_GROUPS,
        /** Some with the least cost. */
        CHEAPEST
    }

    /** Whether it has to be known which edge is which. */
    public boolean tellsEdges() {
        return mode == Mode.TRAIL;
    }

    /** The words of the language for it. */
    public String sql() {
        String number = Integer.toString(count);
        return switch (paths) {
                    case ALL -> "all";
                    case SHORTEST -> count == 1 ? "any shortest" : "shortest " + number;
                    case CHEAPEST -> count == 1 ? "any cheapest" : "cheapest " + number;
                    case SHORTEST_GROUPS -> count == 1 ? "all shortest" : "shortest " + number + " groups";
                }
                + switch (mode) {
                    case WALK -> "";
                    case TRAIL -> " trail";
                    case ACYCLIC -> " acyclic";
                    case SIMPLE -> " simple";
                };
    }
}
