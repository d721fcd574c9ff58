package io.kadedb.jdbc.common;

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
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.UUID;

/** Converts a value that is not NULL to what a getter asks for; 22003 and 22P02 where it does not fit. */
public final class CellValues {
    private CellValues() {}

    static long integer(Column column, int row) throws SQLException {
        switch (column.kind()) {
            case BOOLEAN:
            case INTEGER:
            case BIGINT:
                return column.word(row);
            case REAL:
            case DOUBLE:
                return integer(BigDecimal.valueOf(finite(column, row)));
            case DECIMAL:
                return integer(column.decimal(row));
            case TEXT:
                return integer(number(column, row));
            default:
                throw wrongKind(column, "an integer");
        }
    }

    private static double finite(Column column, int row) throws SQLException {
        double number = column.floating(row);
        if (!Double.isFinite(number)) {
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

    /** A text as it is: its type has no time zone. */
    private static String text(Column column, int row) {
        return column.text(row, ZoneOffset.UTC).strip();
    }

    private static BigDecimal number(Column column, int row) throws SQLException {
        String text = text(column, row);
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw SqlErrors.of(SqlErrors.INVALID_TEXT, "\"" + text + "\" is not a number", e);
        }
    }

    static double floating(Column column, int row) throws SQLException {
        switch (column.kind()) {
            case REAL:
            case DOUBLE:
            case DECIMAL:
                return column.floating(row);
            case BOOLEAN:
            case INTEGER:
            case BIGINT:
                return column.word(row);
            case TEXT:
                return number(column, row).doubleValue();
            default:
                throw wrongKind(column, "a number");
        }
    }

    static BigDecimal decimal(Column column, int row) throws SQLException {
        switch (column.kind()) {
            case DECIMAL:
                return column.decimal(row);
            case BOOLEAN:
            case INTEGER:
            case BIGINT:
                return BigDecimal.valueOf(column.word(row));
            case REAL:
                return new BigDecimal(Float.toString((float) finite(column, row)));
            case DOUBLE:
                return BigDecimal.valueOf(finite(column, row));
            case TEXT:
                return number(column, row);
            default:
                throw wrongKind(column, "a number");
        }
    }

    static boolean bool(Column column, int row) throws SQLException {
        switch (column.kind()) {
            case BOOLEAN:
            case INTEGER:
            case BIGINT:
                return column.word(row) != 0;
            case REAL:
            case DOUBLE:
                return column.floating(row) != 0;
            case DECIMAL:
                return column.decimal(row).signum() != 0;
            case TEXT:
                return bool(text(column, row));
            default:
                throw wrongKind(column, "a boolean");
        }
    }

    private static boolean bool(String text) throws SQLException {
        switch (text) {
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

    static byte[] bytes(Column column, int row, ZoneId zone) {
        return column.kind() == Kind.BYTEA
                ? column.bytes(row)
                : CellText.of(column, row, zone).getBytes(StandardCharsets.UTF_8);
    }

    /** -1 or 1 for an infinite date or timestamp, 0 for other values. */
    static int infinity(Column column, int row) {
        switch (column.kind()) {
            case DATE:
                return Moments.infinity(true, column.word(row));
            case TIMESTAMP:
            case TIMESTAMPTZ:
                return Moments.infinity(false, column.word(row));
            default:
                return 0;
        }
    }

    static LocalDate localDate(Column column, int row, ZoneId zone) throws SQLException {
        int infinity = infinity(column, row);
        if (infinity != 0) {
            return infinity > 0 ? LocalDate.MAX : LocalDate.MIN;
        }
        return column.kind() == Kind.DATE
                ? LocalDate.ofEpochDay(column.word(row))
                : localDateTime(column, row, zone).toLocalDate();
    }

    static LocalTime localTime(Column column, int row, ZoneId zone) throws SQLException {
        return column.kind() == Kind.TIME
                ? Moments.time(column.word(row))
                : localDateTime(column, row, zone).toLocalTime();
    }

    /** @param zone in which an instant is dated */
    static LocalDateTime localDateTime(Column column, int row, ZoneId zone) throws SQLException {
        int infinity = infinity(column, row);
        if (infinity != 0) {
            return infinity > 0 ? LocalDateTime.MAX : LocalDateTime.MIN;
        }
        switch (column.kind()) {
            case TIMESTAMP:
                return Moments.local(column.word(row));
            case TIMESTAMPTZ:
                return LocalDateTime.ofInstant(Moments.instant(column.word(row)), zone);
            case DATE:
                return LocalDate.ofEpochDay(column.word(row)).atStartOfDay();
            default:
                throw wrongKind(column, "a timestamp");
        }
    }

    /** @param zone in which a local time is taken to be */
    static Instant instant(Column column, int row, ZoneId zone) throws SQLException {
        int infinity = infinity(column, row);
        if (infinity != 0) {
            return infinity > 0 ? Instant.MAX : Instant.MIN;
        }
        return column.kind() == Kind.TIMESTAMPTZ
                ? Moments.instant(column.word(row))
                : localDateTime(column, row, zone)
                        .atZone(zone)
                        .withLaterOffsetAtOverlap()
                        .toInstant();
    }

    static Timestamp timestamp(Column column, int row, ZoneId zone) throws SQLException {
        int infinity = infinity(column, row);
        if (infinity != 0) {
            return new Timestamp(Moments.infiniteMillis(infinity));
        }
        return Timestamp.from(instant(column, row, zone));
    }

    static Date date(Column column, int row, ZoneId zone) throws SQLException {
        int infinity = infinity(column, row);
        if (infinity != 0) {
            return new Date(Moments.infiniteMillis(infinity));
        }
        LocalDate date = localDate(column, row, zone);
        return zone.equals(ZoneId.systemDefault())
                ? Date.valueOf(date)
                : new Date(date.atStartOfDay(zone).toInstant().toEpochMilli());
    }

    static Time time(Column column, int row, ZoneId zone) throws SQLException {
        LocalDateTime time = column.kind() == Kind.TIME
                ? Moments.local(column.word(row))
                : localDateTime(column, row, zone).toLocalTime().atDate(LocalDate.EPOCH);
        return new Time(time.atZone(zone).toInstant().toEpochMilli());
    }

    /** What {@code getObject} without a class gives. */
    static Object object(Column column, int row, ZoneId zone) throws SQLException {
        ZoneId machine = ZoneId.systemDefault();
        switch (column.kind()) {
            case BOOLEAN:
                return column.word(row) != 0;
            case INTEGER:
                return (int) column.word(row);
            case BIGINT:
                return column.word(row);
            case REAL:
                return (float) column.floating(row);
            case DOUBLE:
                return column.floating(row);
            case DECIMAL:
                return column.decimal(row);
            case BYTEA:
                return column.bytes(row);
            case DATE:
                return date(column, row, machine);
            case TIME:
                return time(column, row, machine);
            case TIMESTAMP:
            case TIMESTAMPTZ:
                return timestamp(column, row, machine);
            default:
                return column.object(row, zone);
        }
    }

    /** What {@code getObject} with a class gives. */
    static <T> T object(Column column, int row, ZoneId zone, Class<T> wanted) throws SQLException {
        Object converted = convert(column, row, zone, wanted);
        if (wanted.isInstance(converted)) {
            return wanted.cast(converted);
        }
        throw wrongKind(column, wanted.getName());
    }

    private static Object convert(Column column, int row, ZoneId zone, Class<?> wanted) throws SQLException {
        if (wanted == String.class) {
            return CellText.of(column, row, zone);
        } else if (wanted == Long.class) {
            return integer(column, row);
        } else if (wanted == Integer.class) {
            return (int) within(integer(column, row), Integer.MIN_VALUE, Integer.MAX_VALUE);
        } else if (wanted == Short.class) {
            return (short) within(integer(column, row), Short.MIN_VALUE, Short.MAX_VALUE);
        } else if (wanted == Byte.class) {
            return (byte) within(integer(column, row), Byte.MIN_VALUE, Byte.MAX_VALUE);
        } else if (wanted == Double.class) {
            return floating(column, row);
        } else if (wanted == Float.class) {
            return (float) floating(column, row);
        } else if (wanted == BigDecimal.class) {
            return decimal(column, row);
        } else if (wanted == BigInteger.class) {
            return decimal(column, row).toBigInteger();
        } else if (wanted == Boolean.class) {
            return bool(column, row);
        } else if (wanted == UUID.class && column.kind() == Kind.TEXT) {
            return uuid(text(column, row));
        }
        return moment(column, row, zone, wanted);
    }

    private static Object moment(Column column, int row, ZoneId zone, Class<?> wanted) throws SQLException {
        ZoneId machine = ZoneId.systemDefault();
        if (wanted == LocalDate.class) {
            return localDate(column, row, zone);
        } else if (wanted == LocalTime.class) {
            return localTime(column, row, zone);
        } else if (wanted == LocalDateTime.class) {
            return localDateTime(column, row, zone);
        } else if (wanted == Instant.class) {
            return instant(column, row, zone);
        } else if (wanted == OffsetDateTime.class) {
            int infinity = infinity(column, row);
            return infinity == 0
                    ? instant(column, row, zone).atZone(zone).toOffsetDateTime()
                    : infinity > 0 ? OffsetDateTime.MAX : OffsetDateTime.MIN;
        } else if (wanted == ZonedDateTime.class) {
            return instant(column, row, zone).atZone(zone);
        } else if (wanted == Timestamp.class) {
            return timestamp(column, row, machine);
        } else if (wanted == Date.class) {
            return date(column, row, machine);
        } else if (wanted == Time.class) {
            return time(column, row, machine);
        }
        return object(column, row, zone);
    }

    /** The UUID that a text stands for. */
    public static UUID uuid(String text) throws SQLException {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw SqlErrors.of(SqlErrors.INVALID_TEXT, "\"" + text + "\" is not a uuid", e);
        }
    }

    private static SQLException wrongKind(Column column, String wanted) {
        return SqlErrors.of(
                SqlErrors.DATATYPE_MISMATCH, "a value of type " + column.typeName() + " cannot be read as " + wanted);
    }
}
