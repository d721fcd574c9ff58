package io.kadedb.common.catalog;

import io.kadedb.common.type.Interval;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a table's rows are divided by ranges of one column, all of the same width. A partition is a number that follows from a
 * row's value; partitions are numbered in their order, and there is one as long as it has rows. Days and times are counted
 * from Monday, 3 January 2000, in UTC, months from January 2000, numbers from 0: as {@code time_bucket} does.
 *
 * @param columnId of the column: DATE, TIMESTAMP, TIMESTAMPTZ or BIGINT, never NULL
 * @param months whether the width is in months; else it is in units of the stored column: days, microseconds, or one
 * @param width at least 1
 * @param retention how long a partition is kept after its end
 */
public record RangePartitioning(int columnId, boolean months, long width, Optional<Interval> retention) {
    private static final long MICROS_PER_DAY = 86_400_000_000L;
    /** Of Monday, 3 January 2000. */
    private static final long FIRST_DAY = 10_959;
    /** Of January 2000, in months from the year 0. */
    private static final long FIRST_MONTH = 24_000;

    public RangePartitioning {
        if (width < 1) {
            throw new IllegalArgumentException("partitions of width " + width);
        }
    }

    public RangePartitioning withRetention(Optional<Interval> kept) {
        return new RangePartitioning(columnId, months, width, kept);
    }

    /** The partition of a value as columns hold it. Greater values are in the same partition or in a greater one. */
    public long partition(SqlType type, long value) {
        return months
                ? Math.floorDiv(month(day(type, value)) - FIRST_MONTH, width)
                : Math.floorDiv(saturatedMinus(value, origin(type)), width);
    }

    /** The least value of a partition; empty if nothing of the type is less. */
    public OptionalLong start(SqlType type, long partition) {
        long least = type.id() == TypeId.DATE ? Integer.MIN_VALUE : Long.MIN_VALUE;
        if (partition <= partition(type, least)) {
            return OptionalLong.empty();
        }
        if (!months) {
            return OptionalLong.of(partition * width + origin(type));
        }
        long month = partition * width + FIRST_MONTH;
        long day = LocalDate.of(Math.toIntExact(Math.floorDiv(month, 12)), Math.floorMod(month, 12) + 1, 1)
                .toEpochDay();
        return OptionalLong.of(type.id() == TypeId.DATE ? day : day * MICROS_PER_DAY);
    }

    /** The least value behind a partition; empty if nothing of the type is greater. */
    public OptionalLong end(SqlType type, long partition) {
        long greatest = type.id() == TypeId.DATE ? Integer.MAX_VALUE : Long.MAX_VALUE;
        return partition >= partition(type, greatest) ? OptionalLong.empty() : start(type, partition + 1);
    }

    /**
     * The first partition that is kept at a time: those before it ended longer ago than the retention. Empty without one.
     *
     * @param type of the column, which has days or times
     * @param epochMicros the time
     */
    public OptionalLong firstKept(SqlType type, long epochMicros) {
        if (retention.isEmpty()) {
            return OptionalLong.empty();
        }
        Interval kept = retention.get();
        long end = LocalDate.ofEpochDay(Math.floorDiv(epochMicros, MICROS_PER_DAY))
                                .minusMonths(kept.months())
                                .minusDays(kept.days())
                                .toEpochDay()
                        * MICROS_PER_DAY
                + Math.floorMod(epochMicros, MICROS_PER_DAY)
                - kept.micros();
        return OptionalLong.of(partition(type, type.id() == TypeId.DATE ? Math.floorDiv(end, MICROS_PER_DAY) : end));
    }

    private static long day(SqlType type, long value) {
        return type.id() == TypeId.DATE ? value : Math.floorDiv(value, MICROS_PER_DAY);
    }

    private static long month(long epochDay) {
        LocalDate date = LocalDate.ofEpochDay(epochDay);
        return date.getYear() * 12L + date.getMonthValue() - 1;
    }

    private static long origin(SqlType type) {
        return switch (type.id()) {
            case SMALLINT, INTEGER, BIGINT -> 0;
            case DATE -> FIRST_DAY;
            default -> FIRST_DAY * MICROS_PER_DAY;
        };
    }

    /** What is too small for the type is the least: it is in the first partition anyway. */
    private static long saturatedMinus(long a, long b) {
        long difference = a - b;
        return ((a ^ b) & (a ^ difference)) < 0 ? Long.MIN_VALUE : difference;
    }
}
