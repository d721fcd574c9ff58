package io.kadedb.planner.physical;

/** The functions that exist over windows only. */
public enum WindowFunction {
    ROW_NUMBER("row_number", "Number of the row within its partition, from 1."),
    RANK("rank", "Row number of the first peer: ranks with gaps."),
    DENSE_RANK("dense_rank", "Number of the group of peers, from 1: ranks without gaps."),
    PERCENT_RANK("percent_rank", "(rank - 1) / (rows of the partition - 1), from 0 to 1."),
    CUME_DIST("cume_dist", "Share of the partition's rows that come before or are peers, up to 1."),
    NTILE(
            "ntile",
            "Number, from 1 to the argument, of the row's part when the partition is cut into parts of equal size."),
    LAG("lag", "Value of the row so many rows before, 1 if not told, within the partition; else the third argument."),
    LEAD("lead", "Value of the row so many rows after, 1 if not told, within the partition; else the third argument."),
    FIRST_VALUE("first_value", "Value of the frame's first row."),
    LAST_VALUE("last_value", "Value of the frame's last row."),
    NTH_VALUE("nth_value", "Value of the frame's n-th row, counted from 1.");

    private final String sqlName;
    private final String description;

    WindowFunction(String sqlName, String description) {
        this.sqlName = sqlName;
        this.description = description;
    }

    public String sqlName() {
        return sqlName;
    }

    /** One sentence for the generated {@code docs/functions.md}. */
    public String description() {
        return description;
    }
}
