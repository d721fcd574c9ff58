package io.kadedb.server.jdbc;

import io.kadedb.common.json.Jsonb;
import io.kadedb.common.json.JsonbText;
import io.kadedb.common.type.Interval;
import io.kadedb.executor.kernel.value.ArrayTexts;
import io.kadedb.jdbc.common.Moments;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HexFormat;

/** Values as text, in the form PostgreSQL's casts to text have. */
public final class ValueText {
    /** 24:00, which java.time lacks; microseconds. */
    private static final long DAY = 86_400_000_000L;

    private static final int DOUBLE_DIGITS = 15;
    private static final int FLOAT_DIGITS = 6;

    private ValueText() {}

    /** The text of a value that is not NULL. */
    public static String of(FrameColumn column, int row, ZoneId zone) {
        return switch (column.type().id()) {
            case BOOLEAN -> column.word(row) != 0 ? "true" : "false";
            case SMALLINT, INTEGER, BIGINT -> Long.toString(column.word(row));
            case REAL -> floating(Float.toString((float) column.floating(row)), FLOAT_DIGITS);
            case DOUBLE -> floating(Double.toString(column.floating(row)), DOUBLE_DIGITS);
            case DECIMAL -> column.decimal(row).toPlainString();
            case TEXT, VARCHAR, JSON -> column.text(row);
            case JSONB -> JsonbText.of(Jsonb.of(column.bytes(row)));
            case CHAR -> padded(column.text(row), column.type().precision());
            case BYTEA -> "\\x" + HexFormat.of().formatHex(column.bytes(row));
            case DATE -> date(LocalDate.ofEpochDay(column.word(row)));
            case TIME -> column.word(row) == DAY ? "24:00:00" : time(LocalTime.ofNanoOfDay(column.word(row) * 1_000));
            case TIMESTAMP -> timestamp(Moments.local(column.word(row)));
            case TIMESTAMPTZ -> timestamptz(Moments.instant(column.word(row)), zone);
            case INTERVAL -> interval(column.interval(row));
            case UUID -> column.uuid(row).toString();
            case ENUM -> column.type().labels().text(column.word(row));
            case ARRAY -> ArrayTexts.of(ByteBuffer.wrap(column.bytes(row)), column.type(), zone);
            case NULL -> "";
        };
    }

    /** Blanks at the end of {@code char(n)} are not stored. */
    private static String padded(String text, int length) {
        return text + " ".repeat(Math.max(0, length - text.codePointCount(0, text.length())));
    }

    /** Shortest digits that read back the same, in exponent form where PostgreSQL uses it. */
    private static String floating(String java, int digits) {
        return switch (java) {
            case "NaN", "Infinity", "-Infinity" -> java;
            case "0.0" -> "0";
            case "-0.0" -> "-0";
            default -> finite(java, digits);
        };
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

    /** As {@code intervalstyle = postgres}. */
    private static String interval(Interval value) {
        StringBuilder text = new StringBuilder();
        boolean negative = unit(text, value.months() / 12, "year", false);
        negative = unit(text, value.months() % 12, "mon", negative);
        negative = unit(text, value.days(), "day", negative);
        if (value.micros() != 0 || text.isEmpty()) {
            text.append(text.isEmpty() ? "" : " ");
            long micros = Math.abs(value.micros());
            if (value.micros() < 0) {
                text.append('-');
            } else if (negative) {
                text.append('+');
            }
            long hours = micros / 3_600_000_000L;
            text.append(hours < 10 ? "0" : "").append(hours).append(':');
            two(text, (int) (micros / 60_000_000 % 60)).append(':');
            two(text, (int) (micros / 1_000_000 % 60));
            fraction(text, (int) (micros % 1_000_000));
        }
        return text.toString();
    }

    private static boolean unit(StringBuilder text, int number, String name, boolean negativeBefore) {
        if (number == 0) {
            return negativeBefore;
        }
        text.append(text.isEmpty() ? "" : " ");
        text.append(negativeBefore && number > 0 ? "+" : "")
                .append(number)
                .append(' ')
                .append(name);
        text.append(number == 1 ? "" : "s");
        return number < 0;
    }
}
