package io.kadedb.planner.physical;

/** The aggregate functions the executor implements. They skip NULLs, and but for counts give NULL for no rows. */
public enum AggregateFunction {
    COUNT_STAR("count(*)", "Number of rows."),
    COUNT("count", "Number of values that are not NULL."),
    SUM("sum", "Sum: bigint for smallint and integer, numeric for bigint and numeric; 22003 on overflow."),
    AVG("avg", "Mean: numeric for exact types, double precision for floating point."),
    MIN("min", "Least value."),
    MAX("max", "Greatest value."),
    BOOL_AND("bool_and", "Whether all are true; also every."),
    BOOL_OR("bool_or", "Whether any is true."),
    BIT_AND("bit_and", "The bits that all integers have."),
    BIT_OR("bit_or", "The bits that any integer has."),
    BIT_XOR("bit_xor", "The bits that an odd number of the integers has."),
    STDDEV_SAMP("stddev_samp", "Standard deviation of a sample; also stddev."),
    STDDEV_POP("stddev_pop", "Standard deviation of a population."),
    VAR_SAMP("var_samp", "Variance of a sample; also variance."),
    VAR_POP("var_pop", "Variance of a population."),
    STRING_AGG("string_agg", "Values joined by a separator, the second argument."),
    ARRAY_AGG("array_agg", "All values, NULLs too, as an array; of arrays one with one more dimension."),
    CORR("corr", "Correlation of pairs: the dependent value, then the independent one."),
    COVAR_POP("covar_pop", "Covariance of a population."),
    COVAR_SAMP("covar_samp", "Covariance of a sample."),
    REGR_COUNT("regr_count", "Number of pairs without NULL."),
    REGR_AVGX("regr_avgx", "Mean of the independent values, the second arguments."),
    REGR_AVGY("regr_avgy", "Mean of the dependent values, the first arguments."),
    REGR_SXX("regr_sxx", "Sum of squared deviations of the independent values."),
    REGR_SYY("regr_syy", "Sum of squared deviations of the dependent values."),
    REGR_SXY("regr_sxy", "Sum of products of deviations."),
    REGR_SLOPE("regr_slope", "Slope of the line of least squares."),
    REGR_INTERCEPT("regr_intercept", "Where the line of least squares meets the axis."),
    REGR_R2("regr_r2", "Square of the correlation."),
    PERCENTILE_CONT(
            "percentile_cont",
            "`percentile_cont(0.5) WITHIN GROUP (ORDER BY x)`: percentile, between two values if need be."),
    PERCENTILE_DISC(
            "percentile_disc",
            "`percentile_disc(0.5) WITHIN GROUP (ORDER BY x)`: first value at or above the percentile."),
    MODE("mode", "`mode() WITHIN GROUP (ORDER BY x)`: most frequent value, the first of several."),
    JSON_AGG("jsonb_agg", "A JSON array of the values, NULLs as null; also json_agg."),
    JSON_AGG_STRICT(
            "jsonb_agg_strict", "A JSON array of the values without NULLs; also json_agg_strict and JSON_ARRAYAGG."),
    JSON_OBJECT_AGG("jsonb_object_agg", "A JSON object of keys and values; also json_object_agg and JSON_OBJECTAGG."),
    JSON_OBJECT_AGG_STRICT(
            "jsonb_object_agg_strict",
            "A JSON object of keys and values that are not NULL; also json_object_agg_strict."),
    JSON_OBJECT_AGG_UNIQUE(
            "jsonb_object_agg_unique",
            "A JSON object of keys and values, 22030 for a key that comes twice; also json_object_agg_unique."),
    JSON_OBJECT_AGG_UNIQUE_STRICT(
            "jsonb_object_agg_unique_strict",
            "A JSON object of different keys and values that are not NULL; also json_object_agg_unique_strict."),
    FIRST("first", "`first(value, time)`: the value at the least time, NULL too; times that are NULL do not count."),
    LAST("last", "`last(value, time)`: the value at the greatest time, as first does it."),
    ARG_MIN("arg_min", "`arg_min(value, by)`: the value, but for NULLs, where another is least; also min_by."),
    ARG_MAX("arg_max", "`arg_max(value, by)`: the value, but for NULLs, where another is greatest; also max_by."),
    ANY_VALUE("any_value", "Any of the values."),
    SINGLE_VALUE("single_value", "The only row's value: 21000 for more than one row. For scalar subqueries.");

    private final String sqlName;
    private final String description;

    AggregateFunction(String sqlName, String description) {
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

    /** Whether it makes a document. */
    public boolean makesJson() {
        return switch (this) {
            case JSON_AGG, JSON_AGG_STRICT -> true;
            default -> makesJsonObject();
        };
    }

    /** Whether it makes a JSON object of keys and values. */
    public boolean makesJsonObject() {
        return switch (this) {
            case JSON_OBJECT_AGG, JSON_OBJECT_AGG_STRICT, JSON_OBJECT_AGG_UNIQUE, JSON_OBJECT_AGG_UNIQUE_STRICT -> true;
            default -> false;
        };
    }

    /** Which argument has to be least or greatest, or -1. */
    public int keyArgument() {
        return switch (this) {
            case MIN, MAX -> 0;
            case FIRST, LAST, ARG_MIN, ARG_MAX -> 1;
            default -> -1;
        };
    }
}
