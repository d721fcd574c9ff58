package io.kadedb.jdbc;

import io.kadedb.jdbc.common.Moments;
import io.kadedb.jdbc.common.SqlErrors;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.UUID;

/** Converts a value that is not NULL to what a getter asks for; 22003 and 22P02 where it does not fit. */
final class CellValues {
    private CellValues() {}

    static long integer(Kind kind, Object value) throws SQLException {
        switch (kind) {
            case BOOLEAN:
                return (Boolean) value ? 1 : 0;
            case INTEGER:
            case BIGINT:
                return ((Number) value).longValue();
            case REAL:
            case DOUBLE:
                return integer(BigDecimal.valueOf(finite(value)));
            case DECIMAL:
                return integer((BigDecimal) value);
            case TEXT:
                return integer(number(value));
            default:
                throw wrongKind(kind, "an integer");
        }
    }

    private static double finite(Object value) throws SQLException {
        double number = ((Number) value).doubleValue();
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            throw SqlErrors.of(SqlErrors.OUT_OF_RANGE, number + " is not a number of this type");
        }
        return number;
    }

    private static long integer(BigDecimal value) throws SQLException {
        BigInteger whole = value.setScale(0, RoundingMode.DOWN).unscaledValue();
        if (whole.bitLength() > 63) {
            throw outOfRange(whole);
        }
        return whole.longValue();
    }

    static long within(long value, long least, long greatest) throws SQLException {
        if (value < least || value > greatest) {
            throw outOfRange(value);
        }
        return value;
    }

    private static SQLException outOfRange(Object value) {
        return SqlErrors.of(SqlErrors.OUT_OF_RANGE, value + " does not fit the type that was asked for");
    }

    private static BigDecimal number(Object value) throws SQLException {
        String text = value.toString().trim();
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw SqlErrors.of(SqlErrors.INVALID_TEXT, "\"" + text + "\" is not a number", e);
        }
    }

    static double floating(Kind kind, Object value) throws SQLException {
        switch (kind) {
            case REAL:
            case DOUBLE:
            case DECIMAL:
                return ((Number) value).doubleValue();
            case BOOLEAN:
            case INTEGER:
            case BIGINT:
                return integer(kind, value);
            case TEXT:
                return number(value).doubleValue();
            default:
                throw wrongKind(kind, "a number");
        }
    }

    static BigDecimal decimal(Kind kind, Object value) throws SQLException {
        switch (kind) {
            case DECIMAL:
                return (BigDecimal) value;
            case BOOLEAN:
            case INTEGER:
            case BIGINT:
                return BigDecimal.valueOf(integer(kind, value));
            case REAL:
            case DOUBLE:
                double unused = finite(value);
                return new BigDecimal(value.toString());
            case TEXT:
                return number(value);
            default:
                throw wrongKind(kind, "a number");
        }
    }

    static boolean bool(Kind kind, Object value) throws SQLException {
        switch (kind) {
            case BOOLEAN:
                return (Boolean) value;
            case INTEGER:
            case BIGINT:
                return integer(kind, value) != 0;
            case REAL:
            case DOUBLE:
                return ((Number) value).doubleValue() != 0;
            case DECIMAL:
                return ((BigDecimal) value).signum() != 0;
            case TEXT:
                return bool(value.toString());
            default:
                throw wrongKind(kind, "a boolean");
        }
    }

    private static boolean bool(String text) throws SQLException {
        switch (text.trim()) {
            case "t":
            case "true":
            case "TRUE":
            case "1":
            case "yes":
            case "on":
                return true;
            case "f":
            case "false":
            case "FALSE":
            case "0":
            case "no":
            case "off":
                return false;
            default:
                throw SqlErrors.of(SqlErrors.INVALID_TEXT, "\"" + text + "\" is not a boolean");
        }
    }

    static byte[] bytes(Kind kind, Object value, ZoneId zone) {
        return kind == Kind.BYTEA
                ? ((byte[]) value).clone()
                : CellText.of(kind, value, zone).getBytes(StandardCharsets.UTF_8);
    }

    private static long word(Object value) {
        return ((Number) value).longValue();
    }

    static LocalDate localDate(Kind kind, Object value, ZoneId zone) throws SQLException {
        return kind == Kind.DATE
                ? LocalDate.ofEpochDay(word(value))
                : localDateTime(kind, value, zone).toLocalDate();
    }

    static LocalTime localTime(Kind kind, Object value, ZoneId zone) throws SQLException {
        return kind == Kind.TIME
                ? Moments.time(word(value))
                : localDateTime(kind, value, zone).toLocalTime();
    }

    /** @param zone in which an instant is dated */
    static LocalDateTime localDateTime(Kind kind, Object value, ZoneId zone) throws SQLException {
        switch (kind) {
            case TIMESTAMP:
                return Moments.local(word(value));
            case TIMESTAMPTZ:
                return LocalDateTime.ofInstant(Moments.instant(word(value)), zone);
            case DATE:
                return LocalDate.ofEpochDay(word(value)).atStartOfDay();
            default:
                throw wrongKind(kind, "a timestamp");
        }
    }

    /** @param zone in which a local time is taken to be */
    static Instant instant(Kind kind, Object value, ZoneId zone) throws SQLException {
        return kind == Kind.TIMESTAMPTZ
                ? Moments.instant(word(value))
                : localDateTime(kind, value, zone).atZone(zone).toInstant();
    }

    static Timestamp timestamp(Kind kind, Object value, ZoneId zone) throws SQLException {
        return Timestamp.from(instant(kind, value, zone));
    }

    static Date date(Kind kind, Object value, ZoneId zone) throws SQLException {
        LocalDate date = localDate(kind, value, zone);
        return zone.equals(ZoneId.systemDefault())
                ? Date.valueOf(date)
                : new Date(date.atStartOfDay(zone).toInstant().toEpochMilli());
    }

    static Time time(Kind kind, Object value, ZoneId zone) throws SQLException {
        LocalDateTime time = kind == Kind.TIME
                ? Moments.local(word(value))
                : localDateTime(kind, value, zone).toLocalTime().atDate(LocalDate.EPOCH);
        return new Time(time.atZone(zone).toInstant().toEpochMilli());
    }

    /** What {@code getObject} without a class gives. */
    static Object object(Kind kind, Object value, ZoneId zone) throws SQLException {
        ZoneId machine = ZoneId.systemDefault();
        switch (kind) {
            case INTEGER:
                return ((Number) value).intValue();
            case BYTEA:
                return ((byte[]) value).clone();
            case DATE:
                return date(kind, value, machine);
            case TIME:
                return time(kind, value, machine);
            case TIMESTAMP:
            case TIMESTAMPTZ:
                return timestamp(kind, value, machine);
            case UUID:
                return uuid(value);
            default:
                return value;
        }
    }

    /** What {@code getObject} with a class gives. */
    static <T> T object(Kind kind, Object value, ZoneId zone, Class<T> wanted) throws SQLException {
        Object converted = convert(kind, value, zone, wanted);
        if (wanted.isInstance(converted)) {
            return wanted.cast(converted);
        }
        throw wrongKind(kind, wanted.getName());
    }

    private static Object convert(Kind kind, Object value, ZoneId zone, Class<?> wanted) throws SQLException {
        if (wanted == String.class) {
            return CellText.of(kind, value, zone);
        } else if (wanted == Long.class) {
            return integer(kind, value);
        } else if (wanted == Integer.class) {
            return (int) within(integer(kind, value), Integer.MIN_VALUE, Integer.MAX_VALUE);
        } else if (wanted == Short.class) {
            return (short) within(integer(kind, value), Short.MIN_VALUE, Short.MAX_VALUE);
        } else if (wanted == Byte.class) {
            return (byte) within(integer(kind, value), Byte.MIN_VALUE, Byte.MAX_VALUE);
        } else if (wanted == Double.class) {
            return floating(kind, value);
        } else if (wanted == Float.class) {
            return (float) floating(kind, value);
        } else if (wanted == BigDecimal.class) {
            return decimal(kind, value);
        } else if (wanted == BigInteger.class) {
            return decimal(kind, value).toBigInteger();
        } else if (wanted == Boolean.class) {
            return bool(kind, value);
        } else if (wanted == UUID.class && (kind == Kind.TEXT || kind == Kind.UUID)) {
            return uuid(value);
        }
        return moment(kind, value, zone, wanted);
    }

    private static Object moment(Kind kind, Object value, ZoneId zone, Class<?> wanted) throws SQLException {
        ZoneId machine = ZoneId.systemDefault();
        if (wanted == LocalDate.class) {
            return localDate(kind, value, zone);
        } else if (wanted == LocalTime.class) {
            return localTime(kind, value, zone);
        } else if (wanted == LocalDateTime.class) {
            return localDateTime(kind, value, zone);
        } else if (wanted == Instant.class) {
            return instant(kind, value, zone);
        } else if (wanted == OffsetDateTime.class) {
            return instant(kind, value, zone).atZone(zone).toOffsetDateTime();
        } else if (wanted == ZonedDateTime.class) {
            return instant(kind, value, zone).atZone(zone);
        } else if (wanted == Timestamp.class) {
            return timestamp(kind, value, machine);
        } else if (wanted == Date.class) {
            return date(kind, value, machine);
        } else if (wanted == Time.class) {
            return time(kind, value, machine);
        }
        return object(kind, value, zone);
    }

    private static UUID uuid(Object text) throws SQLException {
        try {
            return UUID.fromString(text.toString().trim());
        } catch (IllegalArgumentException e) {
            throw SqlErrors.of(SqlErrors.INVALID_TEXT, "\"" + text + "\" is not a uuid", e);
        }
    }

    private static SQLException wrongKind(Kind kind, String wanted) {
        return SqlErrors.of(
                SqlErrors.DATATYPE_MISMATCH,
                "a value of type " + kind.name().toLowerCase(Locale.ROOT) + " cannot be read as " + wanted);
    }
}
