package io.kadedb.common.type;

import java.util.Optional;

/**
 * The dates and timestamps before and after all others, {@code -infinity} and {@code infinity}: the ends of the range of
 * the numbers that stand for times, so that they sort and are stored as all others are.
 */
public final class InfiniteTimes {
    /** The day that is {@code infinity}. */
    public static final long LAST_DAY = Integer.MAX_VALUE;
    /** The day that is {@code -infinity}. */
    public static final long FIRST_DAY = Integer.MIN_VALUE;
    /** The microseconds that are {@code infinity}. */
    public static final long LAST_MICROS = Long.MAX_VALUE;
    /** The microseconds that are {@code -infinity}. */
    public static final long FIRST_MICROS = Long.MIN_VALUE;

    private InfiniteTimes() {}

    /** Whether a count of days since 1970 is infinite. */
    public static boolean isInfiniteDay(long days) {
        return days == LAST_DAY || days == FIRST_DAY;
    }

    /** Whether a count of microseconds since 1970 is infinite. */
    public static boolean isInfinite(long micros) {
        return micros == LAST_MICROS || micros == FIRST_MICROS;
    }

    /** Whether a value is an infinite date or timestamp. */
    public static boolean isInfinite(TypeId type, long value) {
        return switch (type) {
            case DATE -> isInfiniteDay(value);
            case TIMESTAMP, TIMESTAMPTZ -> isInfinite(value);
            default -> false;
        };
    }

    /** The infinite value of a type that a text names, in lower case. */
    public static Optional<Long> named(TypeId type, String text) {
        boolean late = text.equals("infinity") || text.equals("+infinity");
        if ((!late && !text.equals("-infinity"))
                || (type != TypeId.DATE && type != TypeId.TIMESTAMP && type != TypeId.TIMESTAMPTZ)) {
            return Optional.empty();
        }
        return Optional.of(infinite(type, late));
    }

    /** The infinite value of a type. */
    public static long infinite(TypeId type, boolean late) {
        return type == TypeId.DATE ? (late ? LAST_DAY : FIRST_DAY) : late ? LAST_MICROS : FIRST_MICROS;
    }

    /** The name of an infinite value. */
    public static String text(long value) {
        return value > 0 ? "infinity" : "-infinity";
    }
}
