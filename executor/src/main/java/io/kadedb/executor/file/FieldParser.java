package io.kadedb.executor.file;

import io.kadedb.common.type.SqlType;
import io.kadedb.executor.kernel.VectorBuilder;

/** Reads the usual spellings of the usual types without making a string; leaves the rest to the general parser. */
final class FieldParser {
    private static final int SAFE_DIGITS = 18;

    private FieldParser() {}

    /** Appends the value; false if the text has another form, or does not fit, and nothing was appended. */
    static boolean append(VectorBuilder builder, SqlType type, byte[] bytes, int start, int length) {
        return switch (type.id()) {
            case BIGINT, INTEGER, SMALLINT -> integer(builder, type, bytes, start, length);
            case DECIMAL ->
                type.precision() <= SqlType.MAX_LONG_DECIMAL_PRECISION && decimal(builder, type, bytes, start, length);
            case DATE -> date(builder, bytes, start, length);
            default -> false;
        };
    }

    private static boolean integer(VectorBuilder builder, SqlType type, byte[] bytes, int start, int length) {
        boolean negative = length > 0 && bytes[start] == '-';
        int at = negative ? start + 1 : start;
        int end = start + length;
        if (at == end || end - at > SAFE_DIGITS) {
            return false;
        }
        long value = 0;
        for (; at < end; at++) {
            int digit = bytes[at] - '0';
            if (digit < 0 || digit > 9) {
                return false;
            }
            value = value * 10 + digit;
        }
        value = negative ? -value : value;
        boolean fits = switch (type.id()) {
            case SMALLINT -> value == (short) value;
            case INTEGER -> value == (int) value;
            default -> true;
        };
        if (fits) {
            builder.appendLong(value);
        }
        return fits;
    }

    private static boolean decimal(VectorBuilder builder, SqlType type, byte[] bytes, int start, int length) {
        boolean negative = length > 0 && bytes[start] == '-';
        int at = negative ? start + 1 : start;
        int end = start + length;
        if (at == end || end - at > SAFE_DIGITS) {
            return false;
        }
        long value = 0;
        int scale = -1;
        for (; at < end; at++) {
            byte b = bytes[at];
            if (b == '.' && scale < 0) {
                scale = 0;
                continue;
            }
            int digit = b - '0';
            if (digit < 0 || digit > 9) {
                return false;
            }
            value = value * 10 + digit;
            scale += scale >= 0 ? 1 : 0;
        }
        scale = Math.max(0, scale);
        if (scale > type.scale() || (length == (negative ? 2 : 1) && bytes[end - 1] == (byte) 46)) {
            return false;
        }
        long limit = powerOfTen(type.precision());
        for (; scale < type.scale(); scale++) {
            if (value >= limit) {
                return false;
            }
            value *= 10;
        }
        if (value >= limit) {
            return false;
        }
        builder.appendLong(negative ? -value : value);
        return true;
    }

    private static long powerOfTen(int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= 10;
        }
        return power;
    }

    /** {@code YYYY-MM-DD}. */
    private static boolean date(VectorBuilder builder, byte[] bytes, int start, int length) {
        if (length != 10 || bytes[start + 4] != '-' || bytes[start + 7] != '-') {
            return false;
        }
        int year = number(bytes, start, 4);
        int month = number(bytes, start + 5, 2);
        int day = number(bytes, start + 8, 2);
        if (year < 1 || month < 1 || month > 12 || day < 1 || day > 31) {
            return false;
        }
        boolean shortMonth = month == 4 || month == 6 || month == 9 || month == 11;
        if (day > 28 && (month == 2 || (shortMonth && day > 30))) {
            return false;
        }
        builder.appendLong(daysSinceEpoch(year, month, day));
        return true;
    }

    private static int number(byte[] bytes, int start, int digits) {
        int value = 0;
        for (int i = start; i < start + digits; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /** Counts days from a year that begins in March, so that leap days come last. */
    private static long daysSinceEpoch(int year, int month, int day) {
        long y = month <= 2 ? year - 1 : year;
        long dayOfYear = (153L * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        return 365 * y + y / 4 - y / 100 + y / 400 + dayOfYear - 719_468;
    }
}
