package io.kadedb.storage.lock;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is locked: one logical key of a table, or all keys of a range of them.
 *
 * @param begin the key, or the first of the range
 * @param end behind the range; null for a single key
 */
public record LockSpan(long tableId, byte[] begin, byte @Nullable [] end) {
    public static LockSpan key(long tableId, byte[] key) {
        return new LockSpan(tableId, key, null);
    }

    public static LockSpan range(long tableId, byte[] begin, byte[] end) {
        return new LockSpan(tableId, begin, end);
    }

    boolean isKey() {
        return end == null;
    }

    /** Whether a key or range of the same table has a key in common with this. */
    boolean overlaps(LockSpan other) {
        return !isBefore(other) && !other.isBefore(this);
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
