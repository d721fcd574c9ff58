package io.kadedb.executor.kernel.value;

import io.kadedb.common.type.Interval;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.UUID;

/** The order of two values of one type, neither NULL. */
public final class ValueOrder {
    private ValueOrder() {}

    public static int compare(Object a, Object b) {
        return switch (a) {
            case Boolean x -> x.compareTo((Boolean) b);
            case Long x -> x.compareTo((Long) b);
            // Adding 0.0 turns -0 into 0; compareTo puts NaN last and equal to itself, as PostgreSQL does.
            case Double x -> Double.compare(x + 0.0, (Double) b + 0.0);
            case BigDecimal x -> x.compareTo((BigDecimal) b);
            case String x -> compareText(x, (String) b);
            case Interval x -> compareIntervals(x, (Interval) b);
            case UUID x -> compareUuids(x, (UUID) b);
            case ByteBuffer x -> compareBytes(x, (ByteBuffer) b);
            default -> throw new IllegalArgumentException("no order for " + a.getClass());
        };
    }

    /** By code point: UTF-16 units would put those beyond the basic plane too early. */
    private static int compareText(String a, String b) {
        int i = 0;
        while (i < a.length() && i < b.length()) {
            int x = a.codePointAt(i);
            int y = b.codePointAt(i);
            if (x != y) {
                return Integer.compare(x, y);
            }
            i += Character.charCount(x);
        }
        return Integer.compare(a.length(), b.length());
    }

    private static int compareIntervals(Interval a, Interval b) {
        int days = Long.compare(days(a), days(b));
        return days != 0
                ? days
                : Long.compare(
                        Math.floorMod(a.micros(), Calendar.MICROS_PER_DAY),
                        Math.floorMod(b.micros(), Calendar.MICROS_PER_DAY));
    }

    private static long days(Interval interval) {
        return interval.months() * 30L + interval.days() + Math.floorDiv(interval.micros(), Calendar.MICROS_PER_DAY);
    }

    private static int compareUuids(UUID a, UUID b) {
        int high = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
    }

    private static int compareBytes(ByteBuffer a, ByteBuffer b) {
        int mismatch = a.mismatch(b);
        if (mismatch < 0 || mismatch >= Math.min(a.remaining(), b.remaining())) {
            return Integer.compare(a.remaining(), b.remaining());
        }
        return Byte.compareUnsigned(a.get(a.position() + mismatch), b.get(b.position() + mismatch));
    }
}
