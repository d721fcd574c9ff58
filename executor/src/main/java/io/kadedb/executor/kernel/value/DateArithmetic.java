package io.kadedb.executor.kernel.value;

import static io.kadedb.executor.kernel.value.Calendar.MICROS_PER_DAY;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.InfiniteTimes;
import io.kadedb.common.type.Interval;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.planner.physical.ScalarFunction;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Sums, differences and multiples of dates, times and intervals. */
public final class DateArithmetic {
    private DateArithmetic() {}

    static @Nullable RowFunction bind(ScalarFunction function, SqlType a, SqlType b, SqlType result, ZoneId zone) {
        return switch (function) {
            case ADD ->
                (a.id() == TypeId.INTERVAL && b.id() != TypeId.INTERVAL) || a.isInteger()
                        ? swapped(add(b, a, result, zone))
                        : add(a, b, result, zone);
            case SUBTRACT -> subtract(a, b, result, zone);
            case MULTIPLY ->
                a.id() == TypeId.INTERVAL
                        ? values -> multiply(interval(values, 0), decimalOrDouble(values[1]))
                        : b.id() == TypeId.INTERVAL
                                ? values -> multiply(interval(values, 1), decimalOrDouble(values[0]))
                                : null;
            case DIVIDE ->
                a.id() == TypeId.INTERVAL ? values -> divide(interval(values, 0), decimalOrDouble(values[1])) : null;
            default -> null;
        };
    }

    private static @Nullable RowFunction swapped(@Nullable RowFunction function) {
        return function == null ? null : values -> function.apply(new @Nullable Object[] {values[1], values[0]});
    }

    private static long number(@Nullable Object[] values, int index) {
        return ((Number) Objects.requireNonNull(values[index])).longValue();
    }

    private static double decimalOrDouble(@Nullable Object value) {
        return ((Number) Objects.requireNonNull(value)).doubleValue();
    }

    private static Interval interval(@Nullable Object[] values, int index) {
        return (Interval) Objects.requireNonNull(values[index]);
    }

    private static @Nullable RowFunction add(SqlType a, SqlType b, SqlType result, ZoneId zone) {
        return switch (a.id()) {
            case DATE ->
                switch (b.id()) {
                    case SMALLINT, INTEGER, BIGINT -> values -> addDays(number(values, 0), number(values, 1));
                    case INTERVAL ->
                        values -> {
                            long micros = addToTimestamp(Calendar.micros(number(values, 0), 0), interval(values, 1));
                            return result.id() == TypeId.DATE ? (Long) Calendar.day(micros) : (Long) micros;
                        };
                    case TIME -> values -> Calendar.micros(number(values, 0), number(values, 1));
                    default -> null;
                };
            case TIMESTAMP ->
                b.id() == TypeId.INTERVAL ? values -> addToTimestamp(number(values, 0), interval(values, 1)) : null;
            case TIMESTAMPTZ ->
                b.id() == TypeId.INTERVAL ? values -> addToInstant(number(values, 0), interval(values, 1), zone) : null;
            case TIME ->
                b.id() == TypeId.INTERVAL
                        ? values -> Math.floorMod(
                                number(values, 0) + interval(values, 1).micros(), MICROS_PER_DAY)
                        : b.id() == TypeId.DATE
                                ? values -> Calendar.micros(number(values, 1), number(values, 0))
                                : null;
            case INTERVAL -> b.id() == TypeId.INTERVAL ? values -> sum(interval(values, 0), interval(values, 1)) : null;
            default -> null;
        };
    }

    private static @Nullable RowFunction subtract(SqlType a, SqlType b, SqlType result, ZoneId zone) {
        if (b.id() == TypeId.INTERVAL) {
            RowFunction add = add(a, b, result, zone);
            return add == null
                    ? null
                    : values -> add.apply(new @Nullable Object[] {values[0], negate(interval(values, 1))});
        }
        if (a.id() == TypeId.DATE && b.isInteger()) {
            return values -> addDays(number(values, 0), Math.negateExact(number(values, 1)));
        }
        if (a.id() != b.id()) {
            return null;
        }
        return switch (a.id()) {
            case DATE ->
                result.id() == TypeId.INTERVAL
                        ? values -> new Interval(0, Math.toIntExact(days(values)), 0)
                        : values -> Numbers.checkInteger(days(values), result);
            case TIME -> values -> new Interval(0, 0, number(values, 0) - number(values, 1));
            case TIMESTAMP, TIMESTAMPTZ ->
                values -> {
                    if (InfiniteTimes.isInfinite(number(values, 0)) || InfiniteTimes.isInfinite(number(values, 1))) {
                        throw intervalOutOfRange();
                    }
                    long micros = Math.subtractExact(number(values, 0), number(values, 1));
                    return new Interval(0, (int) (micros / MICROS_PER_DAY), micros % MICROS_PER_DAY);
                };
            default -> null;
        };
    }

    private static long addDays(long date, long days) {
        return InfiniteTimes.isInfiniteDay(date) ? date : Calendar.checkDate(Math.addExact(date, days));
    }

    /** The days between two dates. */
    private static long days(@Nullable Object[] values) {
        if (InfiniteTimes.isInfiniteDay(number(values, 0)) || InfiniteTimes.isInfiniteDay(number(values, 1))) {
            throw KadeException.of(ErrorCode.DATETIME_FIELD_OVERFLOW, "cannot subtract infinite dates");
        }
        return number(values, 0) - number(values, 1);
    }

    /** A timestamp moved by an interval, in microseconds. */
    public static long addToTimestamp(long micros, Interval interval) {
        if (InfiniteTimes.isInfinite(micros)) {
            return micros;
        }
        try {
            long moved = micros;
            if (interval.months() != 0 || interval.days() != 0) {
                LocalDateTime local = Calendar.dateTime(micros);
                // plusMonths clamps to the end of the month, as PostgreSQL does.
                LocalDate date =
                        local.toLocalDate().plusMonths(interval.months()).plusDays(interval.days());
                moved = Calendar.micros(date.toEpochDay(), local.toLocalTime().toNanoOfDay() / 1000);
            }
            return Calendar.checkTimestamp(Math.addExact(moved, interval.micros()));
        } catch (ArithmeticException | java.time.DateTimeException e) {
            throw Failures.dateOutOfRange("timestamp");
        }
    }

    /** Months and days move the clock's date in the zone, hours move the instant. */
    public static long addToInstant(long micros, Interval interval, ZoneId zone) {
        long moved = micros;
        if (interval.months() != 0 || interval.days() != 0) {
            Interval dates = new Interval(interval.months(), interval.days(), 0);
            moved = Calendar.toInstant(addToTimestamp(Calendar.toLocal(micros, zone), dates), zone);
        }
        return addToTimestamp(moved, new Interval(0, 0, interval.micros()));
    }

    static Interval sum(Interval a, Interval b) {
        try {
            return new Interval(
                    Math.addExact(a.months(), b.months()),
                    Math.addExact(a.days(), b.days()),
                    Math.addExact(a.micros(), b.micros()));
        } catch (ArithmeticException e) {
            throw intervalOutOfRange();
        }
    }

    static Interval negate(Interval value) {
        try {
            return new Interval(
                    Math.negateExact(value.months()), Math.negateExact(value.days()), Math.negateExact(value.micros()));
        } catch (ArithmeticException e) {
            throw intervalOutOfRange();
        }
    }

    private static Interval divide(Interval value, double divisor) {
        if (divisor == 0) {
            throw Failures.divisionByZero();
        }
        return scale(value, months -> months / divisor);
    }

    private static Interval multiply(Interval value, double factor) {
        return scale(value, months -> months * factor);
    }

    /** Fractions of months go to days of a 30-day month, fractions of days to the time (PostgreSQL interval_mul). */
    private static Interval scale(Interval value, java.util.function.DoubleUnaryOperator by) {
        double months = by.applyAsDouble(value.months());
        double days = by.applyAsDouble(value.days());
        double micros = by.applyAsDouble((double) value.micros());
        int wholeMonths = toInt(months);
        int wholeDays = toInt(days);
        double monthDays = roundToMicros((months - wholeMonths) * 30);
        double seconds = roundToMicros((days - wholeDays + monthDays - (int) monthDays) * 86_400);
        if (Math.abs(seconds) >= 86_400) {
            wholeDays += (int) (seconds / 86_400);
            seconds %= 86_400;
        }
        wholeDays = Math.addExact(wholeDays, (int) monthDays);
        double total = Math.rint(micros + seconds * Calendar.MICROS_PER_SECOND);
        if (!(Math.abs(total) < 0x1p63)) {
            throw intervalOutOfRange();
        }
        return new Interval(wholeMonths, wholeDays, (long) total);
    }

    private static int toInt(double value) {
        if (!(Math.abs(value) <= Integer.MAX_VALUE)) {
            throw intervalOutOfRange();
        }
        return (int) value;
    }

    private static double roundToMicros(double value) {
        return Math.rint(value * 1_000_000) / 1_000_000;
    }

    static KadeException intervalOutOfRange() {
        return Failures.dateOutOfRange("interval");
    }
}
