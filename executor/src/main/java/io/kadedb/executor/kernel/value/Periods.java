package io.kadedb.executor.kernel.value;

import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.planner.physical.ScalarFunction;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether two periods share a time. Each has two ends in either order, or one and its length; it is without its end, but that
 * one of no length is its one time. NULL where that is not known, of which one end may be NULL: as PostgreSQL has it
 * ({@code overlaps_timestamp}).
 */
final class Periods {
    private Periods() {}

    static @Nullable RowFunction bind(List<SqlType> args, ZoneId zone) {
        RowFunction first = end(args.subList(0, 2), zone);
        RowFunction second = end(args.subList(2, 4), zone);
        return first == null || second == null
                ? null
                : values -> overlap(
                        Period.of(values[0], first.apply(new @Nullable Object[] {values[0], values[1]})),
                        Period.of(values[2], second.apply(new @Nullable Object[] {values[2], values[3]})));
    }

    /** The second end of a period. */
    private static @Nullable RowFunction end(List<SqlType> period, ZoneId zone) {
        if (period.get(1).id() != TypeId.INTERVAL) {
            return values -> values[1];
        }
        RowFunction sum = Arithmetic.bind(ScalarFunction.ADD, period, period.getFirst(), zone);
        return sum == null ? null : values -> values[0] == null || values[1] == null ? null : sum.apply(values);
    }

    /** A period with its ends in order; the second may not be known. */
    private record Period(long start, @Nullable Long end) {
        static @Nullable Period of(@Nullable Object one, @Nullable Object other) {
            if (one == null || other == null) {
                Object known = one == null ? other : one;
                return known == null ? null : new Period((long) known, null);
            }
            return new Period(Math.min((long) one, (long) other), Math.max((long) one, (long) other));
        }
    }

    private static @Nullable Boolean overlap(@Nullable Period a, @Nullable Period b) {
        if (a == null || b == null) {
            return null;
        }
        if (a.start == b.start) {
            return (a.end == null || b.end == null) ? null : Boolean.TRUE;
        }
        return a.start < b.start ? reaches(a, b) : reaches(b, a);
    }

    /** Whether the earlier of two periods reaches into the later one. */
    private static @Nullable Boolean reaches(Period earlier, Period later) {
        if (earlier.end == null) {
            return null;
        }
        if (later.start < earlier.end) {
            return true;
        }
        return later.end == null ? null : Boolean.FALSE;
    }
}
