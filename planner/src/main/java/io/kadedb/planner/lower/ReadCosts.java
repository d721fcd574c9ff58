package io.kadedb.planner.lower;

/** What reads of a table cost, in nanoseconds; measured on two cores, to be compared with each other. */
final class ReadCosts {
    /** Finding one row by an index. */
    private static final double LOOKUP = 3_000;
    /** To begin a scan on several threads. */
    private static final double SCAN_START = 20_000;
    /** To begin a range: a search in each structure. */
    private static final double RANGE_START = 5_000;
    /** The next row of a range. */
    private static final double RANGE_ROW = 250;
    /** A column of a row in a scan: settled. */
    private static final double SETTLED_VALUE = 5;
    /** A row in a scan that is not settled. */
    private static final double UNSETTLED_ROW = 300;
    /** A row of a sort. */
    private static final double SORT_ROW = 100;

    private final boolean settled;
    private final int columns;

    /**
     * @param settled whether rows lie in segments
     * @param columns that are read
     */
    ReadCosts(boolean settled, int columns) {
        this.settled = settled;
        this.columns = columns;
    }

    double scan(double rows) {
        return rows * (settled ? SETTLED_VALUE * columns : UNSETTLED_ROW);
    }

    /** To begin a scan, as against a range. */
    double scanStart() {
        return SCAN_START;
    }

    /** To look up keys with so many rows each. */
    double lookups(double keys, double matches) {
        return keys * (1 + matches) * LOOKUP;
    }

    /**
     * To read ranges.
     *
     * @param rows of all of them
     * @param direct whether the key has all that is wanted
     */
    double range(int ranges, double rows, boolean direct) {
        return ranges * RANGE_START + rows * (direct ? RANGE_ROW : RANGE_ROW + LOOKUP);
    }

    double sort(double rows) {
        return rows * SORT_ROW;
    }
}
