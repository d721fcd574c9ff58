package io.kadedb.planner.physical;

/**
 * The scalar functions and operators the executor implements. The first name is the one documentation uses; operators
 * are named by their symbol. Functions return NULL when an argument is NULL unless their doc says otherwise.
 */
public enum ScalarFunction {
    AND("and", "Conjunction by three-valued logic; any number of arguments."),
    OR("or", "Disjunction by three-valued logic; any number of arguments."),
    NOT("not", "Negation."),
    IS_NULL("is null", "Whether the value is NULL; never NULL."),
    IS_NOT_NULL("is not null", "Whether the value is not NULL; never NULL."),
    IS_TRUE("is true", "Whether the condition is true; never NULL."),
    IS_NOT_TRUE("is not true", "Whether the condition is false or NULL; never NULL."),
    IS_FALSE("is false", "Whether the condition is false; never NULL."),
    IS_NOT_FALSE("is not false", "Whether the condition is true or NULL; never NULL."),
    EQ("=", "Equal."),
    NE("<>", "Not equal."),
    LT("<", "Less."),
    LE("<=", "Less or equal."),
    GT(">", "Greater."),
    GE(">=", "Greater or equal."),
    IS_DISTINCT_FROM("is distinct from", "Not equal, where NULL equals NULL; never NULL."),
    IS_NOT_DISTINCT_FROM("is not distinct from", "Equal, where NULL equals NULL; never NULL."),
    ADD("+", "Sum; also of dates and times with integers and intervals."),
    SUBTRACT("-", "Difference; also of dates and times."),
    MULTIPLY("*", "Product; also of an interval with a number."),
    DIVIDE("/", "Quotient; of integers truncated toward zero; 22012 for zero."),
    MODULO("%", "Remainder with the sign of the dividend; 22012 for zero."),
    NEGATE("- (unary)", "Negative."),
    COALESCE("coalesce", "The first argument that is not NULL; later ones are not evaluated for that row."),
    SHREDDED(
            "shredded",
            "The first argument, but where the second, a document, is not NULL the third. For values in columns of"
                    + " their own."),
    SINGLE_ROW(
            "single_row",
            "The first argument, or 21000 if the second, a number of rows, is above 1. For scalar subqueries."),
    GREATEST("greatest", "The largest of the arguments that are not NULL."),
    LEAST("least", "The smallest of the arguments that are not NULL."),
    ABS("abs", "Absolute value."),
    SIGN("sign", "-1, 0 or 1."),
    CEIL("ceil", "The nearest integer not below; also ceiling."),
    FLOOR("floor", "The nearest integer not above."),
    ROUND("round", "Rounds to a number of decimal places; halves away from zero for numeric, to even for doubles."),
    TRUNC("trunc", "Cuts to a number of decimal places."),
    SQRT("sqrt", "Square root; 2201F for negative numbers."),
    CBRT("cbrt", "Cube root."),
    POWER("power", "Power; also pow."),
    EXP("exp", "e to the power."),
    LN("ln", "Natural logarithm; 2201E for zero and below."),
    LOG10("log", "Logarithm to base 10; also log10."),
    SIN("sin", "Sine of radians."),
    COS("cos", "Cosine of radians."),
    TAN("tan", "Tangent of radians."),
    ASIN("asin", "Inverse sine."),
    ACOS("acos", "Inverse cosine."),
    ATAN("atan", "Inverse tangent."),
    ATAN2("atan2", "Inverse tangent of a quotient."),
    DEGREES("degrees", "Radians to degrees."),
    RADIANS("radians", "Degrees to radians."),
    PI("pi", "The number pi."),
    RANDOM("random", "A double in [0, 1); new for every row."),
    LIKE("like", "Pattern match with % and _; third argument the escape character."),
    ILIKE("ilike", "LIKE without regard to case."),
    REGEX_MATCH("~", "POSIX regular expression match."),
    REGEX_IMATCH("~*", "POSIX regular expression match without regard to case."),
    CONCAT("||", "Concatenation; NULL if any argument is; any number of arguments."),
    CONCAT_FUNCTION("concat", "Concatenation that skips NULLs; never NULL."),
    CONCAT_WS("concat_ws", "Concatenation with a separator, skipping NULLs."),
    LOWER("lower", "Lower case."),
    UPPER("upper", "Upper case."),
    INITCAP("initcap", "First letter of each word in upper case, the others in lower case."),
    LENGTH("length", "Number of code points; also char_length, character_length."),
    OCTET_LENGTH("octet_length", "Number of bytes."),
    SUBSTRING(
            "substring",
            "From a 1-based position, optionally a number of code points, also substr; or what a regular expression"
                    + " matches, or its first group."),
    POSITION("position", "1-based place of a text within another, or 0; also strpos with its arguments swapped."),
    BTRIM("btrim", "Removes characters (default: spaces) from both ends; also trim."),
    LTRIM("ltrim", "Removes characters (default: spaces) from the start."),
    RTRIM("rtrim", "Removes characters (default: spaces) from the end."),
    REPLACE("replace", "Replaces every occurrence of a text."),
    LEFT("left", "The first n code points; with a negative n all but the last -n."),
    RIGHT("right", "The last n code points; with a negative n all but the first -n."),
    LPAD("lpad", "Fills on the left to a length."),
    RPAD("rpad", "Fills on the right to a length."),
    REPEAT("repeat", "Repeats a text."),
    REVERSE("reverse", "Reverses the code points."),
    SPLIT_PART("split_part", "The nth part between separators."),
    STARTS_WITH("starts_with", "Whether a text starts with another."),
    OVERLAY("overlay", "Replaces a part of a text."),
    ASCII("ascii", "The code point of the first character."),
    CHR("chr", "The character of a code point."),
    MD5("md5", "MD5 in hexadecimal."),
    REGEXP_REPLACE("regexp_replace", "Replaces matches of a regular expression."),
    REGEXP_LIKE("regexp_like", "Whether a regular expression matches; then options: i, c, s, n, m."),
    REGEXP_COUNT("regexp_count", "Number of matches; from a position, with options."),
    REGEXP_INSTR("regexp_instr", "Place of the nth match, or of its end; of a group of it."),
    REGEXP_SUBSTR("regexp_substr", "The nth match from a position, or a group of it."),
    TRANSLATE("translate", "Replaces each character of the second text by that of the third, or removes it."),
    QUOTE_IDENT("quote_ident", "As a name in SQL, quoted where it has to be."),
    QUOTE_LITERAL("quote_literal", "As a literal in SQL."),
    QUOTE_NULLABLE("quote_nullable", "As a literal in SQL; NULL for NULL."),
    FORMAT("format", "Values in the places of %s, as names for %I, as literals for %L."),
    TO_HEX("to_hex", "In hexadecimal; to_bin and to_oct in binary and octal."),
    TO_BIN("to_bin", "In binary."),
    TO_OCT("to_oct", "In octal."),
    ENCODE("encode", "Bytes as text: hex, base64 or escape."),
    DECODE("decode", "Text as bytes: hex, base64 or escape."),
    SHA224("sha224", "SHA-224 of bytes."),
    SHA256("sha256", "SHA-256 of bytes."),
    SHA384("sha384", "SHA-384 of bytes."),
    SHA512("sha512", "SHA-512 of bytes."),
    BIT_LENGTH("bit_length", "Number of bits."),
    BIT_COUNT("bit_count", "Number of bits that are set."),
    BITS_AND("&", "The bits that both integers have."),
    BITS_OR("|", "The bits that either integer has."),
    BITS_XOR("#", "The bits that one integer has and the other has not."),
    BITS_NOT("~ (integer)", "The bits that an integer has not."),
    SHIFT_LEFT("<<", "Bits moved to the left; the number of places counts modulo the integer's bits."),
    SHIFT_RIGHT(">>", "Bits moved to the right, the sign kept."),
    NUM_NULLS("num_nulls", "How many arguments are NULL; never NULL."),
    NUM_NONNULLS("num_nonnulls", "How many arguments are not NULL; never NULL."),
    PG_TYPEOF("pg_typeof", "The name of the argument's type; never NULL."),
    GCD("gcd", "Greatest common divisor."),
    LCM("lcm", "Least common multiple."),
    FACTORIAL("factorial", "Factorial."),
    DIV("div", "Quotient truncated toward zero."),
    SCALE("scale", "Digits behind the point that the type has."),
    MIN_SCALE("min_scale", "Digits behind the point that the value needs."),
    WIDTH_BUCKET("width_bucket", "In which of n equal parts of a range a number is; 0 below, n + 1 above."),
    SINH("sinh", "Hyperbolic sine."),
    COSH("cosh", "Hyperbolic cosine."),
    TANH("tanh", "Hyperbolic tangent."),
    COT("cot", "Cotangent of radians."),
    SIND("sind", "Sine of degrees."),
    COSD("cosd", "Cosine of degrees."),
    TAND("tand", "Tangent of degrees."),
    TO_CHAR("to_char", "A time, an interval or a number as a pattern says."),
    TO_DATE("to_date", "Reads a date as a pattern says."),
    TO_NUMBER("to_number", "Reads a number as a pattern says."),
    MAKE_TIME("make_time", "A time from hour, minute and second."),
    MAKE_TIMESTAMP("make_timestamp", "A timestamp from year, month, day, hour, minute and second."),
    MAKE_TIMESTAMPTZ("make_timestamptz", "A timestamptz from the same, in the session's time zone or a named one."),
    MAKE_INTERVAL("make_interval", "An interval from years, months, weeks, days, hours, minutes and seconds."),
    PERIODS_OVERLAP(
            "overlaps",
            "Whether two periods, each of two times or of a time and an interval, share a time; `(a, b) OVERLAPS (c,"
                    + " d)`."),
    DATE_BIN("date_bin", "The begin of the interval, counted from an origin, that a time is in."),
    TIME_BUCKET_GAPFILL(
            "time_bucket_gapfill",
            "As time_bucket, in GROUP BY: with a row for each bucket of the range that has none; see time-series.md."),
    LOCF("locf", "Beside time_bucket_gapfill: the last value carried forward to the buckets that have none."),
    INTERPOLATE(
            "interpolate",
            "Beside time_bucket_gapfill: between the values before and behind, for buckets without one."),
    TIME_BUCKET(
            "time_bucket",
            "The begin of the bucket of a width that a time, a date or an integer is in; counted from an origin, moved"
                    + " by an offset, or by the clocks of a time zone; see time-series.md."),
    JUSTIFY_HOURS("justify_hours", "24 hours become a day."),
    JUSTIFY_DAYS("justify_days", "30 days become a month."),
    JUSTIFY_INTERVAL("justify_interval", "Both, with equal signs."),
    IS_FINITE("isfinite", "Whether a date, time or interval is finite, as all are."),
    JSON_GET("->", "A member of an object by its key, or an element of an array by its index; NULL if there is none."),
    JSON_GET_TEXT("->>", "As `->`, as text; strings without quotes, NULL for the JSON null."),
    JSON_GET_PATH("#>", "The part that a path of keys and indexes leads to."),
    JSON_GET_PATH_TEXT("#>>", "As `#>`, as text."),
    JSON_CONTAINS("@>", "Whether the first document contains the second."),
    JSON_CONTAINED("<@", "Whether the second document contains the first."),
    JSON_HAS_KEY("?", "Whether a text is a key of the object or a string in the array; `??` in prepared statements."),
    JSON_HAS_ANY_KEY("?|", "Whether any of the texts is a key or a string in the array."),
    JSON_HAS_ALL_KEYS("?&", "Whether all of the texts are keys or strings in the array."),
    JSON_CONCAT("|| (jsonb)", "Members of both objects, of which the right ones win, or elements of both arrays."),
    JSON_DELETE("- (jsonb)", "Without a key or several, or without the element of an index."),
    JSON_DELETE_PATH("#-", "Without the part that a path leads to."),
    JSON_EXTRACT_PATH("jsonb_extract_path", "The part that keys and indexes lead to; also json_extract_path."),
    JSON_EXTRACT_PATH_TEXT("jsonb_extract_path_text", "As jsonb_extract_path, as text; also json_extract_path_text."),
    JSON_TYPEOF("jsonb_typeof", "object, array, string, number, boolean or null; also json_typeof."),
    JSON_ARRAY_LENGTH(
            "jsonb_array_length", "Number of elements; 22023 for others than arrays; also json_array_length."),
    JSON_SET("jsonb_set", "With the part at a path replaced, or added unless the fourth argument is false."),
    JSON_INSERT("jsonb_insert", "With a value put before, or after, the element at a path, or added as a new key."),
    JSON_STRIP_NULLS("jsonb_strip_nulls", "Without members that are null, at every depth; also json_strip_nulls."),
    JSON_PRETTY("jsonb_pretty", "The document as text in lines, with indents of four."),
    JSON_PATH_EXISTS("jsonb_path_exists", "Whether a path gives any item of a document."),
    JSON_PATH_EXISTS_TZ("jsonb_path_exists_tz", "As jsonb_path_exists, with the session's time zone."),
    JSON_PATH_MATCH("jsonb_path_match", "The truth of a path's predicate; 22038 if there is none."),
    JSON_PATH_MATCH_TZ("jsonb_path_match_tz", "As jsonb_path_match, with the session's time zone."),
    JSON_PATH_QUERY_ARRAY("jsonb_path_query_array", "The items that a path gives, as an array."),
    JSON_PATH_QUERY_ARRAY_TZ("jsonb_path_query_array_tz", "As jsonb_path_query_array, with the session's time zone."),
    JSON_PATH_QUERY_FIRST("jsonb_path_query_first", "The first item that a path gives."),
    JSON_PATH_QUERY_FIRST_TZ("jsonb_path_query_first_tz", "As jsonb_path_query_first, with the session's time zone."),
    JSON_PATH_ANY("@?", "Whether a path gives any item of a document; NULL where it fails."),
    JSON_PATH_TRUE("@@", "The truth of a path's predicate; NULL where it has none or fails."),
    SQL_JSON("sql_json", "What a path gives as one value: JSON_EXISTS, JSON_QUERY and JSON_VALUE."),
    JSON_OBJECT(
            "json_object",
            "An object of keys and values, written `JSON_OBJECT(k: v)`; 22030 for keys that come twice."),
    JSON_UNIQUE(
            "json_unique",
            "A text of JSON, written `JSON(t WITH UNIQUE KEYS)`; 22030 for keys that come twice in an object."),
    JSON_ARRAY("json_array", "An array of values, written `JSON_ARRAY(v)`; NULLs are left out unless told."),
    IS_JSON("is_json", "Whether a text is JSON of a kind; written IS JSON."),
    TO_JSON("to_jsonb", "The value as JSON; also to_json."),
    ROW_TO_JSON("row_to_json", "A row as an object: that of a table or query in FROM, by its name, or `ROW(..)`."),
    JSON_BUILD_OBJECT("jsonb_build_object", "An object of keys and values in turn; also json_build_object."),
    JSON_BUILD_ARRAY("jsonb_build_array", "An array of the arguments; also json_build_array."),
    SORT_TEXT("sort_text", "The value as a text that sorts as it does; what SEARCH orders by."),
    ROW_TEXT("row_text", "Values as the text of a row; what CYCLE compares."),
    TO_TSVECTOR(
            "to_tsvector",
            "The lexemes of a text, or of the strings in a document, by a configuration: english unless named."),
    TO_TSQUERY("to_tsquery", "What is written with &, |, !, <-> and :* as a query for the lexemes of a configuration."),
    PLAINTO_TSQUERY("plainto_tsquery", "A query for all words of a text."),
    PHRASETO_TSQUERY("phraseto_tsquery", "A query for the words of a text one behind the other."),
    WEBSEARCH_TO_TSQUERY(
            "websearch_to_tsquery", "A query from words, phrases in quotes, or, and a minus before words."),
    TS_MATCH("@@", "Whether a text is what a query looks for."),
    TS_RANK_CD(
            "ts_rank_cd",
            "How near to each other the words of a query stand in a text; as `ts_rank`, and 4 divides by the distance"
                    + " of the places."),
    SIMILARITY("similarity", "How many of two texts' trigrams are in both, from 0 to 1."),
    SHOW_TRGM("show_trgm", "The trigrams of a text, in order."),
    TS_RANK(
            "ts_rank",
            "How well a text is what a query looks for; weights of D, C, B, A before, bits of normalization behind."),
    SETWEIGHT("setweight", "With weight A, B, C or D at all places, or at those of some lexemes."),
    STRIP("strip", "The lexemes without their places."),
    TS_DELETE("ts_delete", "Without a lexeme, or several."),
    TS_FILTER("ts_filter", "The places of some weights only."),
    TSVECTOR_LENGTH("length (tsvector)", "How many lexemes there are."),
    TSVECTOR_CONCAT("|| (tsvector)", "The lexemes of a text followed by those of another."),
    TSVECTOR_TO_ARRAY("tsvector_to_array", "The lexemes."),
    ARRAY_TO_TSVECTOR("array_to_tsvector", "Lexemes without places."),
    TSQUERY_AND("&& (tsquery)", "A query for both."),
    TSQUERY_OR("|| (tsquery)", "A query for one of both."),
    TSQUERY_PHRASE("tsquery_phrase", "A query for one behind the other, or so many places behind it."),
    NUMNODE("numnode", "How many lexemes and operators a query has."),
    ARRAY("array", "An array of values, or of arrays of the same lengths; written ARRAY[..]."),
    SUBSCRIPT("array[i]", "The element at a place, NULL outside; one subscript for each dimension."),
    ARRAY_PUT("array[i] =", "An array with a value at a place, or with the elements of an array at those of a slice."),
    SLICE("array[i:j]", "The part between two subscripts, either of which may be left out."),
    ANY_ELEMENT("= any (array)", "Whether a comparison is true for an element; with any comparison."),
    ALL_ELEMENTS("= all (array)", "Whether a comparison is true for all elements; with any comparison."),
    CONTAINS("@>", "Whether an array has all elements of another."),
    CONTAINED("<@", "Whether all elements of an array are in another."),
    OVERLAPS("&&", "Whether two arrays have an element in common."),
    ARRAY_CAT("array_cat", "Two arrays one after the other; also ||."),
    ARRAY_APPEND("array_append", "An array with one more element; also ||."),
    ARRAY_PREPEND("array_prepend", "An array with an element before the others; also ||."),
    ARRAY_LENGTH("array_length", "The length of a dimension, counted from 1; NULL if there is no such dimension."),
    ARRAY_LOWER("array_lower", "The subscript of a dimension's first element."),
    ARRAY_UPPER("array_upper", "The subscript of a dimension's last element."),
    ARRAY_NDIMS("array_ndims", "The number of dimensions; NULL for an empty array."),
    ARRAY_DIMS("array_dims", "The bounds of all dimensions as text."),
    CARDINALITY("cardinality", "The number of elements over all dimensions."),
    ARRAY_REMOVE("array_remove", "An array without the elements equal to a value."),
    ARRAY_REPLACE("array_replace", "An array with the elements equal to a value replaced by another."),
    ARRAY_POSITION("array_position", "The subscript of the first element equal to a value, from a subscript on."),
    ARRAY_POSITIONS("array_positions", "The subscripts of all elements equal to a value."),
    ARRAY_LEFT("array_left", "The elements cut to a length, as casts to arrays of `varchar(n)` do."),
    ARRAY_REVERSE("array_reverse", "The elements of the first dimension in reverse."),
    ARRAY_SORT("array_sort", "Sorted by the first dimension; then whether descending, and whether NULLs come first."),
    ARRAY_FILL("array_fill", "An array of the given lengths with one value, and lower bounds if told."),
    ENUM_FIRST("enum_first", "The first label of an enumerated type: `enum_first(null::mood)`."),
    ENUM_LAST("enum_last", "The last label of an enumerated type."),
    ENUM_RANGE("enum_range", "The labels of an enumerated type as an array: all, or those between two."),
    TRIM_ARRAY("trim_array", "An array without its last n elements."),
    ARRAY_TO_STRING("array_to_string", "The elements as text between separators; NULLs left out or as a third text."),
    STRING_TO_ARRAY("string_to_array", "The parts between separators; parts equal to a third text become NULL."),
    REGEXP_SPLIT_TO_ARRAY("regexp_split_to_array", "The parts between matches of a regular expression."),
    REGEXP_MATCH("regexp_match", "The groups of the first match of a regular expression, or the whole match."),
    EXTRACT("extract", "A field of a date, time or interval; the first argument is a text literal; also date_part."),
    DATE_TRUNC("date_trunc", "Cuts a timestamp to a unit."),
    MAKE_DATE("make_date", "A date from year, month and day."),
    AGE("age", "The difference of two timestamps in years, months and days."),
    TO_TIMESTAMP("to_timestamp", "A timestamptz from seconds since 1970, or read from a text as a pattern says."),
    AT_TIME_ZONE(
            "timezone",
            "A timestamp read as the time in a zone, or a timestamptz shown as that; written AT TIME ZONE."),
    CLOCK_TIMESTAMP("clock_timestamp", "The time of day; moves on while a statement runs."),
    GEN_RANDOM_UUID("gen_random_uuid", "A random UUID (version 4); new for every row."),
    SETSEED("setseed", "Makes what random gives next in this session that of a seed in [-1, 1]."),
    NEXTVAL("nextval", "The next value of a sequence; not undone by ROLLBACK; 2200H at its end."),
    CURRVAL("currval", "What nextval gave last in this session for a sequence; 55000 before."),
    LASTVAL("lastval", "What nextval gave last in this session; 55000 before."),
    SETVAL("setval", "Makes a value the last one of a sequence; with a third argument false the next one."),
    PG_ADVISORY_LOCK(
            "pg_advisory_lock",
            "Takes a lock on a number, or on two integers, for the session; waits for it, and stacks."),
    PG_ADVISORY_LOCK_SHARED("pg_advisory_lock_shared", "As pg_advisory_lock, shared with others that take it so."),
    PG_TRY_ADVISORY_LOCK(
            "pg_try_advisory_lock",
            "Takes a lock on a number for the session, if it is to be had at once; whether it was."),
    PG_TRY_ADVISORY_LOCK_SHARED("pg_try_advisory_lock_shared", "As pg_try_advisory_lock, shared."),
    PG_ADVISORY_XACT_LOCK(
            "pg_advisory_xact_lock", "Takes a lock on a number until the transaction ends; waits for it."),
    PG_ADVISORY_XACT_LOCK_SHARED("pg_advisory_xact_lock_shared", "As pg_advisory_xact_lock, shared."),
    PG_TRY_ADVISORY_XACT_LOCK(
            "pg_try_advisory_xact_lock",
            "Takes a lock on a number until the transaction ends, if it is to be had at once; whether it was."),
    PG_TRY_ADVISORY_XACT_LOCK_SHARED("pg_try_advisory_xact_lock_shared", "As pg_try_advisory_xact_lock, shared."),
    PG_ADVISORY_UNLOCK("pg_advisory_unlock", "Gives a lock of the session back once; whether it was held."),
    PG_ADVISORY_UNLOCK_SHARED("pg_advisory_unlock_shared", "As pg_advisory_unlock, for shared ones."),
    PG_ADVISORY_UNLOCK_ALL("pg_advisory_unlock_all", "Gives all advisory locks of the session back."),
    KADE_STATE(
            "kade_state",
            "What views of the system show, as an array of objects: locks, deadlocks, partitions or transactions."),
    PG_GET_SERIAL_SEQUENCE("pg_get_serial_sequence", "The name of the sequence that goes with a column, or NULL.");

    private final String sqlName;
    private final String description;

    ScalarFunction(String sqlName, String description) {
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

    /** Whether a call leaves something behind, so that it must run even if nobody reads what it gives. */
    public boolean hasEffect() {
        return this == NEXTVAL || this == SETVAL || this == SETSEED || isAdvisory();
    }

    /** Whether it takes or gives back advisory locks. */
    public boolean isAdvisory() {
        return sqlName.startsWith("pg_advisory") || sqlName.startsWith("pg_try_advisory");
    }

    /** Whether two calls with the same arguments may differ, so that it must run once a row. */
    public boolean isVolatile() {
        return switch (this) {
            case RANDOM, SETSEED, GEN_RANDOM_UUID, CLOCK_TIMESTAMP, NEXTVAL, CURRVAL, LASTVAL, SETVAL, KADE_STATE ->
                true;
            default -> isAdvisory();
        };
    }
}
