package io.kadedb.executor.kernel.value;

import static io.kadedb.executor.kernel.value.Calendar.MICROS_PER_DAY;
import static io.kadedb.executor.kernel.value.Calendar.MICROS_PER_HOUR;
import static io.kadedb.executor.kernel.value.Calendar.MICROS_PER_MINUTE;
import static io.kadedb.executor.kernel.value.Calendar.MICROS_PER_SECOND;

import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.Interval;
import io.kadedb.common.type.SqlType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads intervals: {@code 1 year 2 mons 3 days 04:05:06}, {@code 1-2}, {@code 3 04:05}, ISO 8601 {@code P1Y2M3DT4H5M6S},
 * with {@code ago} turning all signs. For one text.
 */
final class IntervalParser {
    private static final Pattern TIME = Pattern.compile("([+-])?(\\d+):(\\d{1,2})(?::(\\d{1,2})(?:\\.(\\d*))?)?");
    private static final Pattern YEAR_MONTH = Pattern.compile("([+-])?(\\d+)-(\\d{1,2})(?![\\d])");
    private static final Pattern AMOUNT = Pattern.compile("([+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)) *([a-z]+)?");
    private static final Pattern ISO = Pattern.compile("([+-]?\\d+(?:\\.\\d*)?)([ymwdhs])");

    private final String text;
    private BigDecimal months = BigDecimal.ZERO;
    private BigDecimal days = BigDecimal.ZERO;
    private BigDecimal micros = BigDecimal.ZERO;

    IntervalParser(String text) {
        this.text = text;
    }

    Interval parse() {
        String rest = text.strip().toLowerCase(Locale.ROOT);
        if (rest.startsWith("p") && rest.length() > 1) {
            parseIso(rest.substring(1));
        } else {
            parseVerbose(rest);
        }
        return build();
    }

    private KadeException invalid() {
        return Failures.invalidText(SqlType.INTERVAL, text);
    }

    private void parseVerbose(String input) {
        String rest = input.startsWith("@") ? input.substring(1).strip() : input;
        boolean ago = rest.endsWith(" ago");
        if (ago) {
            rest = rest.substring(0, rest.length() - 4).strip();
        }
        if (rest.isEmpty()) {
            throw invalid();
        }
        while (!rest.isEmpty()) {
            rest = rest.substring(takePart(rest)).stripLeading();
        }
        if (ago) {
            months = months.negate();
            days = days.negate();
            micros = micros.negate();
        }
    }

    /** Adds what the text starts with; gives where it ends. */
    private int takePart(String rest) {
        Matcher time = TIME.matcher(rest);
        if (time.lookingAt()) {
            addTime(time);
            return time.end();
        }
        Matcher yearMonth = YEAR_MONTH.matcher(rest);
        if (yearMonth.lookingAt()) {
            BigDecimal total = new BigDecimal(yearMonth.group(2))
                    .multiply(BigDecimal.valueOf(12))
                    .add(new BigDecimal(yearMonth.group(3)));
            months = "-".equals(yearMonth.group(1)) ? months.subtract(total) : months.add(total);
            return yearMonth.end();
        }
        Matcher amount = AMOUNT.matcher(rest);
        if (!amount.lookingAt()) {
            throw invalid();
        }
        addAmount(amount, rest);
        return amount.end();
    }

    private void addTime(Matcher match) {
        long minutes = Long.parseLong(match.group(3));
        long seconds = match.group(4) == null ? 0 : Long.parseLong(match.group(4));
        if (minutes > 59 || seconds > 59) {
            throw KadeException.of(
                    io.kadedb.common.error.ErrorCode.DATETIME_FIELD_OVERFLOW,
                    "interval field value out of range: \"" + text + "\"");
        }
        long fraction = match.group(5) == null ? 0 : DateTimeParser.fraction(match.group(5));
        BigDecimal total = new BigDecimal(match.group(2))
                .multiply(BigDecimal.valueOf(MICROS_PER_HOUR))
                .add(BigDecimal.valueOf(minutes * MICROS_PER_MINUTE + seconds * MICROS_PER_SECOND + fraction));
        micros = "-".equals(match.group(1)) ? micros.subtract(total) : micros.add(total);
    }

    private void addAmount(Matcher match, String rest) {
        String unit = match.group(2);
        if (unit == null) {
            // A number before a time counts days, alone it counts seconds: '3 04:05', '90'.
            unit = TIME.matcher(rest.substring(match.end()).stripLeading()).lookingAt() ? "day" : "second";
        }
        add(new BigDecimal(match.group(1)), unit);
    }

    private void add(BigDecimal amount, String unit) {
        switch (unit) {
            case "us", "usec", "usecs", "usecond", "useconds", "microsecond", "microseconds", "microsecon" ->
                addMicros(amount, 1);
            case "ms", "msec", "msecs", "msecond", "mseconds", "millisecond", "milliseconds", "millisecon" ->
                addMicros(amount, 1000);
            case "s", "sec", "secs", "second", "seconds" -> addMicros(amount, MICROS_PER_SECOND);
            case "m", "min", "mins", "minute", "minutes" -> addMicros(amount, MICROS_PER_MINUTE);
            case "h", "hr", "hrs", "hour", "hours" -> addMicros(amount, MICROS_PER_HOUR);
            case "d", "day", "days" -> addDays(amount);
            case "w", "week", "weeks" -> addDays(amount.multiply(BigDecimal.valueOf(7)));
            case "mon", "mons", "month", "months" -> addMonths(amount);
            case "q", "qtr", "quarter", "quarters" -> addMonths(amount.multiply(BigDecimal.valueOf(3)));
            case "y", "yr", "yrs", "year", "years" -> addYears(amount, 1);
            case "dec", "decs", "decade", "decades" -> addYears(amount, 10);
            case "c", "cent", "century", "centuries" -> addYears(amount, 100);
            case "mil", "mils", "millennium", "millennia" -> addYears(amount, 1000);
            default -> throw invalid();
        }
    }

    private void addMicros(BigDecimal amount, long unit) {
        micros = micros.add(amount.multiply(BigDecimal.valueOf(unit)));
    }

    /** A fraction of a day becomes time. */
    private void addDays(BigDecimal amount) {
        BigDecimal whole = amount.setScale(0, RoundingMode.DOWN);
        days = days.add(whole);
        addMicros(amount.subtract(whole), MICROS_PER_DAY);
    }

    /** A fraction of a month becomes days of a 30-day month. */
    private void addMonths(BigDecimal amount) {
        BigDecimal whole = amount.setScale(0, RoundingMode.DOWN);
        months = months.add(whole);
        addDays(amount.subtract(whole).multiply(BigDecimal.valueOf(30)));
    }

    /** A fraction of a year becomes whole months. */
    private void addYears(BigDecimal amount, int years) {
        months = months.add(amount.multiply(BigDecimal.valueOf(12L * years)).setScale(0, RoundingMode.HALF_EVEN));
    }

    private void parseIso(String body) {
        int timeAt = body.indexOf('t');
        String dates = timeAt < 0 ? body : body.substring(0, timeAt);
        String times = timeAt < 0 ? "" : body.substring(timeAt + 1);
        if (timeAt >= 0 && times.isEmpty()) {
            throw invalid();
        }
        addIso(dates, false);
        addIso(times, true);
    }

    private void addIso(String parts, boolean time) {
        int at = 0;
        Matcher match = ISO.matcher(parts);
        while (at < parts.length()) {
            if (!match.find(at) || match.start() != at) {
                throw invalid();
            }
            String unit = match.group(2);
            boolean timeUnit = unit.equals("h") || unit.equals("s");
            if ((time != timeUnit && !unit.equals("m")) || (time && "ywd".contains(unit))) {
                throw invalid();
            }
            add(new BigDecimal(match.group(1)), unit.equals("m") && !time ? "mon" : unit);
            at = match.end();
        }
    }

    private Interval build() {
        try {
            return new Interval(
                    months.intValueExact(),
                    days.intValueExact(),
                    micros.setScale(0, RoundingMode.HALF_EVEN).longValueExact());
        } catch (ArithmeticException e) {
            throw KadeException.of(
                    io.kadedb.common.error.ErrorCode.DATETIME_FIELD_OVERFLOW,
                    "interval field value out of range: \"" + text + "\"",
                    e);
        }
    }
}
