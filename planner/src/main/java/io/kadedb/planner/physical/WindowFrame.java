package io.kadedb.planner.physical;

import java.util.Optional;

/**
 * Which rows of its partition a row's window function looks at.
 *
 * @param key for RANGE with offsets: the ordinal of the input column that the bounds' limits are compared with
 */
public record WindowFrame(Mode mode, Bound start, Bound end, Exclusion exclusion, Optional<Integer> key) {
    /** The whole partition. */
    public static final WindowFrame ALL = new WindowFrame(
            Mode.RANGE,
            Bound.of(Place.UNBOUNDED_PRECEDING),
            Bound.of(Place.UNBOUNDED_FOLLOWING),
            Exclusion.NO_OTHERS,
            Optional.empty());

    /** What offsets count, and what the current row stands for. */
    public enum Mode {
        /** Rows. */
        ROWS,
        /** Differences of the value ordered by; the current row stands for its peers. */
        RANGE,
        /** Groups of peers; the current row stands for its peers. */
        GROUPS
    }

    /** Where a bound is. */
    public enum Place {
        UNBOUNDED_PRECEDING,
        PRECEDING,
        CURRENT_ROW,
        FOLLOWING,
        UNBOUNDED_FOLLOWING
    }

    /** What is left out of the frame. */
    public enum Exclusion {
        NO_OTHERS,
        CURRENT_ROW,
        /** The current row and its peers. */
        GROUP,
        /** The current row's peers. */
        TIES
    }

    /**
     * One end of a frame.
     *
     * @param offset of PRECEDING and FOLLOWING, the same for all rows: a BIGINT of rows or groups, else what is
     *     subtracted or added
     * @param limit for RANGE: the ordinal of the input column with the value where the frame ends
     */
    public record Bound(Place place, Optional<Expr> offset, Optional<Integer> limit) {
        /** A bound without an offset. */
        public static Bound of(Place place) {
            return new Bound(place, Optional.empty(), Optional.empty());
        }
    }
}
