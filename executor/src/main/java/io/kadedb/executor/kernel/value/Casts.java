package io.kadedb.executor.kernel.value;

import static io.kadedb.executor.kernel.value.Calendar.MICROS_PER_DAY;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.ArrayValue;
import io.kadedb.common.type.InfiniteTimes;
import io.kadedb.common.type.Interval;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Conversions between types. Text that is too long for varchar(n) or char(n) is an error unless only spaces are cut
 * (PostgreSQL's assignment cast).
 */
public final class Casts {
    private Casts() {}

    /**
     * The conversion.
     *
     * @param zone for TIMESTAMPTZ
     * @throws KadeException 42846 when there is none
     */
    public static RowFunction bind(SqlType from, SqlType to, ZoneId zone) {
        RowFunction cast = switch (to.id()) {
            case TEXT, VARCHAR, CHAR ->
                to.keepsBlanks()
                        ? values -> ValueText.of(value(values), from, zone)
                        : values -> fit(text(value(values), from, zone), to);
            default ->
                from.isText() ? values -> ValueParser.parse((String) value(values), to, zone) : other(from, to, zone);
        };
        if (from.id() == TypeId.NULL) {
            return values -> null;
        }
        if (cast == null) {
            throw KadeException.of(
                    ErrorCode.CANNOT_COERCE,
                    "cannot cast type " + from.id().sqlName() + " to " + to.id().sqlName());
        }
        return cast;
    }

    private static Object value(@Nullable Object[] values) {
        return Objects.requireNonNull(values[0]);
    }

    private static long number(@Nullable Object[] values) {
        return (Long) value(values);
    }

    private static String text(Object value, SqlType from, ZoneId zone) {
        // A CHAR becomes text without its padding.
        return value instanceof String s
                ? from.keepsBlanks() ? stripTrailingSpaces(s) : s
                : ValueText.of(value, from, zone);
    }

    /** Cuts trailing spaces beyond the length; 22001 for anything else beyond it. CHAR loses all its trailing spaces. */
    public static String fit(String text, SqlType type) {
        String kept = text;
        if (type.precision() >= 0 && text.length() > type.precision() && type.isText() && type.id() != TypeId.TEXT) {
            int points = text.codePointCount(0, text.length());
            if (points > type.precision()) {
                int end = text.offsetByCodePoints(0, type.precision());
                for (int i = end; i < text.length(); i++) {
                    if (text.charAt(i) != ' ') {
                        throw KadeException.of(
                                ErrorCode.STRING_DATA_RIGHT_TRUNCATION, "value too long for type " + type);
                    }
                }
                kept = text.substring(0, end);
            }
        }
        return type.id() == TypeId.CHAR ? stripTrailingSpaces(kept) : kept;
    }

    static String stripTrailingSpaces(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        return text.substring(0, end);
    }

    private static @Nullable RowFunction other(SqlType from, SqlType to, ZoneId zone) {
        if (from.id() == TypeId.JSONB && (to.isNumeric() || to.id() == TypeId.BOOLEAN)) {
            return JsonCasts.fromJsonb(to);
        }
        return switch (to.id()) {
            case BOOLEAN ->
                from.id() == TypeId.BOOLEAN
                        ? RowFunctions.IDENTITY
                        : from.isInteger() ? values -> number(values) != 0 : null;
            case SMALLINT, INTEGER, BIGINT -> toInteger(from, to);
            case REAL, DOUBLE -> toFloat(from, to);
            case DECIMAL -> toDecimal(from, to);
            case DATE -> toDate(from, zone);
            case TIME -> toTime(from, to, zone);
            case TIMESTAMP -> toTimestamp(from, to, zone);
            case TIMESTAMPTZ -> toInstant(from, to, zone);
            case INTERVAL ->
                from.id() == TypeId.INTERVAL
                        ? RowFunctions.IDENTITY
                        : from.id() == TypeId.TIME ? values -> new Interval(0, 0, number(values)) : null;
            case UUID, BYTEA, JSONPATH, TSVECTOR, TSQUERY -> from.id() == to.id() ? RowFunctions.IDENTITY : null;
            case JSON, JSONB -> JsonCasts.toJson(from, to);
            case ARRAY -> from.isArray() ? toArray(from, to, zone) : null;
            case ENUM -> from.equals(to) ? RowFunctions.IDENTITY : null;
            case NULL -> values -> null;
            case TEXT, VARCHAR, CHAR -> null;
        };
    }

    private static RowFunction toArray(SqlType from, SqlType to, ZoneId zone) {
        boolean same = from.equals(to)
                || (from.element().isText()
                        && to.element().id() == TypeId.TEXT
                        && !from.element().keepsBlanks())
                || (from.element().id() == to.element().id() && from.element().id() == TypeId.ENUM);
        if (same) {
            return RowFunctions.IDENTITY;
        }
        ArrayArg arg = new ArrayArg(0, from);
        RowFunction cast = bind(from.element(), to.element(), zone);
        return values -> {
            ArrayValue array = arg.of(values);
            List<@Nullable Object> elements = new ArrayList<>(array.size());
            for (Object element : array.elements()) {
                elements.add(element == null ? null : cast.apply(new @Nullable Object[] {element}));
            }
            return ArrayFunctions.bytes(new ArrayValue(elements, array.dimensions()), to);
        };
    }

    private static @Nullable RowFunction toInteger(SqlType from, SqlType to) {
        return switch (from.id()) {
            case BOOLEAN -> values -> (Boolean) value(values) ? 1L : 0L;
            case SMALLINT, INTEGER, BIGINT -> values -> Numbers.checkInteger(number(values), to);
            case REAL, DOUBLE -> values -> Numbers.toInteger((Double) value(values), to);
            case DECIMAL -> values -> Numbers.toInteger((BigDecimal) value(values), to);
            default -> null;
        };
    }

    private static @Nullable RowFunction toFloat(SqlType from, SqlType to) {
        return switch (from.id()) {
            case SMALLINT, INTEGER, BIGINT -> values -> round((double) number(values), to);
            case REAL, DOUBLE ->
                values -> {
                    double value = (Double) value(values);
                    return Numbers.checkFloat(value, Double.isInfinite(value), value == 0, to);
                };
            case DECIMAL -> values -> round(((BigDecimal) value(values)).doubleValue(), to);
            default -> null;
        };
    }

    private static double round(double value, SqlType to) {
        return to.id() == TypeId.REAL ? (float) value : value;
    }

    private static @Nullable RowFunction toDecimal(SqlType from, SqlType to) {
        return switch (from.id()) {
            case SMALLINT, INTEGER, BIGINT -> values -> Numbers.toDecimal(BigDecimal.valueOf(number(values)), to);
            case REAL, DOUBLE -> values -> Numbers.decimalOf((Double) value(values), from, to);
            case DECIMAL -> values -> Numbers.toDecimal((BigDecimal) value(values), to);
            default -> null;
        };
    }

    private static @Nullable RowFunction toDate(SqlType from, ZoneId zone) {
        return switch (from.id()) {
            case DATE -> RowFunctions.IDENTITY;
            case TIMESTAMP -> values -> Calendar.day(number(values));
            case TIMESTAMPTZ -> values -> Calendar.day(Calendar.toLocal(number(values), zone));
            default -> null;
        };
    }

    private static @Nullable RowFunction toTime(SqlType from, SqlType to, ZoneId zone) {
        return switch (from.id()) {
            case TIME -> values -> Calendar.round(number(values), to);
            case TIMESTAMP -> values -> timeOfDay(number(values), to);
            case TIMESTAMPTZ -> values -> timeOfDay(Calendar.toLocal(number(values), zone), to);
            case INTERVAL -> values -> Math.floorMod(((Interval) value(values)).micros(), MICROS_PER_DAY);
            default -> null;
        };
    }

    private static long timeOfDay(long micros, SqlType to) {
        if (InfiniteTimes.isInfinite(micros)) {
            throw Failures.unsupported("the time of an infinite timestamp is not built");
        }
        return Calendar.round(Math.floorMod(micros, MICROS_PER_DAY), to);
    }

    private static @Nullable RowFunction toTimestamp(SqlType from, SqlType to, ZoneId zone) {
        return switch (from.id()) {
            case DATE -> values -> Calendar.micros(number(values), 0);
            case TIMESTAMP -> values -> Calendar.round(number(values), to);
            case TIMESTAMPTZ -> values -> Calendar.round(Calendar.toLocal(number(values), zone), to);
            default -> null;
        };
    }

    private static @Nullable RowFunction toInstant(SqlType from, SqlType to, ZoneId zone) {
        return switch (from.id()) {
            case DATE -> values -> Calendar.toInstant(Calendar.micros(number(values), 0), zone);
            case TIMESTAMP -> values -> Calendar.toInstant(Calendar.round(number(values), to), zone);
            case TIMESTAMPTZ -> values -> Calendar.round(number(values), to);
            default -> null;
        };
    }
}
