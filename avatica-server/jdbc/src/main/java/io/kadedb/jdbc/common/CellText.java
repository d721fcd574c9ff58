package io.kadedb.jdbc.common;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Values as text, in the form PostgreSQL's casts to text have. */
public final class CellText {
    /** 24:00, which java.time lacks; microseconds. */
    private static final long DAY = 86_400_000_000L;

    private static final int DOUBLE_DIGITS = 15;
    private static final int FLOAT_DIGITS = 6;
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private CellText() {}

    /**
     * The text of a value that is not NULL.
     *
     * @param zone in which instants are shown
     */
    public static String of(Column column, int row, ZoneId zone) {
        int infinity = CellValues.infinity(column, row);
        if (infinity != 0) {
            return infinity > 0 ? "infinity" : "-infinity";
        }
        switch (column.kind()) {
            case BOOLEAN:
                return column.word(row) != 0 ? "true" : "false";
            case INTEGER:
            case BIGINT:
                return Long.toString(column.word(row));
            case REAL:
                return floating(Float.toString((float) column.floating(row)), FLOAT_DIGITS);
            case DOUBLE:
                return floating(Double.toString(column.floating(row)), DOUBLE_DIGITS);
            case DECIMAL:
                return column.decimal(row).toPlainString();
            case BYTEA:
                return hex(column.bytes(row));
            case DATE:
                return date(LocalDate.ofEpochDay(column.word(row)));
            case TIME:
                long micros = column.word(row);
                return micros == DAY ? "24:00:00" : time(LocalTime.ofNanoOfDay(micros * 1_000));
            case TIMESTAMP:
                return timestamp(Moments.local(column.word(row)));
            case TIMESTAMPTZ:
                return timestamptz(Moments.instant(column.word(row)), zone);
            default:
                return column.text(row, zone);
        }
    }

    /** Bytes in hexadecimal digits. */
    public static String hex(byte[] bytes) {
        StringBuilder text = new StringBuilder(2 + 2 * bytes.length).append("\\x");
        for (byte b : bytes) {
            text.append(HEX[b >> 4 & 15]).append(HEX[b & 15]);
        }
        return text.toString();
    }

    /** Shortest digits that read back the same, in exponent form where PostgreSQL uses it. */
    private static String floating(String java, int digits) {
        switch (java) {
            case "NaN":
            case "Infinity":
            case "-Infinity":
                return java;
            case "0.0":
                return "0";
            case "-0.0":
                return "-0";
            default:
                return finite(java, digits);
        }
    }

    private static String finite(String java, int digits) {
        BigDecimal value = new BigDecimal(java).stripTrailingZeros();
        int exponent = value.precision() - value.scale() - 1;
        if (exponent >= -4 && exponent < digits) {
            return value.toPlainString();
        }
        String all = value.unscaledValue().abs().toString();
        String mantissa = all.length() == 1 ? all : all.charAt(0) + "." + all.substring(1);
        String sign = value.signum() < 0 ? "-" : "";
        String power = (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
        return sign + mantissa + "e" + power;
    }

    private static String date(LocalDate date) {
        if (date.getYear() > 0) {
            return year(date.getYear())
                    + date.toString().substring(date.toString().indexOf('-', 1));
        }
        LocalDate positive = date.withYear(1 - date.getYear());
        return date(positive) + " BC";
    }

    private static String year(int year) {
        String digits = Integer.toString(year);
        return "0".repeat(Math.max(0, 4 - digits.length())) + digits;
    }

    private static String time(LocalTime time) {
        StringBuilder text = new StringBuilder(15);
        two(text, time.getHour()).append(':');
        two(text, time.getMinute()).append(':');
        two(text, time.getSecond());
        fraction(text, time.getNano() / 1_000);
        return text.toString();
    }

    private static StringBuilder two(StringBuilder text, int number) {
        return text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }

    private static void fraction(StringBuilder text, int micros) {
        if (micros != 0) {
            String digits = Integer.toString(1_000_000 + micros).substring(1);
            int end = digits.length();
            while (digits.charAt(end - 1) == '0') {
                end--;
            }
            text.append('.').append(digits, 0, end);
        }
    }

    private static String timestamp(LocalDateTime value) {
        if (value.getYear() <= 0) {
            LocalDateTime positive = value.withYear(1 - value.getYear());
            return timestamp(positive) + " BC";
        }
        return date(value.toLocalDate()) + " " + time(value.toLocalTime());
    }

    private static String timestamptz(Instant instant, ZoneId zone) {
        ZoneOffset offset = zone.getRules().getOffset(instant);
        String id = offset.getTotalSeconds() == 0 ? "+00" : offset.getId();
        String shortened = id.endsWith(":00") && id.length() == 6 ? id.substring(0, 3) : id;
        String local = timestamp(LocalDateTime.ofInstant(instant, offset));
        return local.endsWith(" BC") ? local.substring(0, local.length() - 3) + shortened + " BC" : local + shortened;
    }
}
