package io.kadedb.executor.operator;

import io.kadedb.common.data.MemoryPool;
import io.kadedb.executor.memory.Native;
import java.util.Arrays;

/**
 * Numbers distinct integers of a known range like {@link KeyTable}, when all of them are there before the first is
 * looked for: a bit for each integer of the range, and the count of the bits before each word of them (the rank index of
 * succinct data structures, Jacobson 1989). Much smaller than a hash table where the range is at most some hundred times
 * the keys, so that probes stay in the cache; whether a key is there costs one bit. Built by {@link #mark}, {@link
 * #seal}, {@link #number}, in this order, by one thread; then read by many.
 */
final class RankedKeys implements AutoCloseable {
    /** Bits a key that may be spent: as many as a hash table needs at its fullest. */
    private static final long SPARSITY = 256;

    private static final long SMALL_RANGE = 1 << 18;
    private static final long LARGEST_RANGE = 1L << 32;

    private final long base;
    private final long range;
    /** A bit for each key; one word more than the range has, all zero, for keys outside. */
    private final NativeArray bits;
    /** int32 for each word: how many bits are set in those before. */
    private final NativeArray counts;
    /** int32 for each rank: the key's number + 1. */
    private final NativeArray numbers;

    private int distinct;
    private int size;
    private boolean ascending = true;

    RankedKeys(long least, long most, MemoryPool memory) {
        base = least;
        range = most - least + 1;
        bits = new NativeArray(memory);
        counts = new NativeArray(memory);
        numbers = new NativeArray(memory);
        bits.ensure(8 * (words() + 1));
    }

    /** Whether so many keys of a range are better ranked than hashed. */
    static boolean suits(long least, long most, long keys) {
        long needed = most - least + 1;
        return needed > 0 && needed <= Math.max(SMALL_RANGE, Math.min(LARGEST_RANGE, SPARSITY * keys));
    }

    private long words() {
        return (range + 63) >>> 6;
    }

    /** Notes keys, which lie in the range. */
    void mark(long[] keys, int count) {
        long at = bits.address();
        for (int i = 0; i < count; i++) {
            long key = keys[i] - base;
            long word = at + (key >>> 6 << 3);
            Native.putLong(word, Native.getLong(word) | 1L << key);
        }
    }

    /** Counts the keys, when all are marked. */
    void seal() {
        long words = words();
        counts.ensure(4 * (words + 1));
        int before = 0;
        for (long w = 0; w < words; w++) {
            Native.putInt(counts.address() + 4 * w, before);
            before += Long.bitCount(Native.getLong(bits.address() + 8 * w));
        }
        Native.putInt(counts.address() + 4 * words, before);
        distinct = before;
        numbers.ensure(4L * Math.max(1, distinct));
    }

    /** Numbers keys in the order they come first. All marked ones have to come. */
    void number(long[] keys, int count, int[] ids) {
        if (ranksAreNumbers()) {
            for (int i = 0; i < count; i++) {
                ids[i] = rank(keys[i] - base);
            }
            return;
        }
        for (int i = 0; i < count; i++) {
            int rank = rank(keys[i] - base);
            long at = numbers.address() + 4L * rank;
            int id = Native.getInt(at);
            if (id == 0) {
                ascending &= rank == size;
                id = ++size;
                Native.putInt(at, id);
            }
            ids[i] = id - 1;
        }
        if (ranksAreNumbers()) {
            numbers.close();
        }
    }

    private boolean ranksAreNumbers() {
        return ascending && size == distinct;
    }

    private int rank(long key) {
        long word = key >>> 6;
        long below = Native.getLong(bits.address() + 8 * word) & (1L << key) - 1;
        return Native.getInt(counts.address() + 4 * word) + Long.bitCount(below);
    }

    /** Distinct keys. */
    int size() {
        return size;
    }

    /**
     * Keeps the keys that are there.
     *
     * @param positions where their positions (of {@code 0..count-1}) are written
     * @return how many
     */
    int keep(long[] keys, int count, int[] positions) {
        long at = bits.address();
        long first = base;
        long outside = words() << 6;
        int kept = 0;
        for (int i = 0; i < count; i++) {
            long key = keys[i] - first;
            key = key >= 0 && key < outside ? key : outside;
            positions[kept] = i;
            kept += (int) (Native.getLong(at + (key >>> 6 << 3)) >>> key & 1);
        }
        return kept;
    }

    /**
     * The numbers of keys, -1 for those that are not there.
     *
     * @param positions overwritten
     */
    void find(long[] keys, int count, int[] ids, int[] positions) {
        int kept = keep(keys, count, positions);
        if (kept < count) {
            Arrays.fill(ids, 0, count, -1);
        }
        boolean ranked = ranksAreNumbers();
        long numbered = numbers.address();
        for (int i = 0; i < kept; i++) {
            int position = positions[i];
            int rank = rank(keys[position] - base);
            ids[position] = ranked ? rank : Native.getInt(numbered + 4L * rank) - 1;
        }
    }

    @Override
    public void close() {
        bits.close();
        counts.close();
        numbers.close();
    }
}
