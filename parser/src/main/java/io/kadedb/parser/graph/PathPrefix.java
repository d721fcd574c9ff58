package io.kadedb.parser.graph;

/**
 * What stands before a path pattern: {@code SHORTEST 3 TRAIL PATHS}.
 *
 * @param count how many paths, or groups of equally long ones, between two vertices; 1 where the selector takes no number
 */
public record PathPrefix(PathSelector selector, int count, PathMode mode) {
    /** Nothing written: all walks. */
    public static final PathPrefix NONE = new PathPrefix(PathSelector.ALL, 1, PathMode.WALK);

    /** Whether there are finitely many paths, however often edges repeat. */
    public boolean isFinite() {
        return selector != PathSelector.ALL || mode != PathMode.WALK;
    }

    String sql() {
        if (equals(NONE)) {
            return "";
        }
        String number = selector.isCounted() ? " " + count : "";
        String selected = selector == PathSelector.ALL ? "" : selector.words() + number + " ";
        String moded = mode == PathMode.WALK ? "" : mode + " ";
        return selected + moded + (selector == PathSelector.SHORTEST_GROUPS ? "GROUPS " : "");
    }
}
