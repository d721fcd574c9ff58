package io.kadedb.executor.kernel.value;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import io.kadedb.planner.physical.ScalarFunction;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the row-at-a-time form of a function. */
public final class RowFunctions {
    static final RowFunction IDENTITY = values -> values[0];

    private RowFunctions() {}

    /**
     * The function for arguments of those types.
     *
     * @throws KadeException 42883 when there is none
     */
    public static RowFunction bind(ScalarFunction function, List<SqlType> args, SqlType result, ZoneId zone) {
        RowFunction found = switch (function) {
            case ADD, SUBTRACT, MULTIPLY, DIVIDE, MODULO, NEGATE -> Arithmetic.bind(function, args, result, zone);
            case GREATEST, LEAST, IS_DISTINCT_FROM, IS_NOT_DISTINCT_FROM -> ComparisonFunctions.bind(function, args);
            case ABS, SIGN, CEIL, FLOOR, ROUND, TRUNC, SQRT, CBRT, POWER, EXP, LN, LOG10 ->
                MathFunctions.bind(function, args, result);
            case SIN, COS, TAN, ASIN, ACOS, ATAN, ATAN2, DEGREES, RADIANS, PI ->
                MathFunctions.bind(function, args, result);
            case LIKE, ILIKE, REGEX_MATCH, REGEX_IMATCH, REGEXP_REPLACE -> Patterns.bind(function);
            case CONCAT, CONCAT_FUNCTION, CONCAT_WS, LOWER, UPPER, INITCAP, LENGTH, OCTET_LENGTH, SUBSTRING, POSITION ->
                TextFunctions.bind(function, args, result, zone);
            case BTRIM, LTRIM, RTRIM, REPLACE, LEFT, RIGHT, LPAD, RPAD, REPEAT, REVERSE, SPLIT_PART, STARTS_WITH ->
                TextFunctions.bind(function, args, result, zone);
            case OVERLAY, ASCII, CHR, MD5 -> TextFunctions.bind(function, args, result, zone);
            case TRANSLATE, QUOTE_IDENT, QUOTE_LITERAL, QUOTE_NULLABLE, NUM_NULLS, NUM_NONNULLS, PG_TYPEOF ->
                TextFunctions.bind(function, args, result, zone);
            case ENCODE, DECODE, SHA224, SHA256, SHA384, SHA512, BIT_LENGTH, BIT_COUNT, TO_HEX, TO_OCT, TO_BIN ->
                EncodingFunctions.bind(function, args);
            case REGEXP_LIKE, REGEXP_COUNT, REGEXP_INSTR, REGEXP_SUBSTR -> RegexFunctions.bind(function);
            case SORT_TEXT, ROW_TEXT -> TraversalTexts.bind(function, args, zone);
            case BITS_AND, BITS_OR, BITS_XOR, BITS_NOT, SHIFT_LEFT, SHIFT_RIGHT ->
                IntegerFunctions.bind(function, args, result);
            case GCD, LCM, FACTORIAL, DIV, SCALE, MIN_SCALE, WIDTH_BUCKET, SINH, COSH, TANH, COT, SIND, COSD, TAND ->
                IntegerFunctions.bind(function, args, result);
            case TO_CHAR, TO_DATE, TO_NUMBER, FORMAT -> FormatFunctions.bind(function, args, result, zone);
            case MAKE_TIME, MAKE_TIMESTAMP, MAKE_TIMESTAMPTZ, MAKE_INTERVAL -> TimeParts.bind(function, args, zone);
            case PERIODS_OVERLAP -> Periods.bind(args, zone);
            // The planner makes an operator of them.
            case TIME_BUCKET_GAPFILL, LOCF, INTERPOLATE -> null;
            case DATE_BIN, TIME_BUCKET ->
                values -> TimeBuckets.of(function, args, values).begin(Args.number(values, 1));
            case JUSTIFY_HOURS, JUSTIFY_DAYS, JUSTIFY_INTERVAL, IS_FINITE -> TimeParts.bind(function, args, zone);
            case EXTRACT, DATE_TRUNC, MAKE_DATE, AGE, AT_TIME_ZONE, TO_TIMESTAMP, GEN_RANDOM_UUID ->
                DateTimeFunctions.bind(function, args, result, zone);
            case JSON_GET,
                    JSON_GET_TEXT,
                    JSON_GET_PATH,
                    JSON_GET_PATH_TEXT,
                    JSON_CONTAINS,
                    JSON_CONTAINED,
                    JSON_HAS_KEY,
                    JSON_HAS_ANY_KEY,
                    JSON_HAS_ALL_KEYS,
                    JSON_CONCAT,
                    JSON_DELETE,
                    JSON_DELETE_PATH,
                    JSON_EXTRACT_PATH,
                    JSON_EXTRACT_PATH_TEXT,
                    JSON_TYPEOF,
                    JSON_ARRAY_LENGTH,
                    JSON_SET,
                    JSON_INSERT,
                    JSON_STRIP_NULLS,
                    JSON_PRETTY,
                    TO_JSON,
                    ROW_TO_JSON,
                    JSON_BUILD_OBJECT,
                    JSON_BUILD_ARRAY -> JsonFunctions.bind(function, args, result, zone);
            case TO_TSVECTOR, TO_TSQUERY, PLAINTO_TSQUERY, PHRASETO_TSQUERY, WEBSEARCH_TO_TSQUERY, TS_MATCH ->
                SearchFunctions.bind(function, args, result);
            case TS_RANK, TS_RANK_CD, SIMILARITY, SHOW_TRGM -> SearchFunctions.bind(function, args, result);
            case SETWEIGHT, STRIP, TS_DELETE, TS_FILTER, TSVECTOR_LENGTH, TSVECTOR_CONCAT, TSVECTOR_TO_ARRAY ->
                SearchFunctions.bind(function, args, result);
            case ARRAY_TO_TSVECTOR, TSQUERY_AND, TSQUERY_OR, TSQUERY_PHRASE, NUMNODE ->
                SearchFunctions.bind(function, args, result);
            case ARRAY, ARRAY_CAT, ARRAY_APPEND, ARRAY_PREPEND, ARRAY_REMOVE, ARRAY_REPLACE ->
                ArrayFunctions.bind(function, args, result);
            case ARRAY_LEFT, ARRAY_REVERSE -> ArrayFunctions.bind(function, args, result);
            case ENUM_FIRST, ENUM_LAST, ENUM_RANGE -> EnumFunctions.bind(function, args, result);
            case SINGLE_ROW -> RowFunctions::singleRow;
            case ARRAY_PUT -> ArrayPut.bind(args, result);
            case ARRAY_SORT, ARRAY_FILL, TRIM_ARRAY -> ArrayFunctions.bind(function, args, result);
            case SUBSCRIPT, SLICE, ARRAY_LENGTH, ARRAY_LOWER, ARRAY_UPPER, ARRAY_NDIMS, ARRAY_DIMS, CARDINALITY ->
                ArrayReading.bind(function, args, result);
            case ARRAY_POSITION, ARRAY_POSITIONS -> ArrayReading.bind(function, args, result);
            case ANY_ELEMENT, ALL_ELEMENTS, CONTAINS, CONTAINED, OVERLAPS -> ArrayComparisons.bind(function, args);
            case ARRAY_TO_STRING, STRING_TO_ARRAY, REGEXP_SPLIT_TO_ARRAY, REGEXP_MATCH ->
                ArrayTexts.bind(function, args, zone);
            case AND, OR, NOT, IS_NULL, IS_NOT_NULL, IS_TRUE, IS_NOT_TRUE, IS_FALSE, IS_NOT_FALSE -> null;
            case EQ, NE, LT, LE, GT, GE, COALESCE, SHREDDED -> null;
            case JSON_PATH_EXISTS,
                    JSON_PATH_EXISTS_TZ,
                    JSON_PATH_MATCH,
                    JSON_PATH_MATCH_TZ,
                    JSON_PATH_QUERY_ARRAY,
                    JSON_PATH_QUERY_ARRAY_TZ,
                    JSON_PATH_QUERY_FIRST,
                    JSON_PATH_QUERY_FIRST_TZ,
                    JSON_PATH_ANY,
                    JSON_PATH_TRUE,
                    SQL_JSON -> null;
            case JSON_OBJECT, JSON_ARRAY -> JsonConstruction.bind(function, args, result, zone);
            case IS_JSON -> JsonTests.isJson(args.getFirst());
            case JSON_UNIQUE -> JsonTests::unique;
            case NEXTVAL,
                    CURRVAL,
                    LASTVAL,
                    SETVAL,
                    PG_GET_SERIAL_SEQUENCE,
                    RANDOM,
                    SETSEED,
                    CLOCK_TIMESTAMP,
                    KADE_STATE,
                    PG_ADVISORY_LOCK,
                    PG_ADVISORY_LOCK_SHARED,
                    PG_TRY_ADVISORY_LOCK,
                    PG_TRY_ADVISORY_LOCK_SHARED,
                    PG_ADVISORY_XACT_LOCK,
                    PG_ADVISORY_XACT_LOCK_SHARED,
                    PG_TRY_ADVISORY_XACT_LOCK,
                    PG_TRY_ADVISORY_XACT_LOCK_SHARED,
                    PG_ADVISORY_UNLOCK,
                    PG_ADVISORY_UNLOCK_SHARED,
                    PG_ADVISORY_UNLOCK_ALL -> null;
        };
        if (found == null) {
            throw KadeException.of(
                    ErrorCode.UNDEFINED_FUNCTION,
                    "there is no " + function.sqlName() + " for "
                            + args.stream().map(SqlType::toString).collect(Collectors.joining(", ")));
        }
        return found;
    }

    private static @Nullable Object singleRow(@Nullable Object[] args) {
        if (args[1] instanceof Long rows && rows > 1) {
            throw KadeException.of(
                    ErrorCode.CARDINALITY_VIOLATION, "more than one row returned by a subquery used as an expression");
        }
        return args[0];
    }

    /** Whether the function gives NULL as soon as an argument is NULL. */
    public static boolean isStrict(ScalarFunction function) {
        return switch (function) {
            case CONCAT_FUNCTION,
                    CONCAT_WS,
                    COALESCE,
                    SHREDDED,
                    GREATEST,
                    LEAST,
                    IS_DISTINCT_FROM,
                    IS_NOT_DISTINCT_FROM -> false;
            case ROW_TO_JSON, JSON_BUILD_OBJECT, JSON_BUILD_ARRAY, JSON_EXTRACT_PATH, JSON_EXTRACT_PATH_TEXT -> false;
            case ARRAY, ARRAY_CAT, ARRAY_APPEND, ARRAY_PREPEND, ARRAY_REMOVE, ARRAY_REPLACE, ARRAY_FILL -> false;
            case QUOTE_NULLABLE, FORMAT, NUM_NULLS, NUM_NONNULLS, PG_TYPEOF -> false;
            case SQL_JSON, JSON_OBJECT, JSON_ARRAY -> false;
            case ARRAY_PUT, SINGLE_ROW, ROW_TEXT, PERIODS_OVERLAP -> false;
            case ARRAY_POSITION, ARRAY_POSITIONS, ARRAY_TO_STRING, STRING_TO_ARRAY -> false;
            case ANY_ELEMENT, ALL_ELEMENTS, ENUM_FIRST, ENUM_LAST, ENUM_RANGE -> false;
            default -> true;
        };
    }
}
