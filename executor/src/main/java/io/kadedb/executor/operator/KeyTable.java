package io.kadedb.executor.operator;

import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.executor.memory.Native;

/**
 * Numbers distinct keys of {@link KeyEncoder} words, 0, 1, 2, ... in the order they come. A dense array while keys are
 * integers of a small range; else linear probing at no more than half full. Belongs to one thread while keys are
 * added; lookups may then be shared.
 */
final class KeyTable implements AutoCloseable {
    /** A dense array this large is always worth it. */
    private static final long SMALL_RANGE = 1 << 16;

    private static final long LARGEST_RANGE = 1L << 28;
    /** A dense array may have so many slots a key. */
    private static final long SPARSITY = 8;

    private static final int FEW_KEYS = 4_096;
    private static final int LARGEST_TABLE = 1 << 29;
    private static final long FIBONACCI = 0x9E3779B97F4A7C15L;

    private final int width;
    /**
     * Dense: int32 {@code id + 1} by {@code key - base}. One word: pairs of key and {@code id + 1}. Several words: int64
     * of {@code hash32 << 32 | id + 1}.
     */
    private final NativeArray slots;
    /** The words of each id, if there are several. */
    private final NativeArray keys;

    private boolean dense;
    private long base;
    private long range;
    private int size;
    private int shift = 64;
    private int capacity;

    KeyTable(KeyLayout layout, MemoryPool memory) {
        this.width = layout.words();
        this.dense = layout.isInteger();
        this.slots = new NativeArray(memory);
        this.keys = new NativeArray(memory);
    }

    /** Distinct keys so far. */
    int size() {
        return size;
    }

    /** Prepares for so many further keys. */
    void reserve(int more) {
        if (!dense && (long) (size + more) * 2 > capacity) {
            rehash(size + more);
        }
    }

    /** Prepares an empty table for integer keys that are known to lie in a range. */
    void expect(long least, long most, int expectedKeys) {
        long needed = most - least + 1;
        if (dense && needed > 0 && needed <= Math.max(SMALL_RANGE, Math.min(LARGEST_RANGE, SPARSITY * expectedKeys))) {
            empty(4 * needed);
            base = least;
            range = needed;
        } else {
            dense = false;
            allocate(expectedKeys);
        }
    }

    /**
     * The numbers of keys, new ones for new keys.
     *
     * @param added where the positions (of {@code 0..count-1}) of new keys are written
     * @return how many were new
     */
    int findOrAdd(long[][] words, int count, int[] ids, int[] added) {
        if (dense && !makeRoom(words[0], count)) {
            leaveDense(count);
        }
        if (dense) {
            return addDense(words[0], count, ids, added);
        }
        reserve(count);
        return width == 1 ? addSingle(words[0], count, ids, added) : addWide(words, count, ids, added);
    }

    /** The numbers of keys, -1 for those that are not there. */
    void find(long[][] words, int count, int[] ids) {
        if (dense) {
            findDense(words[0], count, ids);
        } else if (capacity == 0) {
            java.util.Arrays.fill(ids, 0, count, -1);
        } else if (width == 1) {
            findSingle(words[0], count, ids);
        } else {
            findWide(words, count, ids);
        }
    }

    /** Makes the dense array cover the keys; false if it would be too large. */
    private boolean makeRoom(long[] words, int count) {
        if (count == 0) {
            return true;
        }
        long least = range == 0 ? words[0] : base;
        long most = range == 0 ? words[0] : base + range - 1;
        for (int i = 0; i < count; i++) {
            least = Math.min(least, words[i]);
            most = Math.max(most, words[i]);
        }
        long needed = most - least + 1;
        if (needed == range && range > 0) {
            return true;
        }
        if (needed <= 0 || needed > Math.max(SMALL_RANGE, Math.min(LARGEST_RANGE, SPARSITY * ((long) size + count)))) {
            return false;
        }
        growDense(least, most, needed);
        return true;
    }

    private void growDense(long least, long most, long needed) {
        // Keys often come in ascending order: room is left above, so that not every batch copies the array.
        long newRange = Math.min(Long.MAX_VALUE - most > needed ? needed * 2 : needed, LARGEST_RANGE + needed);
        if (range > 0) {
            int[] old = new int[(int) range];
            for (int i = 0; i < old.length; i++) {
                old[i] = Native.getInt(slots.address() + 4L * i);
            }
            empty(4 * newRange);
            for (int i = 0; i < old.length; i++) {
                Native.putInt(slots.address() + 4 * (base - least + i), old[i]);
            }
        } else {
            empty(4 * newRange);
        }
        base = least;
        range = newRange;
    }

    private void leaveDense(int more) {
        dense = false;
        int n = (int) range;
        long[] oldKeys = new long[size];
        int[] oldIds = new int[size];
        int kept = 0;
        for (int i = 0; i < n; i++) {
            int id = Native.getInt(slots.address() + 4L * i);
            if (id != 0) {
                oldKeys[kept] = base + i;
                oldIds[kept++] = id;
            }
        }
        allocate(size + more);
        for (int i = 0; i < kept; i++) {
            putSingle(oldKeys[i], oldIds[i]);
        }
    }

    private int addDense(long[] words, int count, int[] ids, int[] added) {
        long table = slots.address();
        long first = base;
        int fresh = 0;
        for (int i = 0; i < count; i++) {
            long at = table + 4 * (words[i] - first);
            int id = Native.getInt(at);
            if (id == 0) {
                id = ++size;
                Native.putInt(at, id);
                added[fresh++] = i;
            }
            ids[i] = id - 1;
        }
        return fresh;
    }

    private void findDense(long[] words, int count, int[] ids) {
        long table = slots.address();
        long first = base;
        long limit = range;
        for (int i = 0; i < count; i++) {
            long at = words[i] - first;
            ids[i] = at >= 0 && at < limit ? Native.getInt(table + 4 * at) - 1 : -1;
        }
    }

    private static long hash(long key) {
        return (key ^ key >>> 32) * FIBONACCI;
    }

    private int addSingle(long[] words, int count, int[] ids, int[] added) {
        long table = slots.address();
        int mask = capacity - 1;
        int fresh = 0;
        for (int i = 0; i < count; i++) {
            long key = words[i];
            int at = (int) (hash(key) >>> shift);
            int id;
            while (true) {
                long slot = table + 16L * at;
                id = (int) Native.getLong(slot + 8);
                if (id == 0) {
                    id = ++size;
                    Native.putLong(slot, key);
                    Native.putLong(slot + 8, id);
                    added[fresh++] = i;
                    break;
                }
                if (Native.getLong(slot) == key) {
                    break;
                }
                at = at + 1 & mask;
            }
            ids[i] = id - 1;
        }
        return fresh;
    }

    private void findSingle(long[] words, int count, int[] ids) {
        long table = slots.address();
        int mask = capacity - 1;
        for (int i = 0; i < count; i++) {
            long key = words[i];
            int at = (int) (hash(key) >>> shift);
            int id;
            while (true) {
                long slot = table + 16L * at;
                id = (int) Native.getLong(slot + 8);
                if (id == 0 || Native.getLong(slot) == key) {
                    break;
                }
                at = at + 1 & mask;
            }
            ids[i] = id - 1;
        }
    }

    private int wideHash(long[][] words, int i) {
        long hash = words[0][i];
        for (int w = 1; w < width; w++) {
            hash = Native.mix(hash) ^ words[w][i];
        }
        return (int) (hash(hash ^ hash >>> 29) >>> 32);
    }

    private boolean sameKey(long[][] words, int i, int id) {
        long key = keys.address() + 8L * width * id;
        for (int w = 0; w < width; w++) {
            if (Native.getLong(key + 8L * w) != words[w][i]) {
                return false;
            }
        }
        return true;
    }

    private int addWide(long[][] words, int count, int[] ids, int[] added) {
        keys.ensure(8L * width * ((long) size + count));
        long table = slots.address();
        int mask = capacity - 1;
        int fresh = 0;
        for (int i = 0; i < count; i++) {
            int hash = wideHash(words, i);
            int at = hash & mask;
            int id;
            while (true) {
                long slot = Native.getLong(table + 8L * at);
                id = (int) slot;
                if (id == 0) {
                    long key = keys.address() + 8L * width * size;
                    for (int w = 0; w < width; w++) {
                        Native.putLong(key + 8L * w, words[w][i]);
                    }
                    id = ++size;
                    Native.putLong(table + 8L * at, (long) hash << 32 | id);
                    added[fresh++] = i;
                    break;
                }
                if ((int) (slot >>> 32) == hash && sameKey(words, i, id - 1)) {
                    break;
                }
                at = at + 1 & mask;
            }
            ids[i] = id - 1;
        }
        return fresh;
    }

    private void findWide(long[][] words, int count, int[] ids) {
        long table = slots.address();
        int mask = capacity - 1;
        for (int i = 0; i < count; i++) {
            int hash = wideHash(words, i);
            int at = hash & mask;
            int id;
            while (true) {
                long slot = Native.getLong(table + 8L * at);
                id = (int) slot;
                if (id == 0 || ((int) (slot >>> 32) == hash && sameKey(words, i, id - 1))) {
                    break;
                }
                at = at + 1 & mask;
            }
            ids[i] = id - 1;
        }
    }

    private void allocate(int keysWanted) {
        // Few keys are searched for by many rows, most of which should find an empty slot at once.
        long wanted = Math.max(64, (keysWanted < FEW_KEYS ? 16L : 2L) * keysWanted);
        long rounded = Long.highestOneBit(wanted - 1) << 1;
        if (rounded > LARGEST_TABLE) {
            throw KadeException.of(ErrorCode.OUT_OF_MEMORY, "too many distinct keys for one hash table");
        }
        empty((width == 1 ? 16L : 8L) * rounded);
        capacity = (int) rounded;
        shift = 64 - Integer.numberOfTrailingZeros(capacity);
    }

    /**
     * Makes the table empty and so large. The old memory is gone first: when there is none for the new, the table has no
     * slots, so that another worker that comes before it hears of the failure stays within memory.
     */
    private void empty(long bytes) {
        range = 0;
        capacity = 0;
        slots.reset(bytes);
    }

    private void putSingle(long key, long id) {
        int mask = capacity - 1;
        int at = (int) (hash(key) >>> shift);
        long table = slots.address();
        while (Native.getLong(table + 16L * at + 8) != 0) {
            at = at + 1 & mask;
        }
        Native.putLong(table + 16L * at, key);
        Native.putLong(table + 16L * at + 8, id);
    }

    private void rehash(int keysWanted) {
        long oldTable = slots.address();
        int oldCapacity = capacity;
        if (width == 1) {
            long[] oldKeys = new long[size];
            int[] oldIds = new int[size];
            int n = 0;
            for (int i = 0; i < oldCapacity; i++) {
                int id = (int) Native.getLong(oldTable + 16L * i + 8);
                if (id != 0) {
                    oldKeys[n] = Native.getLong(oldTable + 16L * i);
                    oldIds[n++] = id;
                }
            }
            allocate(Math.max(keysWanted, size * 2));
            for (int i = 0; i < n; i++) {
                putSingle(oldKeys[i], oldIds[i]);
            }
            return;
        }
        long[] old = new long[size];
        int n = 0;
        for (int i = 0; i < oldCapacity; i++) {
            long slot = Native.getLong(oldTable + 8L * i);
            if (slot != 0) {
                old[n++] = slot;
            }
        }
        allocate(Math.max(keysWanted, size * 2));
        int mask = capacity - 1;
        for (int i = 0; i < n; i++) {
            int at = (int) (old[i] >>> 32) & mask;
            while (Native.getLong(slots.address() + 8L * at) != 0) {
                at = at + 1 & mask;
            }
            Native.putLong(slots.address() + 8L * at, old[i]);
        }
    }

    @Override
    public void close() {
        slots.close();
        keys.close();
    }
}
