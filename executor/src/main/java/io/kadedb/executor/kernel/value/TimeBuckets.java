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
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The buckets of one width that times, dates or integers fall into, counted from an origin: TimescaleDB's and DuckDB's
 * {@code time_bucket}, PostgreSQL's {@code date_bin}. Values are as columns hold them: microseconds, days, integers.
 * Buckets of months begin with a month.
 */
public final class TimeBuckets {
    /** 2000-01-03, a Monday. */
    private static final long DEFAULT_ORIGIN = LocalDate.of(2000, 1, 3).toEpochDay() * MICROS_PER_DAY;

    private static final int DEFAULT_ORIGIN_MONTH = 2000 * 12;
    private static final Interval NONE = new Interval(0, 0, 0);

    private final TypeId type;
    private final int months;
    /** In microseconds, or for integers in ones; with months 0. */
    private final long width;
    /** The same; with months the number of a month since year 0. */
    private final long origin;

    private final Interval offset;
    /** Whose clocks decide, or null for UTC. */
    private final @Nullable ZoneId zone;

    private TimeBuckets(TypeId type, int months, long width, long origin, Interval offset, @Nullable ZoneId zone) {
        this.type = type;
        this.months = months;
        this.width = width;
        this.origin = origin;
        this.offset = offset;
        this.zone = zone;
    }

    /**
     * The buckets of a call of {@link ScalarFunction#TIME_BUCKET} or {@link ScalarFunction#DATE_BIN}.
     *
     * @param values the arguments, of which the second, the time, is not read; none of the others is null
     * @throws KadeException 22023 or 22008 for a width that is not positive, 0A000 for one of months and days
     */
    public static TimeBuckets of(ScalarFunction function, List<SqlType> types, @Nullable Object[] values) {
        return function == ScalarFunction.DATE_BIN ? bins(types, values) : buckets(types, values);
    }

    /**
     * The buckets of a type of times.
     *
     * @param width an interval, or the number of integers
     * @param zone the name of the zone whose clocks decide
     */
    public static TimeBuckets of(SqlType type, Object width, @Nullable String zone) {
        return width instanceof Interval interval
                ? of(type.id(), interval, null, NONE, zone == null ? null : DateTimeFunctions.namedZone(zone))
                : new TimeBuckets(type.id(), 0, positive(((Number) width).longValue()), 0, NONE, null);
    }

    private static TimeBuckets bins(List<SqlType> types, @Nullable Object[] values) {
        Interval stride = (Interval) Args.value(values, 0);
        if (stride.months() != 0) {
            throw Failures.unsupported("timestamps cannot be binned into intervals containing months or years");
        }
        long width = micros(stride);
        if (width <= 0) {
            throw KadeException.of(ErrorCode.DATETIME_FIELD_OVERFLOW, "stride must be greater than zero");
        }
        return new TimeBuckets(types.get(1).id(), 0, width, Args.number(values, 2), NONE, null);
    }

    private static TimeBuckets buckets(List<SqlType> types, @Nullable Object[] values) {
        TypeId type = types.get(1).id();
        if (!(Args.value(values, 0) instanceof Interval interval)) {
            long width = positive(Args.number(values, 0));
            return new TimeBuckets(type, 0, width, values.length > 2 ? Args.number(values, 2) : 0, NONE, null);
        }
        ZoneId zone = null;
        Interval offset = NONE;
        Long origin = null;
        for (int i = 2; i < values.length; i++) {
            switch (types.get(i).id()) {
                case INTERVAL -> offset = (Interval) Args.value(values, i);
                case DATE -> origin = Args.number(values, i) * MICROS_PER_DAY;
                case TIMESTAMP, TIMESTAMPTZ -> origin = Args.number(values, i);
                default -> zone = DateTimeFunctions.namedZone(Args.text(values, i));
            }
        }
        if (origin != null && zone != null) {
            origin = Calendar.toLocal(origin, zone);
        }
        return of(type, interval, origin, offset, zone);
    }

    private static TimeBuckets of(
            TypeId type, Interval interval, @Nullable Long origin, Interval offset, @Nullable ZoneId zone) {
        if (interval.months() == 0) {
            long width = positive(micros(interval));
            return new TimeBuckets(type, 0, width, origin == null ? DEFAULT_ORIGIN : origin, offset, zone);
        }
        if (interval.days() != 0 || interval.micros() != 0) {
            throw Failures.unsupported("a bucket width of months cannot have days or times beside them");
        }
        int width = (int) positive(interval.months());
        return new TimeBuckets(type, width, 0, origin == null ? DEFAULT_ORIGIN_MONTH : monthOf(origin), offset, zone);
    }

    private static long positive(long width) {
        if (width <= 0) {
            throw Failures.invalidParameter("bucket width must be greater than zero");
        }
        return width;
    }

    private static long micros(Interval interval) {
        try {
            return Math.addExact(Math.multiplyExact(interval.days(), MICROS_PER_DAY), interval.micros());
        } catch (ArithmeticException e) {
            throw DateArithmetic.intervalOutOfRange();
        }
    }

    private static long monthOf(long micros) {
        LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(micros, MICROS_PER_DAY));
        return date.getYear() * 12L + date.getMonthValue() - 1;
    }

    private static long beginOfMonth(long month) {
        LocalDate date = LocalDate.of((int) Math.floorDiv(month, 12L), (int) Math.floorMod(month, 12L) + 1, 1);
        return Calendar.micros(date.toEpochDay(), 0);
    }

    /** Where the bucket begins that a value is in; never above the value. */
    public long begin(long value) {
        if (InfiniteTimes.isInfinite(type, value)) {
            return value;
        }
        return switch (type) {
            case DATE -> Math.floorDiv(shifted(Math.multiplyExact(value, MICROS_PER_DAY)), MICROS_PER_DAY);
            case TIMESTAMP -> shifted(value);
            case TIMESTAMPTZ -> zone == null ? shifted(value) : zoned(value, zone);
            case SMALLINT, INTEGER, BIGINT -> integer(value);
            default -> throw new IllegalStateException("no buckets of " + type);
        };
    }

    /** Where the bucket behind one begins, given where that one does; for integers perhaps beyond their type. */
    public long next(long begin) {
        return switch (type) {
            case DATE -> Math.floorDiv(after(Math.multiplyExact(begin, MICROS_PER_DAY)), MICROS_PER_DAY);
            case TIMESTAMP -> after(begin);
            case TIMESTAMPTZ ->
                zone == null ? after(begin) : Calendar.toInstant(after(Calendar.toLocal(begin, zone)), zone);
            default -> begin > Long.MAX_VALUE - width ? Long.MAX_VALUE : begin + width;
        };
    }

    private long after(long begin) {
        if (months == 0) {
            return checked(begin, width);
        }
        // An offset of months or days moves the begin of a month to a place that depends on the month.
        long unmoved = DateArithmetic.addToTimestamp(begin, DateArithmetic.negate(offset));
        return DateArithmetic.addToTimestamp(beginOfMonth(monthOf(unmoved) + months), offset);
    }

    private static long checked(long a, long b) {
        try {
            return Calendar.checkTimestamp(Math.addExact(a, b));
        } catch (ArithmeticException e) {
            throw Failures.dateOutOfRange("timestamp");
        }
    }

    private long integer(long value) {
        try {
            return inRange(Math.addExact(origin, floor(Math.subtractExact(value, origin))));
        } catch (ArithmeticException e) {
            throw Failures.outOfRange(type.sqlName());
        }
    }

    /** The greatest multiple of the width that is not above. */
    private long floor(long distance) {
        return Math.multiplyExact(Math.floorDiv(distance, width), width);
    }

    private long inRange(long value) {
        boolean fits = switch (type) {
            case SMALLINT -> value == (short) value;
            case INTEGER -> value == (int) value;
            default -> true;
        };
        if (!fits) {
            throw Failures.outOfRange(type.sqlName());
        }
        return value;
    }

    private long zoned(long instant, ZoneId clocks) {
        long local = Calendar.toLocal(instant, clocks);
        long begin = shifted(local);
        long same = instant - (local - begin);
        // An hour that the clocks show twice is two hours.
        return width != 0 && width < MICROS_PER_DAY && Calendar.toLocal(same, clocks) == begin
                ? same
                : Math.min(instant, Calendar.toInstant(begin, clocks));
    }

    private long shifted(long micros) {
        if (offset.equals(NONE)) {
            return cut(micros);
        }
        long moved = DateArithmetic.addToTimestamp(micros, DateArithmetic.negate(offset));
        return DateArithmetic.addToTimestamp(cut(moved), offset);
    }

    private long cut(long micros) {
        if (months > 0) {
            return beginOfMonth(origin + Math.floorDiv(monthOf(micros) - origin, months) * (long) months);
        }
        try {
            return Calendar.checkTimestamp(Math.addExact(origin, floor(Math.subtractExact(micros, origin))));
        } catch (ArithmeticException e) {
            throw Failures.dateOutOfRange("timestamp");
        }
    }
}
