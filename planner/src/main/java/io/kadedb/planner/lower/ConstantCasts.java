package io.kadedb.planner.lower;

import io.kadedb.common.error.KadeException;
import io.kadedb.common.json.JsonReader;
import io.kadedb.common.search.TsQuery;
import io.kadedb.common.search.TsVector;
import io.kadedb.common.type.ArrayBytes;
import io.kadedb.common.type.ArrayText;
import io.kadedb.common.type.Interval;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.parser.path.JsonPath;
import io.kadedb.planner.physical.Expr.Literal;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Converts constants; what is not plainly possible is left to run time, where it may fail. */
final class ConstantCasts {
    private static final long DAY = 86_400_000_000L;
    private static final Pattern INTEGER = Pattern.compile("[+-]?\\d{1,19}");
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)");
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern TIMESTAMP = Pattern.compile(DATE + "[ T]\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,6})?)?");
    private static final Pattern UUID_FORM =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private ConstantCasts() {}

    /** The constant in the type, or empty when only run time can tell. */
    static Optional<Literal> cast(Literal literal, SqlType to, ZoneId zone) {
        SqlType from = literal.type();
        Object value = literal.value();
        if (value == null) {
            return Optional.of(new Literal(null, to));
        }
        if (from.equals(to)) {
            return Optional.of(literal);
        }
        try {
            return Optional.ofNullable(value(value, from, to, zone)).map(converted -> new Literal(converted, to));
        } catch (ArithmeticException | DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static @Nullable Object value(Object value, SqlType from, SqlType to, ZoneId zone) {
        if (from.isText()) {
            if (from.id() == TypeId.CHAR && to.id() == TypeId.CHAR) {
                return null;
            }
            return fromText((String) value, to, zone);
        }
        return switch (value) {
            case Long number when from.isInteger() -> number(BigDecimal.valueOf(number), to);
            case BigDecimal number -> number(number, to);
            case Double number when to.id() == TypeId.DOUBLE -> number;
            case Long date when from.id() == TypeId.DATE -> fromDate(date, to, zone);
            case Long micros when from.id() == TypeId.TIMESTAMP -> fromTimestamp(micros, to, zone);
            default -> null;
        };
    }

    private static @Nullable Object number(BigDecimal number, SqlType to) {
        return switch (to.id()) {
            case SMALLINT -> (long) rounded(number).shortValueExact();
            case INTEGER -> (long) rounded(number).intValueExact();
            case BIGINT -> rounded(number).longValueExact();
            case DECIMAL -> decimal(number, to);
            case REAL -> (double) number.floatValue();
            case DOUBLE -> number.doubleValue();
            case TEXT -> number.toPlainString();
            default -> null;
        };
    }

    private static BigDecimal rounded(BigDecimal number) {
        return number.setScale(0, RoundingMode.HALF_UP);
    }

    private static BigDecimal decimal(BigDecimal number, SqlType to) {
        BigDecimal scaled = number.setScale(to.scale(), RoundingMode.HALF_UP);
        if (scaled.precision() > to.precision()) {
            throw new ArithmeticException("overflow");
        }
        return scaled;
    }

    private static @Nullable Object fromDate(long day, SqlType to, ZoneId zone) {
        return switch (to.id()) {
            case TIMESTAMP -> Math.multiplyExact(day, DAY);
            case TIMESTAMPTZ -> instant(LocalDate.ofEpochDay(day).atStartOfDay(), zone);
            case TEXT -> LocalDate.ofEpochDay(day).toString();
            default -> null;
        };
    }

    private static @Nullable Object fromTimestamp(long micros, SqlType to, ZoneId zone) {
        return switch (to.id()) {
            case DATE -> Math.floorDiv(micros, DAY);
            case TIMESTAMP -> to.precision() == 6 ? micros : null;
            case TIMESTAMPTZ -> to.precision() == 6 ? instant(Literals.dateTime(micros), zone) : null;
            default -> null;
        };
    }

    private static long instant(LocalDateTime time, ZoneId zone) {
        return Literals.micros(LocalDateTime.ofInstant(
                time.atZone(zone).withLaterOffsetAtOverlap().toInstant(), ZoneOffset.UTC));
    }

    private static @Nullable Object fromText(String text, SqlType to, ZoneId zone) {
        String trimmed = text.strip();
        return switch (to.id()) {
            case TEXT -> text;
            case CHAR -> to.keepsBlanks() ? text : null;
            case VARCHAR ->
                to.precision() == SqlType.UNSPECIFIED || text.codePointCount(0, text.length()) <= to.precision()
                        ? text
                        : null;
            case SMALLINT, INTEGER, BIGINT ->
                INTEGER.matcher(trimmed).matches() ? number(new BigDecimal(trimmed), to) : null;
            case DECIMAL -> NUMBER.matcher(trimmed).matches() ? decimal(new BigDecimal(trimmed), to) : null;
            case DOUBLE -> NUMBER.matcher(trimmed).matches() ? Double.valueOf(trimmed) : null;
            case BOOLEAN ->
                switch (trimmed.toLowerCase(Locale.ROOT)) {
                    case "t", "true", "yes", "y", "on", "1" -> true;
                    case "f", "false", "no", "n", "off", "0" -> false;
                    default -> null;
                };
            case DATE ->
                DATE.matcher(trimmed).matches() ? LocalDate.parse(trimmed).toEpochDay() : null;
            case TIME ->
                trimmed.matches("\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,6})?)?") && to.precision() == 6
                        ? LocalTime.parse(trimmed).toNanoOfDay() / 1000
                        : null;
            case TIMESTAMP -> to.precision() == 6 ? timestamp(trimmed) : null;
            case TIMESTAMPTZ -> {
                Long wall = timestamp(trimmed);
                yield wall == null || to.precision() != 6 ? null : instant(Literals.dateTime(wall), zone);
            }
            case JSON -> {
                JsonReader.check(text);
                yield text;
            }
            case JSONB -> ByteBuffer.wrap(JsonReader.toJsonb(text)).asReadOnlyBuffer();
            case JSONPATH -> JsonPath.parse(text).toString();
            case TSVECTOR -> TsVector.parse(text).toString();
            case TSQUERY -> TsQuery.parse(text).written();
            case ARRAY -> array(text, to, zone);
            case ENUM ->
                to.labels().label(text).<Object>map(label -> label.place()).orElse(null);
            case UUID -> UUID_FORM.matcher(trimmed).matches() ? UUID.fromString(trimmed) : null;
            default -> null;
        };
    }

    /** Null where an element, or the array, is left to run time. */
    private static @Nullable Object array(String text, SqlType to, ZoneId zone) {
        try {
            return ArrayBytes.encode(
                    ArrayText.parse(text, item -> {
                        Object value = fromText(item, to.element(), zone);
                        if (value == null) {
                            throw new ArithmeticException("at run time");
                        }
                        return value;
                    }),
                    to.element());
        } catch (KadeException e) {
            return null;
        }
    }

    private static @Nullable Long timestamp(String text) {
        if (DATE.matcher(text).matches()) {
            return LocalDate.parse(text).toEpochDay() * DAY;
        }
        return TIMESTAMP.matcher(text).matches() ? Literals.micros(LocalDateTime.parse(text.replace(' ', 'T'))) : null;
    }

    /** A date or timestamp (microseconds) moved by an interval: months first, then days, then time. */
    static long plus(long micros, Interval interval, int sign) {
        LocalDateTime moved = Literals.dateTime(micros)
                .plusMonths((long) sign * interval.months())
                .plusDays((long) sign * interval.days());
        return Math.addExact(Literals.micros(moved), sign * interval.micros());
    }
}
