package io.kadedb.server.session;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.InfiniteTimes;
import io.kadedb.common.type.Interval;
import io.kadedb.common.type.SqlType;
import io.kadedb.executor.kernel.value.ValueParser;
import io.kadedb.jdbc.common.Moments;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Turns the Java values clients bind into the values plans work with (see {@code Expr.Literal}). */
final class ParameterValues {
    private final ZoneId zone;

    /** @param zone in which text and local times are read as instants */
    ParameterValues(ZoneId zone) {
        this.zone = zone;
    }

    /** One value for each type; 08P01-like mistakes of the client are 42P02. */
    List<@Nullable Object> convert(List<? extends @Nullable Object> values, List<SqlType> types) {
        if (values.size() != types.size()) {
            throw KadeException.of(
                    ErrorCode.UNDEFINED_PARAMETER,
                    "the statement takes " + types.size() + " parameters, but " + values.size() + " were given");
        }
        List<@Nullable Object> converted = new ArrayList<>(values.size());
        for (int i = 0; i < values.size(); i++) {
            Object value = values.get(i);
            converted.add(value == null ? null : convert(i, value, types.get(i)));
        }
        return converted;
    }

    private Object convert(int index, Object value, SqlType type) {
        try {
            Object converted = switch (type.id()) {
                case BOOLEAN -> bool(value);
                case SMALLINT -> integer(value, Short.MIN_VALUE, Short.MAX_VALUE);
                case INTEGER -> integer(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
                case BIGINT -> integer(value, Long.MIN_VALUE, Long.MAX_VALUE);
                case REAL -> (double) (float) number(value).doubleValue();
                case DOUBLE -> floating(value);
                case DECIMAL -> decimal(value, type);
                case TEXT, VARCHAR, CHAR -> withoutNul(text(value));
                case BYTEA -> bytes(value);
                case DATE, TIMESTAMP, TIMESTAMPTZ -> infinite(value, type).orElseGet(() -> moment(value, type));
                case TIME -> time(value).toNanoOfDay() / 1_000;
                case JSON, JSONB, JSONPATH, TSVECTOR, TSQUERY -> ValueParser.parse(withoutNul(text(value)), type, zone);
                case INTERVAL -> interval(value);
                case UUID -> value instanceof UUID uuid ? uuid : UUID.fromString(asText(value));
                case ENUM -> ValueParser.parse(withoutNul(text(value)), type, zone);
                case ARRAY -> array(index, value, type);
                case NULL -> value;
            };
            return converted;
        } catch (WrongKindException e) {
            throw KadeException.of(
                    ErrorCode.DATATYPE_MISMATCH,
                    "parameter " + (index + 1) + " is a " + value.getClass().getSimpleName() + " where " + type
                            + " is needed",
                    e);
        } catch (DateTimeException e) {
            throw unreadable(index, type, ErrorCode.INVALID_DATETIME_FORMAT, e);
        } catch (IllegalArgumentException e) {
            throw unreadable(index, type, ErrorCode.INVALID_TEXT_REPRESENTATION, e);
        } catch (ArithmeticException e) {
            throw KadeException.of(
                    ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, "parameter " + (index + 1) + " does not fit " + type, e);
        }
    }

    private Object array(int index, Object value, SqlType type) {
        Object array = ArrayParameters.bytes(value, type, zone, item -> convert(index, item, type.element()));
        if (array == null) {
            throw new WrongKindException();
        }
        return array;
    }

    private static KadeException unreadable(int index, SqlType type, ErrorCode code, Exception cause) {
        return KadeException.of(code, "parameter " + (index + 1) + " cannot be read as " + type, cause);
    }

    private static Object bool(Object value) {
        return switch (value) {
            case Boolean b -> b;
            case Number n when n.longValue() == 0 || n.longValue() == 1 -> n.longValue() == 1;
            case String s when s.equalsIgnoreCase("true") || s.equalsIgnoreCase("t") -> true;
            case String s when s.equalsIgnoreCase("false") || s.equalsIgnoreCase("f") -> false;
            case String s -> throw new IllegalArgumentException(s);
            default -> throw new WrongKindException();
        };
    }

    private static BigDecimal number(Object value) {
        return switch (value) {
            case BigDecimal d -> d;
            case BigInteger i -> new BigDecimal(i);
            case Double d -> BigDecimal.valueOf(d);
            case Float f -> new BigDecimal(f.toString());
            case Number n -> BigDecimal.valueOf(n.longValue());
            case String s -> new BigDecimal(s.strip());
            case Character c -> new BigDecimal(c.toString());
            case Boolean b -> b ? BigDecimal.ONE : BigDecimal.ZERO;
            default -> throw new WrongKindException();
        };
    }

    private static double floating(Object value) {
        return switch (value) {
            case Double d -> d;
            case Float f -> f;
            case String s -> Double.parseDouble(s.strip());
            default -> number(value).doubleValue();
        };
    }

    private static long integer(Object value, long least, long greatest) {
        long number = switch (value) {
            case Long n -> n;
            case Integer n -> n;
            case Short n -> n;
            case Byte n -> n;
            default -> number(value).setScale(0, RoundingMode.HALF_UP).longValueExact();
        };
        if (number < least || number > greatest) {
            throw new ArithmeticException();
        }
        return number;
    }

    private static BigDecimal decimal(Object value, SqlType type) {
        BigDecimal rounded = number(value).setScale(type.scale(), RoundingMode.HALF_UP);
        if (rounded.precision() > type.precision() && rounded.signum() != 0) {
            throw new ArithmeticException();
        }
        return rounded;
    }

    private static String text(Object value) {
        return switch (value) {
            case byte[] b -> throw new WrongKindException();
            case ByteBuffer b -> throw new WrongKindException();
            case BigDecimal d -> d.toPlainString();
            default -> value.toString();
        };
    }

    private static String asText(Object value) {
        if (value instanceof String text) {
            return text.strip();
        }
        throw new WrongKindException();
    }

    private static ByteBuffer bytes(Object value) {
        return switch (value) {
            case byte[] b -> ByteBuffer.wrap(b.clone()).asReadOnlyBuffer();
            case ByteBuffer b -> b.asReadOnlyBuffer();
            default -> throw new WrongKindException();
        };
    }

    private static Optional<Long> infinite(Object value, SqlType type) {
        String text =
                value instanceof String written ? written.strip().toLowerCase(Locale.ROOT) : Moments.infinite(value);
        return text == null ? Optional.empty() : InfiniteTimes.named(type.id(), text);
    }

    /** Days or microseconds. */
    private long moment(Object value, SqlType type) {
        return switch (type.id()) {
            case DATE -> date(value).toEpochDay();
            case TIMESTAMP -> micros(local(value));
            default -> micros(instant(value));
        };
    }

    private LocalDate date(Object value) {
        return switch (value) {
            case LocalDate d -> d;
            case java.sql.Date d -> d.toLocalDate();
            case String s when s.strip().length() <= 10 -> LocalDate.parse(s.strip());
            default -> local(value).toLocalDate();
        };
    }

    private LocalTime time(Object value) {
        return switch (value) {
            case LocalTime t -> t;
            case java.sql.Time t ->
                LocalTime.ofNanoOfDay(Math.floorMod(
                                t.getTime()
                                        + ZoneId.systemDefault()
                                                        .getRules()
                                                        .getOffset(Instant.EPOCH)
                                                        .getTotalSeconds()
                                                * 1_000L,
                                86_400_000L)
                        * 1_000_000L);
            case String s -> LocalTime.parse(s.strip());
            default -> local(value).toLocalTime();
        };
    }

    private LocalDateTime local(Object value) {
        return switch (value) {
            case LocalDateTime t -> t;
            case LocalDate d -> d.atStartOfDay();
            case java.sql.Timestamp t -> t.toLocalDateTime();
            case java.sql.Date d -> d.toLocalDate().atStartOfDay();
            case String s when hasOffset(s) -> LocalDateTime.ofInstant(instant(s), zone);
            case String s -> localText(s);
            default -> LocalDateTime.ofInstant(instant(value), zone);
        };
    }

    private Instant instant(Object value) {
        return switch (value) {
            case Instant i -> i;
            case OffsetDateTime t -> t.toInstant();
            case ZonedDateTime t -> t.toInstant();
            case java.sql.Timestamp t -> t.toInstant();
            case java.sql.Date d -> d.toLocalDate().atStartOfDay(zone).toInstant();
            case java.sql.Time t -> throw new WrongKindException();
            case java.util.Date d -> d.toInstant();
            case LocalDateTime t -> instant(t, zone);
            case LocalDate d -> d.atStartOfDay(zone).toInstant();
            case String s
            when hasOffset(s) ->
                OffsetDateTime.parse(isoText(s).replaceFirst("([+-]\\d\\d)$", "$1:00"))
                        .toInstant();
            case String s -> instant(localText(s), zone);
            default -> throw new WrongKindException();
        };
    }

    /** As the engine reads local times: one that the clocks show twice is the later one. */
    private static Instant instant(LocalDateTime local, ZoneId zone) {
        return local.atZone(zone).withLaterOffsetAtOverlap().toInstant();
    }

    private static String withoutNul(String text) {
        if (text.indexOf('\0') >= 0) {
            throw KadeException.of(
                    ErrorCode.CHARACTER_NOT_IN_REPERTOIRE, "invalid byte sequence for encoding \"UTF8\": 0x00");
        }
        return text;
    }

    private static boolean hasOffset(String text) {
        return text.strip().matches(".*\\d\\d:\\d\\d.*([+-]\\d\\d(:?\\d\\d)?|[zZ])");
    }

    private static LocalDateTime localText(String text) {
        String iso = isoText(text);
        return iso.indexOf('T') < 0 ? LocalDate.parse(iso).atStartOfDay() : LocalDateTime.parse(iso);
    }

    private static String isoText(String text) {
        String stripped = text.strip();
        return stripped.length() > 10 && stripped.charAt(10) == ' '
                ? stripped.substring(0, 10) + "T" + stripped.substring(11)
                : stripped;
    }

    private Interval interval(Object value) {
        return switch (value) {
            case Interval i -> i;
            case Duration d -> new Interval(0, 0, d.toNanos() / 1_000);
            case Period p -> period(p);
            // Drivers of other processes send what JDBC has no type for as text.
            case String s -> (Interval) ValueParser.parse(s, SqlType.INTERVAL, zone);
            default -> throw new WrongKindException();
        };
    }

    @SuppressWarnings("JavaPeriodGetDays") // an interval keeps months and days apart as a period does
    private static Interval period(Period period) {
        return new Interval(Math.toIntExact(period.toTotalMonths()), period.getDays(), 0);
    }

    private static long micros(LocalDateTime local) {
        return micros(local.toInstant(ZoneOffset.UTC));
    }

    private static long micros(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000);
    }

    /** A Java type that has no reading as the wanted SQL type. */
    private static final class WrongKindException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
