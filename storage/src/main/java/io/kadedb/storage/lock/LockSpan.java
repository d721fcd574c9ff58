package io.kadedb.storage.lock;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is locked: one logical key of a table, all keys of a range of them, or the table as a whole.
 *
 * @param begin the key, or the first of the range; empty for a table
 * @param end behind the range; null for a single key, empty for a table
 */
public record LockSpan(long tableId, byte[] begin, byte @Nullable [] end) {
    private static final byte[] WHOLE = {};

    public static LockSpan key(long tableId, byte[] key) {
        return new LockSpan(tableId, key, null);
    }

    public static LockSpan range(long tableId, byte[] begin, byte[] end) {
        return new LockSpan(tableId, begin, end);
    }

    /** A table with all it has and will have. */
    public static LockSpan table(long tableId) {
        return new LockSpan(tableId, WHOLE, WHOLE);
    }

    boolean isTable() {
        return end != null && end.length == 0;
    }

    boolean isKey() {
        return end == null;
    }

    /** Whether a key or range of the same table has a key in common with this. */
    boolean overlaps(LockSpan other) {
        return isTable() || other.isTable() || (!isBefore(other) && !other.isBefore(this));
    }

    private boolean isBefore(LockSpan other) {
        return end == null
                ? Arrays.compareUnsigned(begin, other.begin) < 0
                : Arrays.compareUnsigned(end, other.begin) <= 0;
    }

    /** Whether all of the other is in this. */
    boolean contains(LockSpan other) {
        if (end == null) {
            return other.end == null && Arrays.equals(begin, other.begin);
        }
        boolean endsInside = other.end == null
                ? Arrays.compareUnsigned(other.begin, end) < 0
                : Arrays.compareUnsigned(other.end, end) <= 0;
        return Arrays.compareUnsigned(begin, other.begin) <= 0 && endsInside;
    }
}
