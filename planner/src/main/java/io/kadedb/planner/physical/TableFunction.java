package io.kadedb.planner.physical;

/** Functions that give rows. */
public enum TableFunction {
    GENERATE_SERIES(
            "generate_series",
            "From the first argument to the second, by the third (1 if not told): numbers, or timestamps by an"
                    + " interval."),
    UNNEST("unnest", "The elements of an array; of several arrays side by side, NULL where one is shorter."),
    GENERATE_SUBSCRIPTS("generate_subscripts", "The subscripts of a dimension of an array, from the last if told."),
    REGEXP_MATCHES("regexp_matches", "The groups of the first match as an array; with the option g of all matches."),
    STRING_TO_TABLE("string_to_table", "As string_to_array, a row for each part."),
    REGEXP_SPLIT_TO_TABLE("regexp_split_to_table", "As regexp_split_to_array, a row for each part."),
    JSON_EACH("jsonb_each", "The members of an object as key and value; also json_each."),
    JSON_EACH_TEXT("jsonb_each_text", "As jsonb_each, with the values as text; also json_each_text."),
    JSON_ARRAY_ELEMENTS("jsonb_array_elements", "The elements of an array; also json_array_elements."),
    JSON_ARRAY_ELEMENTS_TEXT(
            "jsonb_array_elements_text", "The elements of an array as text; also json_array_elements_text."),
    JSON_PATH_QUERY("jsonb_path_query", "The items that a path gives of a document."),
    JSON_PATH_QUERY_TZ("jsonb_path_query_tz", "As jsonb_path_query, with the session's time zone."),
    JSON_TABLE("json_table", "The items of a path as rows, with columns that paths below them give."),
    JSON_OBJECT_KEYS("jsonb_object_keys", "The keys of an object; also json_object_keys.");

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
