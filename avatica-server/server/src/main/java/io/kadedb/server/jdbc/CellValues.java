package io.kadedb.server.jdbc;

import io.kadedb.common.type.Interval;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.jdbc.common.Moments;
import io.kadedb.jdbc.common.SqlErrors;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
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
import java.util.UUID;

/** Converts a value that is not NULL to what a getter asks for; 22003 and 22P02 where it does not fit. */
final class CellValues {
    private static final long EXACT_DOUBLE = 1L << 53;
    private static final double[] POWERS_OF_TEN = new double[23];

    static {
        double power = 1;
        for (int i = 0; i < POWERS_OF_TEN.length; i++) {
            POWERS_OF_TEN[i] = power;
            power *= 10;
        }
    }

    private CellValues() {}

    static long integer(FrameColumn column, int row) throws SQLException {
        return switch (column.type().id()) {
            case BOOLEAN, SMALLINT, INTEGER, BIGINT -> column.word(row);
            case REAL, DOUBLE -> integer(BigDecimal.valueOf(finite(column, row)));
            case DECIMAL -> integer(column.decimal(row));
            case TEXT, VARCHAR, CHAR -> integer(number(column, row));
            default -> throw wrongKind(column.type(), "an integer");
        };
    }

    private static double finite(FrameColumn column, int row) throws SQLException {
        double value = column.floating(row);
        if (!Double.isFinite(value)) {
            throw SqlErrors.of(SqlErrors.OUT_OF_RANGE, value + " is not a number of this type");
        }
        return value;
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

    private static BigDecimal number(FrameColumn column, int row) throws SQLException {
        String text = column.text(row).strip();
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw SqlErrors.of(SqlErrors.INVALID_TEXT, "\"" + text + "\" is not a number");
        }
    }

    static double floating(FrameColumn column, int row) throws SQLException {
        return switch (column.type().id()) {
            case REAL, DOUBLE -> column.floating(row);
            case BOOLEAN, SMALLINT, INTEGER, BIGINT -> column.word(row);
            case DECIMAL -> decimalAsDouble(column, row);
            case TEXT, VARCHAR, CHAR -> number(column, row).doubleValue();
            default -> throw wrongKind(column.type(), "a number");
        };
    }

    /** Exact operands make the quotient the nearest double. */
    private static double decimalAsDouble(FrameColumn column, int row) {
        if (column.isShortDecimal()) {
            long unscaled = column.word(row);
            if (unscaled > -EXACT_DOUBLE && unscaled < EXACT_DOUBLE) {
                return unscaled / POWERS_OF_TEN[column.type().scale()];
            }
        }
        return column.decimal(row).doubleValue();
    }

    static BigDecimal decimal(FrameColumn column, int row) throws SQLException {
        return switch (column.type().id()) {
            case DECIMAL -> column.decimal(row);
            case BOOLEAN, SMALLINT, INTEGER, BIGINT -> BigDecimal.valueOf(column.word(row));
            case REAL -> new BigDecimal(Float.toString((float) finite(column, row)));
            case DOUBLE -> BigDecimal.valueOf(finite(column, row));
            case TEXT, VARCHAR, CHAR -> number(column, row);
            default -> throw wrongKind(column.type(), "a number");
        };
    }

    static boolean bool(FrameColumn column, int row) throws SQLException {
        return switch (column.type().id()) {
            case BOOLEAN, SMALLINT, INTEGER, BIGINT -> column.word(row) != 0;
            case REAL, DOUBLE -> column.floating(row) != 0;
            case DECIMAL -> column.decimal(row).signum() != 0;
            case TEXT, VARCHAR, CHAR ->
                switch (column.text(row).strip()) {
                    case "t", "true", "TRUE", "1", "yes", "on" -> true;
                    case "f", "false", "FALSE", "0", "no", "off" -> false;
                    default ->
                        throw SqlErrors.of(SqlErrors.INVALID_TEXT, "\"" + column.text(row) + "\" is not a boolean");
                };
            default -> throw wrongKind(column.type(), "a boolean");
        };
    }

    static byte[] bytes(FrameColumn column, int row, ZoneId zone) {
        return column.type().id() == TypeId.BYTEA
                ? column.bytes(row)
                : ValueText.of(column, row, zone).getBytes(StandardCharsets.UTF_8);
    }

    static LocalDate localDate(FrameColumn column, int row, ZoneId zone) throws SQLException {
        return column.type().id() == TypeId.DATE
                ? LocalDate.ofEpochDay(column.word(row))
                : localDateTime(column, row, zone).toLocalDate();
    }

    static LocalTime localTime(FrameColumn column, int row, ZoneId zone) throws SQLException {
        return column.type().id() == TypeId.TIME
                ? Moments.time(column.word(row))
                : localDateTime(column, row, zone).toLocalTime();
    }

    /** @param zone in which an instant is dated */
    static LocalDateTime localDateTime(FrameColumn column, int row, ZoneId zone) throws SQLException {
        return switch (column.type().id()) {
            case TIMESTAMP -> Moments.local(column.word(row));
            case TIMESTAMPTZ -> LocalDateTime.ofInstant(Moments.instant(column.word(row)), zone);
            case DATE -> LocalDate.ofEpochDay(column.word(row)).atStartOfDay();
            default -> throw wrongKind(column.type(), "a timestamp");
        };
    }

    /** @param zone in which a local time is taken to be */
    static Instant instant(FrameColumn column, int row, ZoneId zone) throws SQLException {
        return column.type().id() == TypeId.TIMESTAMPTZ
                ? Moments.instant(column.word(row))
                : localDateTime(column, row, zone)
                        .atZone(zone)
                        .withLaterOffsetAtOverlap()
                        .toInstant();
    }

    static Timestamp timestamp(FrameColumn column, int row, ZoneId zone) throws SQLException {
        return Timestamp.from(instant(column, row, zone));
    }

    static Date date(FrameColumn column, int row, ZoneId zone) throws SQLException {
        LocalDate date = localDate(column, row, zone);
        return zone.equals(ZoneId.systemDefault())
                ? Date.valueOf(date)
                : new Date(date.atStartOfDay(zone).toInstant().toEpochMilli());
    }

    static Time time(FrameColumn column, int row, ZoneId zone) throws SQLException {
        LocalDateTime time = column.type().id() == TypeId.TIME
                ? Moments.local(column.word(row))
                : localDateTime(column, row, zone).toLocalTime().atDate(LocalDate.EPOCH);
        return new Time(time.atZone(zone).toInstant().toEpochMilli());
    }

    /** What {@code getObject} without a class gives. */
    static Object object(FrameColumn column, int row, ZoneId zone) throws SQLException {
        ZoneId machine = ZoneId.systemDefault();
        return switch (column.type().id()) {
            case BOOLEAN -> column.word(row) != 0;
            case SMALLINT, INTEGER -> (int) column.word(row);
            case BIGINT -> column.word(row);
            case REAL -> (float) column.floating(row);
            case DOUBLE -> column.floating(row);
            case DECIMAL -> column.decimal(row);
            case TEXT, VARCHAR, CHAR, ENUM, JSON, JSONB, NULL -> ValueText.of(column, row, zone);
            case BYTEA -> column.bytes(row);
            case ARRAY -> ArrayCells.of(ByteBuffer.wrap(column.bytes(row)), column.type(), zone);
            case DATE -> date(column, row, machine);
            case TIME -> time(column, row, machine);
            case TIMESTAMP, TIMESTAMPTZ -> timestamp(column, row, machine);
            case INTERVAL -> column.interval(row);
            case UUID -> column.uuid(row);
        };
    }

    /** What {@code getObject} with a class gives. */
    static <T> T object(FrameColumn column, int row, ZoneId zone, Class<T> wanted) throws SQLException {
        Object value = convert(column, row, zone, wanted);
        if (wanted.isInstance(value)) {
            return wanted.cast(value);
        }
        throw wrongKind(column.type(), wanted.getName());
    }

    private static Object convert(FrameColumn column, int row, ZoneId zone, Class<?> wanted) throws SQLException {
        ZoneId machine = ZoneId.systemDefault();
        if (wanted == String.class) {
            return ValueText.of(column, row, zone);
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
        } else if (wanted == LocalDate.class) {
            return localDate(column, row, zone);
        } else if (wanted == LocalTime.class) {
            return localTime(column, row, zone);
        } else if (wanted == LocalDateTime.class) {
            return localDateTime(column, row, zone);
        } else if (wanted == Instant.class) {
            return instant(column, row, zone);
        } else if (wanted == OffsetDateTime.class) {
            return instant(column, row, zone).atZone(zone).toOffsetDateTime();
        } else if (wanted == ZonedDateTime.class) {
            return instant(column, row, zone).atZone(zone);
        } else if (wanted == Timestamp.class) {
            return timestamp(column, row, machine);
        } else if (wanted == Date.class) {
            return date(column, row, machine);
        } else if (wanted == Time.class) {
            return time(column, row, machine);
        } else if (wanted == UUID.class && column.type().isText()) {
            return uuid(column.text(row));
        } else if (wanted == Interval.class && column.type().id() == TypeId.INTERVAL) {
            return column.interval(row);
        }
        return object(column, row, zone);
    }

    private static UUID uuid(String text) throws SQLException {
        try {
            return UUID.fromString(text.strip());
        } catch (IllegalArgumentException e) {
            throw SqlErrors.of(SqlErrors.INVALID_TEXT, "\"" + text + "\" is not a uuid");
        }
    }

    private static SQLException wrongKind(SqlType type, String wanted) {
        return SqlErrors.of(SqlErrors.DATATYPE_MISMATCH, "a value of type " + type + " cannot be read as " + wanted);
    }
}
