package io.kadedb.parser;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.error.SourcePosition;
import io.kadedb.parser.ast.IntervalValue;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads interval texts as PostgreSQL does: {@code 1 day 2 hours}, {@code 1-2}, {@code 3 04:05:06}, {@code P1DT2H}. */
public final class IntervalText {
    private static final BigDecimal DAYS_PER_MONTH = BigDecimal.valueOf(30);
    private static final BigDecimal MICROS_PER_DAY = BigDecimal.valueOf(86_400_000_000L);
    private static final Pattern QUANTITY = Pattern.compile("([+-]?(?:\\d+\\.?\\d*|\\.\\d+))\\s*([a-z]*)");
    private static final Pattern CLOCK = Pattern.compile("([+-]?)(\\d+):(\\d{1,2})(?::(\\d{1,2}(?:\\.\\d+)?))?");
    private static final Pattern YEAR_MONTH = Pattern.compile("([+-]?)(\\d+)-(\\d+)");
    private static final Pattern ISO = Pattern.compile("([+-]?\\d+(?:\\.\\d+)?)([ymwdhs])");

    private final String text;
    private final SourcePosition position;
    private final IntervalFields fields;
    private BigDecimal months = BigDecimal.ZERO;
    private BigDecimal days = BigDecimal.ZERO;
    private BigDecimal micros = BigDecimal.ZERO;

    private IntervalText(String text, IntervalFields fields, SourcePosition position) {
        this.text = text;
        this.fields = fields;
        this.position = position;
    }

    /** The value of a text that is an interval; empty for others. */
    public static Optional<IntervalValue> value(String text) {
        try {
            return Optional.of(parse(text, IntervalFields.NONE, new SourcePosition(1, 1, 1)));
        } catch (KadeException e) {
            // What it is instead is the caller's affair.
            return Optional.empty();
        }
    }

    /**
     * The value.
     *
     * @throws KadeException INVALID_DATETIME_FORMAT, DATETIME_FIELD_OVERFLOW
     */
    static IntervalValue parse(String text, IntervalFields fields, SourcePosition position) {
        IntervalText reader = new IntervalText(text, fields, position);
        String input = text.strip().toLowerCase(Locale.ROOT);
        if (input.startsWith("p") || input.startsWith("-p")) {
            reader.iso(input);
        } else {
            reader.words(input);
        }
        return reader.value();
    }

    private void words(String input) {
        boolean ago = input.endsWith("ago");
        String rest = ago ? input.substring(0, input.length() - 3).strip() : input;
        if (rest.startsWith("@")) {
            rest = rest.substring(1).strip();
        }
        if (rest.isEmpty()) {
            throw invalid();
        }
        while (!rest.isEmpty()) {
            rest = rest.substring(item(rest)).stripLeading();
        }
        if (ago) {
            negate();
        }
    }

    /** One clock time, year-month pair, or quantity with its unit; returns its length. */
    private int item(String rest) {
        Matcher clock = CLOCK.matcher(rest);
        if (clock.lookingAt()) {
            clock(clock);
            return clock.end();
        }
        Matcher yearMonth = YEAR_MONTH.matcher(rest);
        if (yearMonth.lookingAt()) {
            BigDecimal sign = BigDecimal.valueOf(yearMonth.group(1).equals("-") ? -1 : 1);
            add(sign.multiply(new BigDecimal(yearMonth.group(2))), IntervalUnit.YEAR);
            add(sign.multiply(new BigDecimal(yearMonth.group(3))), IntervalUnit.MONTH);
            return yearMonth.end();
        }
        Matcher quantity = QUANTITY.matcher(rest);
        if (!quantity.lookingAt()) {
            throw invalid();
        }
        String tail = rest.substring(quantity.end()).stripLeading();
        add(
                new BigDecimal(quantity.group(1)),
                unit(quantity.group(2), CLOCK.matcher(tail).lookingAt()));
        return quantity.end();
    }

    /** A number without a unit counts the last field named after the literal, else seconds; before a clock, days. */
    private IntervalUnit unit(String name, boolean beforeClock) {
        if (!name.isEmpty()) {
            return IntervalUnit.find(name).orElseThrow(this::invalid);
        }
        if (beforeClock) {
            return IntervalUnit.DAY;
        }
        IntervalUnit last = fields.last();
        return last == null ? IntervalUnit.SECOND : last;
    }

    private void clock(Matcher clock) {
        BigDecimal sign = BigDecimal.valueOf(clock.group(1).equals("-") ? -1 : 1);
        BigDecimal first = sign.multiply(new BigDecimal(clock.group(2)));
        BigDecimal second = sign.multiply(new BigDecimal(clock.group(3)));
        String third = clock.group(4);
        boolean minutes = third == null && isMinuteToSecond(fields.first(), fields.last());
        add(first, minutes ? IntervalUnit.MINUTE : IntervalUnit.HOUR);
        add(second, minutes ? IntervalUnit.SECOND : IntervalUnit.MINUTE);
        if (third != null) {
            add(sign.multiply(new BigDecimal(third)), IntervalUnit.SECOND);
        }
    }

    private static boolean isMinuteToSecond(@Nullable IntervalUnit first, @Nullable IntervalUnit last) {
        return first == IntervalUnit.MINUTE && last == IntervalUnit.SECOND;
    }

    private void iso(String input) {
        boolean negative = input.startsWith("-");
        String[] parts = input.substring(negative ? 2 : 1).split("t", -1);
        if (parts.length > 2 || (parts[0].isEmpty() && parts.length == 1)) {
            throw invalid();
        }
        isoPart(parts[0], false);
        if (parts.length > 1) {
            isoPart(parts[1], true);
        }
        if (negative) {
            negate();
        }
    }

    private void isoPart(String part, boolean time) {
        Matcher item = ISO.matcher(part);
        int at = 0;
        while (at < part.length()) {
            if (!item.find(at) || item.start() != at) {
                throw invalid();
            }
            IntervalUnit unit = switch (item.group(2)) {
                case "m" -> time ? IntervalUnit.MINUTE : IntervalUnit.MONTH;
                case String letter -> IntervalUnit.find(letter).orElseThrow(this::invalid);
            };
            if ((unit.compareTo(IntervalUnit.DAY) < 0) != time) {
                throw invalid();
            }
            add(new BigDecimal(item.group(1)), unit);
            at = item.end();
        }
    }

    private void add(BigDecimal quantity, IntervalUnit unit) {
        months = months.add(quantity.multiply(BigDecimal.valueOf(unit.months())));
        days = days.add(quantity.multiply(BigDecimal.valueOf(unit.days())));
        micros = micros.add(quantity.multiply(BigDecimal.valueOf(unit.micros())));
    }

    private void negate() {
        months = months.negate();
        days = days.negate();
        micros = micros.negate();
    }

    /** Fractions of months become days, of days microseconds. */
    private IntervalValue value() {
        BigDecimal wholeMonths = months.setScale(0, RoundingMode.DOWN);
        BigDecimal allDays = days.add(months.subtract(wholeMonths).multiply(DAYS_PER_MONTH));
        BigDecimal wholeDays = allDays.setScale(0, RoundingMode.DOWN);
        BigDecimal allMicros =
                micros.add(allDays.subtract(wholeDays).multiply(MICROS_PER_DAY)).setScale(0, RoundingMode.HALF_EVEN);
        try {
            return new IntervalValue(
                    wholeMonths.intValueExact(), wholeDays.intValueExact(), allMicros.longValueExact());
        } catch (ArithmeticException e) {
            throw KadeException.of(ErrorCode.DATETIME_FIELD_OVERFLOW, "interval out of range: \"" + text + "\"", e)
                    .at(position);
        }
    }

    private KadeException invalid() {
        return KadeException.of(
                        ErrorCode.INVALID_DATETIME_FORMAT, "invalid input syntax for type interval: \"" + text + "\"")
                .at(position);
    }
}
