package io.kadedb.planner.physical;

/** Functions that give rows. */
public enum TableFunction {
    GENERATE_SERIES(
            "generate_series",
            "From the first argument to the second, by the third (1 if not told): numbers, or timestamps by an"
                    + " interval.");

    private final String sqlName;
    private final String description;

    TableFunction(String sqlName, String description) {
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
