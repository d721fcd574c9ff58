package io.kadedb.executor.kernel.value;

import static io.kadedb.executor.kernel.value.Calendar.MICROS_PER_HOUR;
import static io.kadedb.executor.kernel.value.Calendar.MICROS_PER_MINUTE;
import static io.kadedb.executor.kernel.value.Calendar.MICROS_PER_SECOND;

import io.kadedb.common.json.Jsonb;
import io.kadedb.common.json.JsonbText;
import io.kadedb.common.type.InfiniteTimes;
import io.kadedb.common.type.Interval;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.UUID;

/**
 * The text form of every type, as PostgreSQL shows it with DateStyle ISO and IntervalStyle postgres. For casts, files
 * and people.
 */
public final class ValueText {
    private ValueText() {}

    /**
     * The text of a value that is not NULL.
     *
     * @param zone in which TIMESTAMPTZ is shown
     */
    public static String of(Object value, SqlType type, ZoneId zone) {
        if (value instanceof String s && type.id() != TypeId.CHAR) {
            return s;
        }
        StringBuilder out = new StringBuilder();
        append(out, value, type, zone);
        return out.toString();
    }

    public static void append(StringBuilder out, Object value, SqlType type, ZoneId zone) {
        switch (value) {
            case Boolean b -> out.append(b ? "true" : "false");
            case Long l -> appendLong(out, l, type, zone);
            case Double d -> appendDouble(out, d, type.id() == TypeId.REAL);
            case BigDecimal d -> out.append(d.toPlainString());
            case String s -> {
                out.append(s);
                if (type.id() == TypeId.CHAR && type.precision() > 0) {
                    out.repeat(' ', Math.max(0, type.precision() - s.codePointCount(0, s.length())));
                }
            }
            case ByteBuffer b when type.id() == TypeId.JSONB -> JsonbText.append(out, Jsonb.of(b));
            case ByteBuffer b when type.isArray() -> out.append(ArrayTexts.of(b, type, zone));
            case ByteBuffer b -> appendBytes(out, b);
            case Interval i -> appendInterval(out, i);
            case UUID u -> out.append(u);
            default -> throw new IllegalArgumentException("no text for " + value.getClass());
        }
    }

    private static void appendLong(StringBuilder out, long value, SqlType type, ZoneId zone) {
        if (InfiniteTimes.isInfinite(type.id(), value)) {
            out.append(InfiniteTimes.text(value));
            return;
        }
        switch (type.id()) {
            case DATE -> {
                LocalDate date = Calendar.date(value);
                appendDate(out, date);
                appendEra(out, date);
            }
            case TIME -> appendTime(out, value);
            case ENUM -> out.append(type.labels().text(value));
            case TIMESTAMP -> appendTimestamp(out, value, "");
            case TIMESTAMPTZ -> {
                int seconds = Calendar.offset(value, zone).getTotalSeconds();
                appendTimestamp(out, value + seconds * MICROS_PER_SECOND, offset(seconds));
            }
            default -> out.append(value);
        }
    }

    private static void appendTimestamp(StringBuilder out, long micros, String offset) {
        LocalDateTime value = Calendar.dateTime(micros);
        appendDate(out, value.toLocalDate());
        out.append(' ');
        appendTime(out, value.toLocalTime().toNanoOfDay() / 1000);
        out.append(offset);
        appendEra(out, value.toLocalDate());
    }

    private static void appendDate(StringBuilder out, LocalDate date) {
        // There is no year 0: the year before 1 AD is 1 BC.
        int year = date.getYear() > 0 ? date.getYear() : 1 - date.getYear();
        appendPadded(out, year, 4);
        out.append('-');
        appendPadded(out, date.getMonthValue(), 2);
        out.append('-');
        appendPadded(out, date.getDayOfMonth(), 2);
    }

    private static void appendEra(StringBuilder out, LocalDate date) {
        if (date.getYear() <= 0) {
            out.append(" BC");
        }
    }

    /** {@code HH:MM:SS[.ffffff]} without trailing zeros. */
    private static void appendTime(StringBuilder out, long micros) {
        appendPadded(out, micros / MICROS_PER_HOUR, 2);
        out.append(':');
        appendPadded(out, micros / MICROS_PER_MINUTE % 60, 2);
        out.append(':');
        appendPadded(out, micros / MICROS_PER_SECOND % 60, 2);
        long fraction = micros % MICROS_PER_SECOND;
        if (fraction != 0) {
            out.append('.');
            appendPadded(out, fraction, 6);
            while (out.charAt(out.length() - 1) == '0') {
                out.setLength(out.length() - 1);
            }
        }
    }

    private static String offset(int totalSeconds) {
        int seconds = Math.abs(totalSeconds);
        StringBuilder out = new StringBuilder().append(totalSeconds < 0 ? '-' : '+');
        appendPadded(out, seconds / 3600, 2);
        if (seconds % 3600 != 0) {
            out.append(':');
            appendPadded(out, seconds / 60 % 60, 2);
            if (seconds % 60 != 0) {
                out.append(':');
                appendPadded(out, seconds % 60, 2);
            }
        }
        return out.toString();
    }

    private static void appendPadded(StringBuilder out, long value, int width) {
        String digits = Long.toString(value);
        out.repeat('0', Math.max(0, width - digits.length())).append(digits);
    }

    private static void appendInterval(StringBuilder out, Interval interval) {
        StringBuilder parts = new StringBuilder();
        boolean before = appendPart(parts, interval.months() / 12, "year", false);
        before = appendPart(parts, interval.months() % 12, "mon", before);
        before = appendPart(parts, interval.days(), "day", before);
        long micros = interval.micros();
        if (micros != 0 || parts.isEmpty()) {
            parts.append(parts.isEmpty() ? "" : " ").append(micros < 0 ? "-" : before ? "+" : "");
            if (micros == Long.MIN_VALUE) {
                parts.append("2562047788:00:54.775808");
            } else {
                appendTime(parts, Math.abs(micros));
            }
        }
        out.append(parts);
    }

    /** Gives whether a later positive part needs a sign, since the last one was negative. */
    private static boolean appendPart(StringBuilder out, int value, String unit, boolean before) {
        if (value == 0) {
            return before;
        }
        out.append(out.isEmpty() ? "" : " ").append(before && value > 0 ? "+" : "");
        out.append(value).append(' ').append(unit).append(value == 1 ? "" : "s");
        return value < 0;
    }

    private static void appendBytes(StringBuilder out, ByteBuffer bytes) {
        out.append("\\x");
        for (int i = bytes.position(); i < bytes.limit(); i++) {
            out.append(Character.forDigit(bytes.get(i) >> 4 & 15, 16));
            out.append(Character.forDigit(bytes.get(i) & 15, 16));
        }
    }

    /** The fewest digits that read back as the same number, in PostgreSQL's choice of exponent form. */
    private static void appendDouble(StringBuilder out, double value, boolean single) {
        if (Double.isNaN(value)) {
            out.append("NaN");
            return;
        }
        if (Double.isInfinite(value)) {
            out.append(value > 0 ? "Infinity" : "-Infinity");
            return;
        }
        if (value == 0) {
            out.append(1 / value < 0 ? "-0" : "0");
            return;
        }
        BigDecimal shortest = shortest(value, single);
        String digits = shortest.unscaledValue().abs().toString();
        int exponent = digits.length() - 1 - shortest.scale();
        out.append(value < 0 ? "-" : "");
        if (exponent >= -4 && exponent < (single ? 6 : 15)) {
            out.append(shortest.abs().toPlainString());
            return;
        }
        out.append(digits.charAt(0));
        if (digits.length() > 1) {
            out.append('.').append(digits, 1, digits.length());
        }
        out.append('e').append(exponent < 0 ? '-' : '+');
        appendPadded(out, Math.abs(exponent), 2);
    }

    private static BigDecimal shortest(double value, boolean single) {
        String text = single ? Float.toString((float) value) : Double.toString(value);
        BigDecimal exact = new BigDecimal(text).stripTrailingZeros();
        if (exact.precision() == 2) {
            // Java always gives two digits, though one may do: 4.9E-324 is 5e-324.
            BigDecimal one = exact.round(new java.math.MathContext(1)).stripTrailingZeros();
            if (single ? one.floatValue() == (float) value : one.doubleValue() == value) {
                return one;
            }
        }
        return exact;
    }
}
