package io.kadedb.executor.reference;

import io.kadedb.common.type.Interval;
import io.kadedb.planner.physical.PhysicalPlan.SortKey;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How values compare: {@code <} of PostgreSQL, text by code point. */
final class ValueOrder {
    private static final BigInteger DAY_MICROS = BigInteger.valueOf(86_400_000_000L);

    private ValueOrder() {}

    static int compare(Object a, Object b) {
        return switch (a) {
            case Boolean x -> x.compareTo((Boolean) b);
            case Long x -> x.compareTo((Long) b);
            case Double x -> floats(x, (Double) b);
            case BigDecimal x -> x.compareTo((BigDecimal) b);
            case String x ->
                Arrays.compareUnsigned(
                        x.getBytes(StandardCharsets.UTF_8), ((String) b).getBytes(StandardCharsets.UTF_8));
            case ByteBuffer x -> Arrays.compareUnsigned(bytes(x), bytes((ByteBuffer) b));
            case UUID x -> uuids(x, (UUID) b);
            case Interval x -> span(x).compareTo(span((Interval) b));
            default -> throw new IllegalArgumentException("no order of " + a.getClass());
        };
    }

    /** NaN is equal to itself and greater than all else; the zeros are equal. */
    private static int floats(double x, double y) {
        if (Double.isNaN(x) || Double.isNaN(y)) {
            return Boolean.compare(Double.isNaN(x), Double.isNaN(y));
        }
        return x < y ? -1 : x > y ? 1 : 0;
    }

    private static int uuids(UUID x, UUID y) {
        int high = Long.compareUnsigned(x.getMostSignificantBits(), y.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(x.getLeastSignificantBits(), y.getLeastSignificantBits());
    }

    /** A month counts 30 days, a day 24 hours. */
    private static BigInteger span(Interval interval) {
        return BigInteger.valueOf(30L * interval.months() + interval.days())
                .multiply(DAY_MICROS)
                .add(BigInteger.valueOf(interval.micros()));
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    /** As GROUP BY and IS NOT DISTINCT FROM see it: NULLs are equal. */
    static boolean same(@Nullable Object a, @Nullable Object b) {
        return (a == null || b == null) ? (a == null && b == null) : compare(a, b) == 0;
    }

    static boolean sameRows(List<@Nullable Object> a, List<@Nullable Object> b) {
        for (int i = 0; i < a.size(); i++) {
            if (!same(a.get(i), b.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether one of the rows is the same as another. */
    static boolean contains(List<List<@Nullable Object>> rows, List<@Nullable Object> wanted) {
        for (List<@Nullable Object> row : rows) {
            if (sameRows(wanted, row)) {
                return true;
            }
        }
        return false;
    }

    /** The order of ORDER BY. */
    static Comparator<List<@Nullable Object>> by(List<SortKey> keys) {
        return (a, b) -> {
            for (SortKey key : keys) {
                int order = compare(a.get(key.column()), b.get(key.column()), key);
                if (order != 0) {
                    return order;
                }
            }
            return 0;
        };
    }

    static int compare(@Nullable Object a, @Nullable Object b, SortKey key) {
        if (a == null || b == null) {
            return a == null && b == null ? 0 : (a == null) == key.nullsFirst() ? -1 : 1;
        }
        return key.descending() ? compare(b, a) : compare(a, b);
    }
}
