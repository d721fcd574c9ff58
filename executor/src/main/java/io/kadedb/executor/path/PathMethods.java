package io.kadedb.executor.path;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.json.JsonKind;
import io.kadedb.common.json.Jsonb;
import io.kadedb.common.json.JsonbBuilder;
import io.kadedb.common.json.JsonbText;
import io.kadedb.common.type.SqlType;
import io.kadedb.executor.kernel.value.ValueParser;
import io.kadedb.parser.path.PathMethod;
import io.kadedb.parser.path.PathStep.Method;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.ZoneOffset;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** The item methods, each of which is given one item. */
final class PathMethods {
    private static final int MAX_PRECISION = 1000;
    /** The ids of {@code keyvalue} count documents in steps of this. */
    private static final long ID_STEP = 10_000_000_000L;

    private final PathEvaluator evaluator;
    private final PathMoments moments;
    /** The documents whose objects {@code keyvalue} was asked of, numbered. */
    private final IdentityHashMap<byte[], Integer> documents = new IdentityHashMap<>();

    PathMethods(PathEvaluator evaluator, Jsonb document) {
        this.evaluator = evaluator;
        this.moments = new PathMoments(evaluator);
        documents.put(document.bytes(), 0);
    }

    /**
     * Applies a method.
     *
     * @param first whether one result is enough
     */
    Outcome apply(Method method, PathItem item, Function<PathItem, Outcome> next, boolean first) {
        return switch (method.method()) {
            case TYPE -> next.apply(PathItem.ofString(item.typeName()));
            case SIZE -> size(item, next);
            case KEYVALUE -> keyvalue(item, next, first);
            case ABS, CEILING, FLOOR -> number(method, item, next);
            case DOUBLE -> ofDouble(item, next);
            case BIGINT -> whole(method, item, Long.MIN_VALUE, Long.MAX_VALUE, next);
            case INTEGER -> whole(method, item, Integer.MIN_VALUE, Integer.MAX_VALUE, next);
            case NUMBER, DECIMAL -> decimal(method, item, next);
            case BOOLEAN -> truth(item, next);
            case STRING -> string(item, next);
            case DATETIME, DATE, TIME, TIME_TZ, TIMESTAMP, TIMESTAMP_TZ -> moments.apply(method, item, next);
        };
    }

    private Outcome size(PathItem item, Function<PathItem, Outcome> next) {
        boolean array = item.is(JsonKind.ARRAY);
        if (!array && !evaluator.lax()) {
            return evaluator.failure.report(
                    ErrorCode.SQL_JSON_ARRAY_NOT_FOUND, "jsonpath item method .size() can only be applied to an array");
        }
        return next.apply(
                PathItem.ofNumber(BigDecimal.valueOf(array ? item.json().size() : 1)));
    }

    private Outcome refused(PathMethod method, String to) {
        return evaluator.failure.report(
                ErrorCode.NON_NUMERIC_SQL_JSON_ITEM,
                () -> "jsonpath item method ." + method.text() + "() can only be applied to " + to);
    }

    private Outcome invalid(PathMethod method, String argument, String type) {
        return evaluator.failure.report(
                ErrorCode.NON_NUMERIC_SQL_JSON_ITEM,
                () -> "argument \"" + argument + "\" of jsonpath item method ." + method.text()
                        + "() is invalid for type " + type);
    }

    private Outcome number(Method method, PathItem item, Function<PathItem, Outcome> next) {
        if (!item.is(JsonKind.NUMBER)) {
            return refused(method.method(), "a numeric value");
        }
        BigDecimal number = item.json().number();
        return next.apply(PathItem.ofNumber(
                switch (method.method()) {
                    case ABS -> number.abs();
                    case CEILING -> number.setScale(0, RoundingMode.CEILING);
                    default -> number.setScale(0, RoundingMode.FLOOR);
                }));
    }

    private Outcome ofDouble(PathItem item, Function<PathItem, Outcome> next) {
        boolean number = item.is(JsonKind.NUMBER);
        if (!number && !item.is(JsonKind.STRING)) {
            return refused(PathMethod.DOUBLE, "a string or numeric value");
        }
        String text = JsonbText.bare(item.json());
        Optional<Object> value = parsed(text, SqlType.DOUBLE);
        if (value.isEmpty()) {
            return invalid(PathMethod.DOUBLE, text, "double precision");
        }
        double real = (Double) value.get();
        if (!Double.isFinite(real)) {
            return notFinite(PathMethod.DOUBLE);
        }
        return next.apply(number ? item : PathItem.ofNumber(new BigDecimal(fifteenDigits(real))));
    }

    private static String fifteenDigits(double value) {
        return new BigDecimal(String.format(Locale.ROOT, "%.14e", value))
                .stripTrailingZeros()
                .toPlainString();
    }

    private Outcome notFinite(PathMethod method) {
        return evaluator.failure.report(
                ErrorCode.NON_NUMERIC_SQL_JSON_ITEM,
                () -> "NaN or Infinity is not allowed for jsonpath item method ." + method.text() + "()");
    }

    /** The value of a text of a type; empty if it has none. */
    private static Optional<Object> parsed(String text, SqlType type) {
        try {
            return Optional.of(ValueParser.parse(text, type, ZoneOffset.UTC));
        } catch (KadeException e) {
            return switch (e.code()) {
                case INVALID_TEXT_REPRESENTATION, NUMERIC_VALUE_OUT_OF_RANGE -> Optional.empty();
                default -> throw e;
            };
        }
    }

    private Outcome whole(Method method, PathItem item, long least, long most, Function<PathItem, Outcome> next) {
        SqlType type = method.method() == PathMethod.BIGINT ? SqlType.BIGINT : SqlType.INTEGER;
        boolean number = item.is(JsonKind.NUMBER);
        if (!number && !item.is(JsonKind.STRING)) {
            return refused(method.method(), "a string or numeric value");
        }
        String text = JsonbText.bare(item.json());
        Optional<BigDecimal> value = number
                ? PathNumbers.rounded(item.json().number(), least, most)
                : parsed(text, type).map(parsed -> BigDecimal.valueOf((Long) parsed));
        return value.isEmpty()
                ? invalid(method.method(), text, type.toString())
                : next.apply(PathItem.ofNumber(value.get()));
    }

    private Outcome decimal(Method method, PathItem item, Function<PathItem, Outcome> next) {
        boolean number = item.is(JsonKind.NUMBER);
        if (!number && !item.is(JsonKind.STRING)) {
            return refused(method.method(), "a string or numeric value");
        }
        String text = JsonbText.bare(item.json());
        Optional<BigDecimal> value = number ? Optional.of(item.json().number()) : numeric(text);
        if (value.isEmpty()) {
            boolean special = text.strip().toLowerCase(Locale.ROOT).matches("nan|[+-]?inf(inity)?");
            return special ? notFinite(method.method()) : invalid(method.method(), text, "numeric");
        }
        BigDecimal result = value.get();
        List<Integer> size = method.numbers();
        if (!size.isEmpty()) {
            int precision = size.getFirst();
            int scale = size.size() > 1 ? size.get(1) : 0;
            checkSize(precision, scale);
            result = result.setScale(scale, RoundingMode.HALF_UP);
            if (result.signum() != 0 && result.precision() > precision) {
                return invalid(method.method(), text, "numeric");
            }
            result = scale < 0 ? result.setScale(0) : result;
        }
        return next.apply(PathItem.ofNumber(result));
    }

    private static void checkSize(int precision, int scale) {
        if (precision < 1 || precision > MAX_PRECISION) {
            throw KadeException.of(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "NUMERIC precision " + precision + " must be between 1 and " + MAX_PRECISION);
        }
        if (Math.abs(scale) > MAX_PRECISION) {
            throw KadeException.of(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "NUMERIC scale " + scale + " must be between -" + MAX_PRECISION + " and " + MAX_PRECISION);
        }
    }

    private static Optional<BigDecimal> numeric(String text) {
        String digits = text.strip();
        if (!digits.matches("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]{1,5})?")) {
            return Optional.empty();
        }
        BigDecimal value = new BigDecimal(digits);
        return Optional.of(value.scale() < 0 ? value.setScale(0) : value);
    }

    private Outcome truth(PathItem item, Function<PathItem, Outcome> next) {
        if (item.is(JsonKind.BOOLEAN)) {
            return next.apply(item);
        }
        boolean number = item.is(JsonKind.NUMBER);
        if (!number && !item.is(JsonKind.STRING)) {
            return refused(PathMethod.BOOLEAN, "a boolean, string, or numeric value");
        }
        String text = JsonbText.bare(item.json());
        Optional<Boolean> value = number
                ? parsed(text, SqlType.INTEGER).map(parsed -> (Long) parsed != 0)
                : parsed(text, SqlType.BOOLEAN).map(parsed -> (Boolean) parsed);
        return value.isEmpty()
                ? invalid(PathMethod.BOOLEAN, text, "boolean")
                : next.apply(PathItem.ofTruth(value.get()));
    }

    private Outcome string(PathItem item, Function<PathItem, Outcome> next) {
        boolean possible = !item.is(JsonKind.NULL) && !item.is(JsonKind.ARRAY) && !item.is(JsonKind.OBJECT);
        return possible
                ? next.apply(PathItem.ofString(JsonbText.bare(item.json())))
                : refused(PathMethod.STRING, "a boolean, string, numeric, or datetime value");
    }

    private Outcome keyvalue(PathItem item, Function<PathItem, Outcome> next, boolean first) {
        if (!item.is(JsonKind.OBJECT)) {
            return evaluator.failure.report(
                    ErrorCode.SQL_JSON_OBJECT_NOT_FOUND,
                    "jsonpath item method .keyvalue() can only be applied to an object");
        }
        Jsonb object = item.json();
        int document = documents.computeIfAbsent(object.bytes(), bytes -> documents.size() + 1);
        long id = document * ID_STEP + object.from() - 1;
        Outcome outcome = Outcome.NOTHING;
        for (int i = 0; i < object.size(); i++) {
            Jsonb pair = Jsonb.of(new JsonbBuilder()
                    .startObject()
                    .key("id")
                    .integer(id)
                    .key("key")
                    .string(object.keyBytes(i))
                    .key("value")
                    .value(object.value(i))
                    .end()
                    .build());
            outcome = next.apply(PathItem.of(pair));
            if (outcome == Outcome.FAILED || (outcome == Outcome.FOUND && first)) {
                return outcome;
            }
        }
        return outcome;
    }
}
