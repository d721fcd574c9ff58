package io.kadedb.executor.operator;

import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.executor.memory.Native;

/**
 * Turns byte strings into 64-bit words that are equal exactly when the strings are: up to seven bytes are the word
 * itself, longer ones get a number. Lookups may be shared by threads once nothing is added any more.
 */
final class TextInterner implements AutoCloseable {
    /** The word of NULL. */
    static final long NULL_WORD = 0xFE00000000000000L;
    /** The word of a string that is not there; no string has it. */
    static final long ABSENT_WORD = 0xFD00000000000000L;

    private static final long NUMBER_TAG = 0xFF00000000000000L;
    private static final int INLINE = 7;

    /** Slots of {@code hash32 << 32 | number + 1}. */
    private final NativeArray slots;
    /** The address-independent place of each string: offset << 32 would limit them, so two longs: offset, length. */
    private final NativeArray places;

    private final NativeArray heap;
    private long heapBytes;
    private int size;
    private int mask;

    TextInterner(MemoryPool memory) {
        slots = new NativeArray(memory);
        places = new NativeArray(memory);
        heap = new NativeArray(memory);
    }

    /** The word of a string, which is added if it is new. */
    long intern(long address, int length) {
        return length <= INLINE ? inline(address, length) : number(address, length, true);
    }

    /** The word of a string, or {@link #ABSENT_WORD}. */
    long find(long address, int length) {
        return length <= INLINE ? inline(address, length) : number(address, length, false);
    }

    private static long inline(long address, int length) {
        long word = (long) length << 56;
        for (int i = 0; i < length; i++) {
            word |= (Native.getByte(address + i) & 0xFFL) << (8 * i);
        }
        return word;
    }

    private long number(long address, int length, boolean add) {
        if (add && size * 2 >= mask) {
            grow();
        }
        if (mask == 0 && !add) {
            return ABSENT_WORD;
        }
        int hash = (int) (Native.hash(address, length) >>> 32);
        long table = slots.address();
        for (int at = hash & mask; ; at = at + 1 & mask) {
            long slot = Native.getLong(table + 8L * at);
            if (slot == 0) {
                return add ? NUMBER_TAG | insert(at, hash, address, length) : ABSENT_WORD;
            }
            if ((int) (slot >>> 32) == hash) {
                int number = (int) slot - 1;
                long place = places.address() + 16L * number;
                if (Native.getLong(place + 8) == length
                        && Native.equal(heap.address() + Native.getLong(place), address, length)) {
                    return NUMBER_TAG | number;
                }
            }
        }
    }

    private int insert(int at, int hash, long address, int length) {
        heap.ensure(heapBytes + length);
        Native.copy(address, heap.address() + heapBytes, length);
        places.ensure(16L * (size + 1));
        Native.putLong(places.address() + 16L * size, heapBytes);
        Native.putLong(places.address() + 16L * size + 8, length);
        heapBytes += length;
        Native.putLong(slots.address() + 8L * at, (long) hash << 32 | size + 1);
        return size++;
    }

    private void grow() {
        int capacity = Math.max(64, (mask + 1) * 2);
        if (capacity > 1 << 29 || capacity < 0) {
            throw KadeException.of(ErrorCode.OUT_OF_MEMORY, "too many distinct texts for one hash table");
        }
        NativeArray old = slots;
        int oldCapacity = mask == 0 ? 0 : mask + 1;
        long[] kept = new long[size];
        int n = 0;
        for (int i = 0; i < oldCapacity; i++) {
            long slot = Native.getLong(old.address() + 8L * i);
            if (slot != 0) {
                kept[n++] = slot;
            }
        }
        // Without memory for the new slots there are none.
        mask = 0;
        slots.reset(8L * capacity);
        mask = capacity - 1;
        long table = slots.address();
        for (int i = 0; i < n; i++) {
            int to = (int) (kept[i] >>> 32) & mask;
            while (Native.getLong(table + 8L * to) != 0) {
                to = to + 1 & mask;
            }
            Native.putLong(table + 8L * to, kept[i]);
        }
    }

    @Override
    public void close() {
        slots.close();
        places.close();
        heap.close();
    }
}
