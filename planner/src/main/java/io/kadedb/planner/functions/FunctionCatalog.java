package io.kadedb.planner.functions;

import static io.kadedb.planner.functions.TypedOperands.Nulls.ALL;
import static io.kadedb.planner.functions.TypedOperands.Nulls.ANY;
import static io.kadedb.planner.functions.TypedOperands.Nulls.NEVER;

import io.kadedb.common.type.SqlType;
import io.kadedb.parser.ast.KadeOperators;
import io.kadedb.planner.physical.Expr.SessionValue.Kind;
import io.kadedb.planner.physical.ScalarFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlOperator;

/** The scalar functions under all their names. */
final class FunctionCatalog {
    private final List<SqlOperator> functions = new ArrayList<>();

    static List<SqlOperator> all() {
        FunctionCatalog catalog = new FunctionCatalog();
        catalog.conditions();
        catalog.numbers();
        catalog.texts();
        catalog.encodings();
        catalog.rarerNumbers();
        catalog.rarerDates();
        catalog.patterns();
        catalog.arrays();
        catalog.dates();
        catalog.session();
        catalog.sequences();
        catalog.advisoryLocks();
        catalog.functions.addAll(JsonOperations.functions());
        catalog.functions.addAll(SearchOperations.functions());
        return catalog.functions;
    }

    private void add(ScalarFunction function, Typing typing, TypedOperands.Nulls nulls, String... names) {
        TypedOperands operands = new TypedOperands(typing, nulls);
        functions.add(new KadeFunction(function.sqlName(), function, operands, false));
        for (String name : names) {
            functions.add(new KadeFunction(name, function, operands, false));
        }
    }

    private void add(ScalarFunction function, String... signatures) {
        add(function, Signatures.of(signatures), ANY);
    }

    private void alias(String name, ScalarFunction function, String... signatures) {
        functions.add(new KadeFunction(name, function, new TypedOperands(Signatures.of(signatures), ANY), false));
    }

    private void conditions() {
        add(ScalarFunction.COALESCE, Common::sameType, ALL);
        add(ScalarFunction.GREATEST, Common::sameType, ALL);
        add(ScalarFunction.LEAST, Common::sameType, ALL);
    }

    private void numbers() {
        String toDouble = "double -> double";
        add(ScalarFunction.ABS, Common::sameNumber, ANY);
        add(ScalarFunction.SIGN, Common::whole, ANY);
        add(ScalarFunction.CEIL, Common::whole, ANY, "ceiling");
        add(ScalarFunction.FLOOR, Common::whole, ANY);
        add(ScalarFunction.ROUND, Typing.anyOf(Common::whole, Common::places), ANY);
        add(ScalarFunction.TRUNC, Typing.anyOf(Common::whole, Common::places), ANY);
        add(ScalarFunction.SQRT, toDouble);
        add(ScalarFunction.CBRT, toDouble);
        add(ScalarFunction.POWER, Signatures.of("double, double -> double"), ANY, "pow");
        add(ScalarFunction.EXP, toDouble);
        add(ScalarFunction.LN, toDouble);
        add(ScalarFunction.LOG10, Signatures.of(toDouble), ANY, "log10");
        add(ScalarFunction.SIN, toDouble);
        add(ScalarFunction.COS, toDouble);
        add(ScalarFunction.TAN, toDouble);
        add(ScalarFunction.ASIN, toDouble);
        add(ScalarFunction.ACOS, toDouble);
        add(ScalarFunction.ATAN, toDouble);
        add(ScalarFunction.ATAN2, "double, double -> double");
        add(ScalarFunction.DEGREES, toDouble);
        add(ScalarFunction.RADIANS, toDouble);
        add(ScalarFunction.PI, "-> double");
        add(
                ScalarFunction.RANDOM,
                Typing.anyOf(
                        Signatures.of("-> double", "integer, integer -> integer", "bigint, bigint -> bigint"),
                        Common::decimals),
                ANY);
        add(ScalarFunction.SETSEED, "double -> text");
        functions.add(new KadeFunction("mod", ScalarFunction.MODULO, new TypedOperands(Arithmetic.MODULO, ANY), false));
    }

    private void texts() {
        add(ScalarFunction.CONCAT_FUNCTION, Signatures.of("any... -> text"), NEVER);
        add(ScalarFunction.CONCAT_WS, Signatures.of("text, any... -> text"), TypedOperands.Nulls.ALWAYS);
        add(ScalarFunction.LOWER, "text -> text");
        add(ScalarFunction.UPPER, "text -> text");
        add(ScalarFunction.INITCAP, "text -> text");
        add(ScalarFunction.LENGTH, "text -> integer", "bytea -> integer", "tsvector -> integer");
        alias("char_length", ScalarFunction.LENGTH, "text -> integer");
        alias("character_length", ScalarFunction.LENGTH, "text -> integer");
        add(ScalarFunction.OCTET_LENGTH, "text -> integer", "bytea -> integer");
        add(
                ScalarFunction.SUBSTRING,
                Signatures.of("text, integer -> text", "text, integer, integer -> text", "text, text -> text"),
                ANY,
                "substr");
        add(ScalarFunction.POSITION, "text, text -> integer");
        functions.add(new KadeFunction(
                "strpos",
                ScalarFunction.POSITION,
                new TypedOperands(Signatures.of("text, text -> integer"), ANY),
                true));
        add(ScalarFunction.BTRIM, "text -> text", "text, text -> text");
        add(ScalarFunction.LTRIM, "text -> text", "text, text -> text");
        add(ScalarFunction.RTRIM, "text -> text", "text, text -> text");
        add(ScalarFunction.REPLACE, "text, text, text -> text");
        add(ScalarFunction.LEFT, "text, integer -> text");
        add(ScalarFunction.RIGHT, "text, integer -> text");
        add(ScalarFunction.LPAD, "text, integer -> text", "text, integer, text -> text");
        add(ScalarFunction.RPAD, "text, integer -> text", "text, integer, text -> text");
        add(ScalarFunction.REPEAT, "text, integer -> text");
        add(ScalarFunction.REVERSE, "text -> text");
        add(ScalarFunction.SPLIT_PART, "text, text, integer -> text");
        add(ScalarFunction.STARTS_WITH, "text, text -> boolean");
        add(ScalarFunction.OVERLAY, "text, text, integer -> text", "text, text, integer, integer -> text");
        add(ScalarFunction.ASCII, "text -> integer");
        add(ScalarFunction.CHR, "integer -> text");
        add(ScalarFunction.MD5, "text -> text", "bytea -> text");
    }

    private void encodings() {
        add(ScalarFunction.TRANSLATE, "text, text, text -> text");
        add(ScalarFunction.QUOTE_IDENT, "text -> text");
        add(ScalarFunction.QUOTE_LITERAL, "text -> text", "any -> text");
        add(ScalarFunction.QUOTE_NULLABLE, Signatures.of("text -> text", "any -> text"), TypedOperands.Nulls.ALWAYS);
        add(ScalarFunction.FORMAT, Signatures.of("text -> text", "text, any... -> text"), TypedOperands.Nulls.ALWAYS);
        for (ScalarFunction radix : List.of(ScalarFunction.TO_HEX, ScalarFunction.TO_BIN, ScalarFunction.TO_OCT)) {
            add(radix, "integer -> text", "bigint -> text");
        }
        add(ScalarFunction.ENCODE, "bytea, text -> text");
        add(ScalarFunction.DECODE, "text, text -> bytea");
        add(ScalarFunction.SHA224, "bytea -> bytea");
        add(ScalarFunction.SHA256, "bytea -> bytea");
        add(ScalarFunction.SHA384, "bytea -> bytea");
        add(ScalarFunction.SHA512, "bytea -> bytea");
        add(ScalarFunction.BIT_LENGTH, "text -> integer", "bytea -> integer");
        add(ScalarFunction.BIT_COUNT, "bytea -> bigint");
        add(ScalarFunction.NUM_NULLS, Signatures.of("any... -> integer"), NEVER);
        add(ScalarFunction.NUM_NONNULLS, Signatures.of("any... -> integer"), NEVER);
        add(ScalarFunction.PG_TYPEOF, Signatures.of("any -> text"), NEVER);
        add(ScalarFunction.TO_CHAR, Common::formatted, TypedOperands.Nulls.ALWAYS);
        add(ScalarFunction.TO_NUMBER, "text, text -> numeric");
    }

    private void rarerNumbers() {
        add(
                ScalarFunction.GCD,
                "integer, integer -> integer",
                "bigint, bigint -> bigint",
                "numeric, numeric -> numeric");
        add(ScalarFunction.LCM, "integer, integer -> integer", "bigint, bigint -> bigint");
        add(ScalarFunction.FACTORIAL, "bigint -> whole");
        add(ScalarFunction.DIV, "numeric, numeric -> whole");
        add(ScalarFunction.SCALE, Common::digits, ANY);
        add(ScalarFunction.MIN_SCALE, Common::digits, ANY);
        add(ScalarFunction.WIDTH_BUCKET, "double, double, double, integer -> integer");
        for (ScalarFunction real : List.of(
                ScalarFunction.SINH,
                ScalarFunction.COSH,
                ScalarFunction.TANH,
                ScalarFunction.COT,
                ScalarFunction.SIND,
                ScalarFunction.COSD,
                ScalarFunction.TAND)) {
            add(real, "double -> double");
        }
    }

    private void rarerDates() {
        add(ScalarFunction.TO_DATE, "text, text -> date");
        add(ScalarFunction.MAKE_TIME, "integer, integer, double -> time");
        String parts = "integer, integer, integer, integer, integer, double";
        add(ScalarFunction.MAKE_TIMESTAMP, parts + " -> timestamp");
        add(ScalarFunction.MAKE_TIMESTAMPTZ, parts + " -> timestamptz", parts + ", text -> timestamptz");
        add(
                ScalarFunction.PERIODS_OVERLAP,
                Signatures.of(Stream.of("timestamp", "timestamptz", "time")
                        .flatMap(time -> Stream.of(time, "interval")
                                .flatMap(first -> Stream.of(time, "interval")
                                        .map(second -> String.join(", ", time, first, time, second) + " -> boolean")))
                        .toArray(String[]::new)),
                TypedOperands.Nulls.ALWAYS);
        add(
                ScalarFunction.MAKE_INTERVAL,
                "-> interval",
                "integer -> interval",
                "integer, integer -> interval",
                "integer, integer, integer -> interval",
                "integer, integer, integer, integer -> interval",
                "integer, integer, integer, integer, integer -> interval",
                "integer, integer, integer, integer, integer, integer -> interval",
                parts.replace("double", "integer, double") + " -> interval");
        add(
                ScalarFunction.DATE_BIN,
                "interval, timestamp, timestamp -> timestamp",
                "interval, timestamptz, timestamptz -> timestamptz");
        add(ScalarFunction.TIME_BUCKET, TimeBucketTyping.SIGNATURES, ANY);
        add(ScalarFunction.TIME_BUCKET_GAPFILL, TimeBucketTyping.GAP_FILLING, ANY);
        add(ScalarFunction.LOCF, TimeBucketTyping::carried, TypedOperands.Nulls.ALWAYS);
        add(ScalarFunction.INTERPOLATE, TimeBucketTyping::interpolated, TypedOperands.Nulls.ALWAYS);
        named(KadeOperatorTable.GAP, ScalarFunction.COALESCE, Common::sameType, TypedOperands.Nulls.ALWAYS);
        add(ScalarFunction.JUSTIFY_HOURS, "interval -> interval");
        add(ScalarFunction.JUSTIFY_DAYS, "interval -> interval");
        add(ScalarFunction.JUSTIFY_INTERVAL, "interval -> interval");
        add(
                ScalarFunction.IS_FINITE,
                "date -> boolean",
                "timestamp -> boolean",
                "timestamptz -> boolean",
                "interval -> boolean");
    }

    private void patterns() {
        add(
                ScalarFunction.REGEXP_COUNT,
                "text, text -> integer",
                "text, text, integer -> integer",
                "text, text, integer, text -> integer");
        String place = "text, text, integer, integer, integer";
        add(
                ScalarFunction.REGEXP_INSTR,
                "text, text -> integer",
                "text, text, integer -> integer",
                "text, text, integer, integer -> integer",
                place + " -> integer",
                place + ", text -> integer",
                place + ", text, integer -> integer");
        String part = "text, text, integer, integer";
        add(
                ScalarFunction.REGEXP_SUBSTR,
                "text, text -> text",
                "text, text, integer -> text",
                part + " -> text",
                part + ", text -> text",
                part + ", text, integer -> text");
        add(ScalarFunction.REGEXP_LIKE, "text, text -> boolean", "text, text, text -> boolean");
        add(ScalarFunction.REGEXP_REPLACE, "text, text, text -> text", "text, text, text, text -> text");
    }

    private void arrays() {
        TypedOperands.Nulls always = TypedOperands.Nulls.ALWAYS;
        named(KadeOperatorTable.SINGLE_ROW, ScalarFunction.SINGLE_ROW, FunctionCatalog::singleRow, always);
        named(KadeOperators.SORT_TEXT, ScalarFunction.SORT_TEXT, Signatures.of("any -> text"), ANY);
        named(KadeOperators.ROW_TEXT, ScalarFunction.ROW_TEXT, Signatures.of("any... -> text"), NEVER);
        named(KadeOperators.ARRAY, ScalarFunction.ARRAY, ArrayTyping::constructor, NEVER);
        named(KadeOperators.ARRAY_QUERY, ScalarFunction.COALESCE, ArrayTyping.of("array, array -> array"), ALL);
        named(
                KadeOperators.SUBSCRIPT,
                ScalarFunction.SUBSCRIPT,
                Typing.anyOf(JsonOperations::subscript, ArrayTyping::subscript),
                always);
        named(KadeOperators.SLICE, ScalarFunction.SLICE, ArrayTyping::slice, ANY);
        named(KadeOperators.PUT, ScalarFunction.ARRAY_PUT, ArrayTyping::put, always);
        named(KadeOperators.ANY, ScalarFunction.ANY_ELEMENT, ArrayTyping::quantified, always);
        named(KadeOperators.ALL, ScalarFunction.ALL_ELEMENTS, ArrayTyping::quantified, always);
        add(ScalarFunction.ARRAY_CAT, ArrayTyping.of("array, array -> array"), ALL);
        add(ScalarFunction.ARRAY_APPEND, ArrayTyping.of("array, element -> array"), NEVER);
        add(ScalarFunction.ARRAY_PREPEND, ArrayTyping.of("element, array -> array"), NEVER);
        add(ScalarFunction.ARRAY_LENGTH, ArrayTyping.of("array, integer -> integer"), always);
        add(ScalarFunction.ARRAY_LOWER, ArrayTyping.of("array, integer -> integer"), always);
        add(ScalarFunction.ARRAY_UPPER, ArrayTyping.of("array, integer -> integer"), always);
        add(ScalarFunction.ARRAY_NDIMS, ArrayTyping.of("array -> integer"), always);
        add(ScalarFunction.ARRAY_DIMS, ArrayTyping.of("array -> text"), always);
        add(ScalarFunction.CARDINALITY, ArrayTyping.of("array -> integer"), ANY);
        add(ScalarFunction.ARRAY_REMOVE, ArrayTyping.of("array, element -> array"), always);
        add(ScalarFunction.ARRAY_REPLACE, ArrayTyping.of("array, element, element -> array"), always);
        Typing position = Typing.anyOf(
                ArrayTyping.of("array, element -> integer"), ArrayTyping.of("array, element, integer -> integer"));
        add(ScalarFunction.ARRAY_POSITION, position, always);
        add(ScalarFunction.ARRAY_POSITIONS, ArrayTyping.of("array, element -> integers"), always);
        add(ScalarFunction.ARRAY_REVERSE, ArrayTyping.of("array -> array"), ANY);
        Typing sort = Typing.anyOf(
                ArrayTyping.of("array -> array"),
                ArrayTyping.of("array, boolean -> array"),
                ArrayTyping.of("array, boolean, boolean -> array"));
        add(ScalarFunction.ARRAY_SORT, sort, ANY);
        Typing fill = Typing.anyOf(
                ArrayTyping.of("element, integers -> array"), ArrayTyping.of("element, integers, integers -> array"));
        add(ScalarFunction.ARRAY_FILL, fill, always);
        add(ScalarFunction.ENUM_FIRST, ArrayTyping.enumeration(1, false), NEVER);
        add(ScalarFunction.ENUM_LAST, ArrayTyping.enumeration(1, false), NEVER);
        Typing range = Typing.anyOf(ArrayTyping.enumeration(1, true), ArrayTyping.enumeration(2, true));
        add(ScalarFunction.ENUM_RANGE, range, NEVER);
        add(ScalarFunction.TRIM_ARRAY, ArrayTyping.of("array, integer -> array"), ANY);
        Typing joined =
                Typing.anyOf(ArrayTyping.of("array, text -> text"), ArrayTyping.of("array, text, text -> text"));
        add(ScalarFunction.ARRAY_TO_STRING, joined, always);
        Typing split = Typing.anyOf(ArrayTyping.of("text, text -> texts"), ArrayTyping.of("text, text, text -> texts"));
        add(ScalarFunction.STRING_TO_ARRAY, split, always);
        add(ScalarFunction.REGEXP_SPLIT_TO_ARRAY, split, ANY);
        add(ScalarFunction.REGEXP_MATCH, split, always);
    }

    private static Optional<Typing.Resolution> singleRow(List<Operand> operands) {
        return operands.size() == 3
                ? Optional.of(new Typing.Resolution(
                        operands.stream().map(Operand::type).toList(),
                        operands.getFirst().type()))
                : Optional.empty();
    }

    private void named(String name, ScalarFunction function, Typing typing, TypedOperands.Nulls nulls) {
        functions.add(new KadeFunction(name, function, new TypedOperands(typing, nulls), false));
    }

    private void dates() {
        add(ScalarFunction.EXTRACT, Common::extract, ANY, "date_part");
        add(
                ScalarFunction.DATE_TRUNC,
                "text, timestamp -> timestamp",
                "text, timestamptz -> timestamptz",
                "text, timestamptz, text -> timestamptz",
                "text, interval -> interval");
        add(ScalarFunction.MAKE_DATE, "integer, integer, integer -> date");
        add(ScalarFunction.AGE, "timestamp, timestamp -> interval", "timestamptz, timestamptz -> interval");
        add(ScalarFunction.AT_TIME_ZONE, "text, timestamp -> timestamptz", "text, timestamptz -> timestamp");
        add(ScalarFunction.TO_TIMESTAMP, "double -> timestamptz", "text, text -> timestamptz");
        add(ScalarFunction.CLOCK_TIMESTAMP, "-> timestamptz");
        add(ScalarFunction.GEN_RANDOM_UUID, Signatures.of("-> uuid"), ANY, "uuidv4");
    }

    private void sequences() {
        add(ScalarFunction.NEXTVAL, "text -> bigint");
        add(ScalarFunction.CURRVAL, "text -> bigint");
        add(ScalarFunction.LASTVAL, "-> bigint");
        add(ScalarFunction.KADE_STATE, "text -> jsonb");
        add(ScalarFunction.SETVAL, "text, bigint -> bigint", "text, bigint, boolean -> bigint");
        add(ScalarFunction.PG_GET_SERIAL_SEQUENCE, Signatures.of("text, text -> text"), TypedOperands.Nulls.ALWAYS);
    }

    private void advisoryLocks() {
        add(ScalarFunction.PG_ADVISORY_LOCK, "bigint -> text", "integer, integer -> text");
        add(ScalarFunction.PG_ADVISORY_LOCK_SHARED, "bigint -> text", "integer, integer -> text");
        add(ScalarFunction.PG_TRY_ADVISORY_LOCK, "bigint -> boolean", "integer, integer -> boolean");
        add(ScalarFunction.PG_TRY_ADVISORY_LOCK_SHARED, "bigint -> boolean", "integer, integer -> boolean");
        add(ScalarFunction.PG_ADVISORY_XACT_LOCK, "bigint -> text", "integer, integer -> text");
        add(ScalarFunction.PG_ADVISORY_XACT_LOCK_SHARED, "bigint -> text", "integer, integer -> text");
        add(ScalarFunction.PG_TRY_ADVISORY_XACT_LOCK, "bigint -> boolean", "integer, integer -> boolean");
        add(ScalarFunction.PG_TRY_ADVISORY_XACT_LOCK_SHARED, "bigint -> boolean", "integer, integer -> boolean");
        add(ScalarFunction.PG_ADVISORY_UNLOCK, "bigint -> boolean", "integer, integer -> boolean");
        add(ScalarFunction.PG_ADVISORY_UNLOCK_SHARED, "bigint -> boolean", "integer, integer -> boolean");
        add(ScalarFunction.PG_ADVISORY_UNLOCK_ALL, "-> text");
    }

    private void session() {
        identifier("current_user", Kind.CURRENT_USER, SqlType.TEXT);
        identifier("user", Kind.CURRENT_USER, SqlType.TEXT);
        identifier("current_role", Kind.CURRENT_USER, SqlType.TEXT);
        identifier("session_user", Kind.SESSION_USER, SqlType.TEXT);
        identifier("current_catalog", Kind.CURRENT_DATABASE, SqlType.TEXT);
        identifier("current_schema", Kind.CURRENT_SCHEMA, SqlType.TEXT);
        call("current_schema", Kind.CURRENT_SCHEMA, SqlType.TEXT);
        call("current_database", Kind.CURRENT_DATABASE, SqlType.TEXT);
        call("now", Kind.NOW, SqlType.TIMESTAMPTZ);
        call("transaction_timestamp", Kind.NOW, SqlType.TIMESTAMPTZ);
        call("statement_timestamp", Kind.STATEMENT_TIMESTAMP, SqlType.TIMESTAMPTZ);
        identifier("current_timestamp", Kind.NOW, SqlType.TIMESTAMPTZ);
        identifier("current_date", Kind.CURRENT_DATE, SqlType.DATE);
        identifier("localtime", Kind.LOCALTIME, SqlType.TIME);
        identifier("localtimestamp", Kind.LOCALTIMESTAMP, SqlType.TIMESTAMP);
    }

    private void identifier(String name, Kind kind, SqlType type) {
        functions.add(new KadeSessionFunction(name, kind, type, false));
    }

    private void call(String name, Kind kind, SqlType type) {
        functions.add(new KadeSessionFunction(name, kind, type, true));
    }
}
