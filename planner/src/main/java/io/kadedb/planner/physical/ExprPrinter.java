package io.kadedb.planner.physical;

import io.kadedb.common.json.Jsonb;
import io.kadedb.common.json.JsonbText;
import io.kadedb.common.type.ArrayBytes;
import io.kadedb.common.type.ArrayText;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.Interval;
import io.kadedb.common.type.SqlType;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes expressions as people write them, with the names of their input's columns. */
public final class ExprPrinter {
    /** An IN list longer than this is cut, so that a plan stays readable. */
    private static final int MAX_LIST = 10;

    private ExprPrinter() {}

    /**
     * The expression as text.
     *
     * @param input the columns it reads
     */
    public static String text(Expr expression, List<Field> input) {
        return switch (expression) {
            case Expr.Column column -> name(column.index(), input);
            case Expr.Literal literal -> literal(literal);
            case Expr.Parameter parameter -> "$" + (parameter.index() + 1);
            case Expr.SessionValue value -> value.kind().name().toLowerCase(Locale.ROOT);
            case Expr.OuterColumn outer -> "outer" + outer.applyId() + "." + outer.index();
            case Expr.Call call -> call(call, input);
            case Expr.Cast cast -> operand(cast.input(), input) + "::" + cast.type();
            case Expr.Case choice -> choice(choice, input);
            case Expr.InList list -> operand(list.input(), input) + " in (" + values(list.values()) + ")";
        };
    }

    /** The name of a column, or its number where it has none. */
    static String name(int column, List<Field> input) {
        return column < input.size() && !input.get(column).name().isEmpty()
                ? input.get(column).name()
                : "#" + column;
    }

    private static String operand(Expr expression, List<Field> input) {
        String text = text(expression, input);
        boolean compound = (expression instanceof Expr.Call call && isOperator(call.function()))
                || expression instanceof Expr.InList;
        return compound ? "(" + text + ")" : text;
    }

    private static boolean isOperator(ScalarFunction function) {
        return switch (function) {
            case AND, OR, NOT, EQ, NE, LT, LE, GT, GE, ADD, SUBTRACT, MULTIPLY, DIVIDE, MODULO, NEGATE, CONCAT -> true;
            case IS_NULL, IS_NOT_NULL, IS_TRUE, IS_NOT_TRUE, IS_FALSE, IS_NOT_FALSE -> true;
            case IS_DISTINCT_FROM, IS_NOT_DISTINCT_FROM, LIKE, ILIKE, REGEX_MATCH, REGEX_IMATCH -> true;
            default -> false;
        };
    }

    private static String call(Expr.Call call, List<Field> input) {
        List<Expr> args = call.args();
        return switch (call.function()) {
            case SHREDDED -> text(args.get(2), input);
            case NOT -> "not " + operand(args.getFirst(), input);
            case NEGATE -> "-" + operand(args.getFirst(), input);
            case IS_NULL, IS_NOT_NULL, IS_TRUE, IS_NOT_TRUE, IS_FALSE, IS_NOT_FALSE ->
                operand(args.getFirst(), input) + " " + call.function().sqlName();
            case ScalarFunction function
            when isOperator(function) ->
                args.stream()
                        .map(arg -> operand(arg, input))
                        .collect(Collectors.joining(" " + function.sqlName() + " "));
            case ScalarFunction function ->
                args.stream()
                        .map(arg -> text(arg, input))
                        .collect(Collectors.joining(", ", function.sqlName() + "(", ")"));
        };
    }

    private static String choice(Expr.Case choice, List<Field> input) {
        String branches = choice.whens().stream()
                .map(when -> " when " + text(when.condition(), input) + " then " + text(when.result(), input))
                .collect(Collectors.joining());
        return "case" + branches + " else " + text(choice.otherwise(), input) + " end";
    }

    private static String values(List<Expr.Literal> values) {
        String shown = values.stream().limit(MAX_LIST).map(ExprPrinter::literal).collect(Collectors.joining(", "));
        return values.size() > MAX_LIST ? shown + ", ... " + values.size() + " in all" : shown;
    }

    private static String literal(Expr.Literal literal) {
        Object value = literal.value();
        return value == null ? "null" : literal(value, literal.type());
    }

    private static String literal(Object value, SqlType type) {
        return switch (type.id()) {
            case BOOLEAN, SMALLINT, INTEGER, BIGINT, REAL, DOUBLE, NULL -> value.toString();
            case DECIMAL -> ((BigDecimal) value).toPlainString();
            case TEXT, VARCHAR, CHAR -> "'" + ((String) value).replace("'", "''") + "'";
            case JSON, JSONPATH, TSVECTOR, TSQUERY ->
                type.id().sqlName() + " '" + ((String) value).replace("'", "''") + "'";
            case JSONB -> "jsonb '" + JsonbText.of(Jsonb.of((ByteBuffer) value)).replace("'", "''") + "'";
            case BYTEA -> "'\\x" + hex((ByteBuffer) value) + "'";
            case DATE -> "date '" + LocalDate.ofEpochDay((Long) value) + "'";
            case TIME -> "time '" + LocalTime.ofNanoOfDay((Long) value * 1_000) + "'";
            case TIMESTAMP -> "timestamp '" + dateTime((Long) value) + "'";
            case TIMESTAMPTZ -> "timestamptz '" + dateTime((Long) value) + "Z'";
            case INTERVAL -> interval((Interval) value);
            case UUID -> "uuid '" + value + "'";
            case ENUM -> "'" + type.labels().text((Long) value).replace("'", "''") + "'";
            case ARRAY ->
                "'"
                        + ArrayText.format(
                                        ArrayBytes.decode((ByteBuffer) value, type.element()),
                                        item -> element(item, type.element()))
                                .replace("'", "''")
                        + "'";
        };
    }

    /** As a constant, without quotes around it. */
    private static String element(Object value, SqlType type) {
        String literal = literal(value, type);
        int quote = literal.indexOf('\'');
        return quote < 0
                ? literal
                : literal.substring(quote + 1, literal.length() - 1).replace("''", "'");
    }

    private static LocalDateTime dateTime(long micros) {
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(micros, 1_000_000L), (int) Math.floorMod(micros, 1_000_000L) * 1_000, ZoneOffset.UTC);
    }

    private static String interval(Interval value) {
        return "interval '" + value.months() + " mons " + value.days() + " days " + value.micros() + " us'";
    }

    private static String hex(ByteBuffer value) {
        byte[] bytes = new byte[value.remaining()];
        value.duplicate().get(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
