package io.kadedb.executor.kernel;

import static io.kadedb.common.data.ColumnVector.FLOAT32;
import static io.kadedb.common.data.ColumnVector.FLOAT64;
import static io.kadedb.common.data.ColumnVector.INT16;
import static io.kadedb.common.data.ColumnVector.INT32;
import static io.kadedb.common.data.ColumnVector.INT64;

import io.kadedb.common.data.ColumnVector;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * 64-bit hashes of one or several key columns. Values that SQL calls equal (NULL to NULL too) have equal hashes when
 * their types are the same, dictionary-encoded or not. All bits are well mixed. The hashes of dictionaries are
 * remembered, so an instance belongs to one thread.
 */
public final class Hashing {
    private static final long SEED = 0x9E3779B97F4A7C15L;
    private static final long MULTIPLIER = 0xD6E8FEB86659FD93L;
    private static final long NULL_HASH = 0x2545F4914F6CDD1DL;

    private final @Nullable ColumnVector[] knownDictionaries;
    private final long[][] dictionaryHashes;
    private long[] values = new long[0];

    /** For keys of so many columns. */
    public Hashing(int keyColumns) {
        knownDictionaries = new ColumnVector[keyColumns];
        dictionaryHashes = new long[keyColumns][];
    }

    /**
     * Writes the hash of the i-th selected row to {@code out[i]}.
     *
     * @param selection row numbers, or null for the first {@code count} rows
     */
    public void hash(ColumnVector[] keys, int @Nullable [] selection, int count, long[] out) {
        if (values.length < count) {
            values = new long[Math.max(count, 2 * values.length)];
        }
        java.util.Arrays.fill(out, 0, count, SEED);
        for (int k = 0; k < keys.length; k++) {
            column(keys[k], k, selection, count, values);
            for (int i = 0; i < count; i++) {
                out[i] = mix(out[i] ^ values[i]);
            }
        }
    }

    /** The hash of one value of a one-column key. */
    public static long hashLong(long value) {
        return mix(SEED ^ mix(value));
    }

    /** Spreads every bit over all bits. */
    public static long mix(long value) {
        long h = (value ^ value >>> 32) * MULTIPLIER;
        h = (h ^ h >>> 32) * MULTIPLIER;
        return h ^ h >>> 32;
    }

    private void column(ColumnVector key, int index, int @Nullable [] selection, int count, long[] out) {
        ColumnVector dictionary = key.dictionary();
        if (dictionary == null) {
            plain(key, selection, count, out);
        } else {
            codes(key, dictionaryHashes(dictionary, index), selection, count, out);
            return;
        }
        MemorySegment validity = key.validity();
        if (validity != null) {
            for (int i = 0; i < count; i++) {
                if (!ColumnVector.bit(validity, selection == null ? i : selection[i])) {
                    out[i] = NULL_HASH;
                }
            }
        }
    }

    private long[] dictionaryHashes(ColumnVector dictionary, int index) {
        long[] hashes = dictionaryHashes[index];
        if (!Dictionaries.same(knownDictionaries[index], dictionary)) {
            if (hashes == null || hashes.length < dictionary.length()) {
                hashes = new long[dictionary.length()];
                dictionaryHashes[index] = hashes;
            }
            plain(dictionary, null, dictionary.length(), hashes);
            knownDictionaries[index] = dictionary;
        }
        return hashes;
    }

    private static void codes(ColumnVector key, long[] hashes, int @Nullable [] selection, int count, long[] out) {
        MemorySegment data = key.data();
        MemorySegment validity = key.validity();
        for (int i = 0; i < count; i++) {
            int row = selection == null ? i : selection[i];
            out[i] = validity != null && !ColumnVector.bit(validity, row)
                    ? NULL_HASH
                    : hashes[data.get(INT32, 4L * row)];
        }
    }

    private static void plain(ColumnVector key, int @Nullable [] selection, int count, long[] out) {
        MemorySegment data = key.data();
        switch (key.type().layout()) {
            case BIT -> {
                for (int i = 0; i < count; i++) {
                    out[i] = mix(ColumnVector.bit(data, selection == null ? i : selection[i]) ? 1 : 0);
                }
            }
            case INT16 -> {
                for (int i = 0; i < count; i++) {
                    out[i] = mix(data.get(INT16, 2L * (selection == null ? i : selection[i])));
                }
            }
            case INT32 -> {
                for (int i = 0; i < count; i++) {
                    out[i] = mix(data.get(INT32, 4L * (selection == null ? i : selection[i])));
                }
            }
            case INT64 -> {
                for (int i = 0; i < count; i++) {
                    out[i] = mix(data.get(INT64, 8L * (selection == null ? i : selection[i])));
                }
            }
            case FLOAT32 -> {
                for (int i = 0; i < count; i++) {
                    out[i] = mix(OrderKeys.of(data.get(FLOAT32, 4L * (selection == null ? i : selection[i]))));
                }
            }
            case FLOAT64 -> {
                for (int i = 0; i < count; i++) {
                    out[i] = mix(OrderKeys.of(data.get(FLOAT64, 8L * (selection == null ? i : selection[i]))));
                }
            }
            case INT128, BYTES16 -> {
                for (int i = 0; i < count; i++) {
                    long at = 16L * (selection == null ? i : selection[i]);
                    out[i] = mix(mix(data.get(INT64, at)) ^ data.get(INT64, at + 8));
                }
            }
            case INTERVAL -> intervals(data, selection, count, out);
            case VARBYTES -> text(key, selection, count, out);
        }
    }

    private static void intervals(MemorySegment data, int @Nullable [] selection, int count, long[] out) {
        for (int i = 0; i < count; i++) {
            long at = 16L * (selection == null ? i : selection[i]);
            long micros = data.get(INT64, at + 8);
            long days = OrderKeys.intervalDays(data.get(INT32, at), data.get(INT32, at + 4), micros);
            out[i] = mix(mix(days) ^ OrderKeys.intervalMicros(micros));
        }
    }

    private static void text(ColumnVector key, int @Nullable [] selection, int count, long[] out) {
        MemorySegment offsets = key.data();
        MemorySegment bytes = Values.bytesOf(key);
        MemorySegment validity = key.validity();
        for (int i = 0; i < count; i++) {
            int row = selection == null ? i : selection[i];
            if (validity == null || ColumnVector.bit(validity, row)) {
                out[i] = hashBytes(bytes, offsets.get(INT32, 4L * row), offsets.get(INT32, 4L * row + 4));
            }
        }
    }

    /** The hash of some bytes, before columns are combined. */
    public static long hashBytes(MemorySegment bytes, long from, long to) {
        long hash = (to - from) * SEED;
        long at = from;
        for (; at + 8 <= to; at += 8) {
            hash = mix(hash ^ bytes.get(INT64, at));
        }
        long tail = 0;
        for (int shift = 0; at < to; at++, shift += 8) {
            tail |= (bytes.get(ColumnVector.INT8, at) & 0xffL) << shift;
        }
        return mix(hash ^ tail);
    }
}
