package io.kadedb.planner.continuous;

import io.kadedb.common.catalog.RangePartitioning;
import io.kadedb.common.type.Interval;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import java.util.Optional;

/** The ranges that {@code time_bucket} of a width makes of a column, counted from where it counts by default. */
public final class BucketWidth {
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private BucketWidth() {}

    /**
     * The ranges; empty if a width makes none.
     *
     * @param columnId of the column
     * @param width as a plan's literals have it: an interval or a number
     */
    public static Optional<RangePartitioning> ranges(int columnId, SqlType type, Object width) {
        boolean months = width instanceof Interval interval && interval.months() != 0;
        long units = switch (width) {
            case Interval interval
            when months -> interval.days() == 0 && interval.micros() == 0 ? interval.months() : 0;
            case Interval interval -> units(type, interval.days() * MICROS_PER_DAY + interval.micros());
            case Number number -> number.longValue();
            default -> 0;
        };
        return units > 0
                ? Optional.of(new RangePartitioning(columnId, months, units, Optional.empty()))
                : Optional.empty();
    }

    private static long units(SqlType type, long micros) {
        if (type.id() != TypeId.DATE) {
            return micros;
        }
        return micros % MICROS_PER_DAY == 0 ? micros / MICROS_PER_DAY : 0;
    }
}
