package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.Layout;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.executor.memory.Native;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns key columns into a few 64-bit words a row that are equal exactly when the keys are. Narrow columns share a
 * word; text becomes the number of a {@link TextInterner}. NULL is a value like any other here: joins for which it
 * is not leave such rows out first. Belongs to one thread.
 */
final class KeyEncoder {
    private static final int DICTIONARY_CACHE_LIMIT = 1 << 22;
    private static final long NOT_CACHED = 0xFC00000000000000L;

    private final KeyLayout layout;
    private final int[] columns;
    private final @Nullable TextInterner[] texts;
    private final boolean adding;
    private final long[] loaded = new long[Batch.MAX_ROWS];
    private final double[] loadedDoubles = new double[Batch.MAX_ROWS];
    private final int[] codes = new int[Batch.MAX_ROWS];
    private final DocumentKeys documents = new DocumentKeys();
    private final @Nullable ColumnVector[] dictionaries;
    private final long[] @Nullable [] dictionaryWords;

    /** The words of a batch: the first of row i is {@code words[0][i]}. */
    final long[][] words;

    /**
     * @param columns the key columns' ordinals in batches
     * @param texts one for each text column, else null
     * @param adding whether unknown texts are added, or get a word no key has
     */
    KeyEncoder(KeyLayout layout, int[] columns, @Nullable TextInterner[] texts, boolean adding) {
        this.layout = layout;
        this.columns = columns;
        this.texts = texts;
        this.adding = adding;
        this.words = new long[layout.words()][Batch.MAX_ROWS];
        this.dictionaries = new ColumnVector[columns.length];
        this.dictionaryWords = new long[columns.length][];
    }

    static @Nullable TextInterner[] interners(List<Field> keys, MemoryPool memory) {
        TextInterner[] texts = new TextInterner[keys.size()];
        for (int i = 0; i < texts.length; i++) {
            if (keys.get(i).type().layout() == Layout.VARBYTES) {
                texts[i] = new TextInterner(memory);
            }
        }
        return texts;
    }

    static void close(@Nullable TextInterner[] texts) {
        for (TextInterner text : texts) {
            if (text != null) {
                text.close();
            }
        }
    }

    /** Writes the words of the selected rows into {@link #words}, densely. */
    void encode(Batch batch, int @Nullable [] selection, int count) {
        for (int w = 0; w < words.length; w++) {
            if (!layout.wholeWord(w)) {
                Arrays.fill(words[w], 0, count, 0);
            }
        }
        for (int k = 0; k < columns.length; k++) {
            ColumnVector vector = batch.column(columns[k]);
            if (vector.type().layout() != layout.type(k).layout()) {
                throw KadeException.of(
                        ErrorCode.INTERNAL_ERROR, "a key of type " + vector.type() + " for " + layout.type(k));
            }
            encode(k, vector, selection, count);
        }
    }

    private void encode(int k, ColumnVector vector, int @Nullable [] selection, int count) {
        int word = layout.word(k);
        long[] out = words[word];
        switch (vector.type().layout()) {
            case INT64 -> {
                Columns.loadLongs(vector, selection, count, out);
                applyNulls(k, vector, selection, count, out);
            }
            case BIT, INT16, INT32 -> {
                Columns.loadLongs(vector, selection, count, loaded);
                pack(k, vector, selection, count);
            }
            case FLOAT32 -> {
                Columns.loadDoubles(vector, selection, count, loadedDoubles);
                for (int i = 0; i < count; i++) {
                    loaded[i] = Float.floatToIntBits((float) (loadedDoubles[i] + 0.0));
                }
                pack(k, vector, selection, count);
            }
            case FLOAT64 -> {
                Columns.loadDoubles(vector, selection, count, loadedDoubles);
                for (int i = 0; i < count; i++) {
                    // Adding zero turns -0.0 into 0.0; doubleToLongBits gives all NaNs the same bits.
                    out[i] = Double.doubleToLongBits(loadedDoubles[i] + 0.0);
                }
                applyNulls(k, vector, selection, count, out);
            }
            case INT128, BYTES16, INTERVAL -> {
                wide(vector, selection, count, out, words[word + 1]);
                applyNulls(k, vector, selection, count, out);
                zeroNulls(vector, selection, count, words[word + 1]);
            }
            case VARBYTES -> text(k, vector, selection, count, out);
        }
    }

    /** Puts {@link #loaded} into its bits of the shared word. */
    private void pack(int k, ColumnVector vector, int @Nullable [] selection, int count) {
        long[] out = words[layout.word(k)];
        int shift = layout.shift(k);
        int bits = layout.bits(k);
        long mask = bits == 64 ? -1L : (1L << bits) - 1;
        if (layout.wholeWord(layout.word(k))) {
            // Alone in its word: the value itself, so that small ranges stay small. NULL lies outside every range.
            MemorySegment validity = vector.validity();
            if (validity == null) {
                System.arraycopy(loaded, 0, out, 0, count);
                return;
            }
            long validityBits = validity.address();
            for (int i = 0; i < count; i++) {
                boolean present = Native.getBit(validityBits, Columns.row(selection, i)) != 0;
                out[i] = present ? loaded[i] : 1L << 32;
            }
            return;
        }
        MemorySegment validity = vector.validity();
        long validityBits = validity == null ? 0 : validity.address();
        for (int i = 0; i < count; i++) {
            if (validityBits == 0 || Native.getBit(validityBits, Columns.row(selection, i)) != 0) {
                out[i] |= (loaded[i] & mask) << shift;
            }
        }
        markNulls(k, vector, selection, count);
    }

    private void applyNulls(int k, ColumnVector vector, int @Nullable [] selection, int count, long[] out) {
        zeroNulls(vector, selection, count, out);
        markNulls(k, vector, selection, count);
    }

    private static void zeroNulls(ColumnVector vector, int @Nullable [] selection, int count, long[] out) {
        MemorySegment validity = vector.validity();
        if (validity != null) {
            long bits = validity.address();
            for (int i = 0; i < count; i++) {
                if (Native.getBit(bits, Columns.row(selection, i)) == 0) {
                    out[i] = 0;
                }
            }
        }
    }

    private void markNulls(int k, ColumnVector vector, int @Nullable [] selection, int count) {
        MemorySegment validity = vector.validity();
        if (validity == null) {
            return;
        }
        long bits = validity.address();
        int nullBit = layout.nullBit(k);
        if (nullBit < 0) {
            for (int i = 0; i < count; i++) {
                if (Native.getBit(bits, Columns.row(selection, i)) == 0) {
                    throw KadeException.internal("NULL in a key column declared NOT NULL", null);
                }
            }
            return;
        }
        long[] out = words[layout.nullWord(k)];
        for (int i = 0; i < count; i++) {
            if (Native.getBit(bits, Columns.row(selection, i)) == 0) {
                out[i] |= 1L << nullBit;
            }
        }
    }

    private static void wide(ColumnVector vector, int @Nullable [] selection, int count, long[] first, long[] second) {
        ColumnVector dictionary = vector.dictionary();
        long data = (dictionary == null ? vector : dictionary).data().address();
        boolean interval = vector.type().layout() == Layout.INTERVAL;
        for (int i = 0; i < count; i++) {
            int row = Columns.row(selection, i);
            if (vector.isNull(row)) {
                first[i] = 0;
                second[i] = 0;
                continue;
            }
            long at = data
                    + 16L
                            * (dictionary == null
                                    ? row
                                    : Native.getInt(vector.data().address() + 4L * row));
            first[i] = Native.getLong(at);
            second[i] = Native.getLong(at + 8);
            if (interval) {
                // Equal intervals may be written differently: a month is 30 days and a day 24 hours here.
                long days = (int) first[i] * 30L + (int) (first[i] >>> 32);
                long micros = second[i];
                first[i] = days + Math.floorDiv(micros, 86_400_000_000L);
                second[i] = Math.floorMod(micros, 86_400_000_000L);
            }
        }
    }

    private void text(int k, ColumnVector vector, int @Nullable [] selection, int count, long[] out) {
        TextInterner interner = texts[k];
        if (interner == null) {
            throw KadeException.internal("no interner for a text key", null);
        }
        ColumnVector dictionary = vector.dictionary();
        if (dictionary == null) {
            plainText(vector, interner, selection, count, out);
        } else {
            Columns.loadCodes(vector, selection, count, codes);
            encodedText(k, vector, dictionary, interner, selection, count, out);
        }
    }

    private void plainText(
            ColumnVector vector, TextInterner interner, int @Nullable [] selection, int count, long[] out) {
        long offsets = vector.data().address();
        MemorySegment bytes = vector.bytes();
        long heap = bytes == null ? 0 : bytes.address();
        MemorySegment validity = vector.validity();
        long bits = validity == null ? 0 : validity.address();
        for (int i = 0; i < count; i++) {
            int row = Columns.row(selection, i);
            if (bits != 0 && Native.getBit(bits, row) == 0) {
                out[i] = TextInterner.NULL_WORD;
            } else {
                int from = Native.getInt(offsets + 4L * row);
                out[i] = word(vector.type(), interner, heap + from, Native.getInt(offsets + 4L * row + 4) - from);
            }
        }
    }

    private long word(SqlType type, TextInterner interner, long address, int length) {
        if (type.id() == TypeId.JSONB) {
            int keyLength = documents.encode(address, length);
            return word(SqlType.BYTEA, interner, documents.address(), keyLength);
        }
        int compared = type.keepsBlanks() ? Native.lengthWithoutBlanks(address, length) : length;
        return adding ? interner.intern(address, compared) : interner.find(address, compared);
    }

    private void encodedText(
            int k,
            ColumnVector vector,
            ColumnVector dictionary,
            TextInterner interner,
            int @Nullable [] selection,
            int count,
            long[] out) {
        long[] cache = cacheFor(k, dictionary);
        long offsets = dictionary.data().address();
        MemorySegment bytes = dictionary.bytes();
        long heap = bytes == null ? 0 : bytes.address();
        MemorySegment validity = vector.validity();
        long bits = validity == null ? 0 : validity.address();
        for (int i = 0; i < count; i++) {
            if (bits != 0 && Native.getBit(bits, Columns.row(selection, i)) == 0) {
                out[i] = TextInterner.NULL_WORD;
                continue;
            }
            int code = codes[i];
            long word = cache == null ? NOT_CACHED : cache[code];
            if (word == NOT_CACHED) {
                int from = Native.getInt(offsets + 4L * code);
                word = word(dictionary.type(), interner, heap + from, Native.getInt(offsets + 4L * code + 4) - from);
                if (cache != null) {
                    cache[code] = word;
                }
            }
            out[i] = word;
        }
    }

    /** A dictionary is cached when it comes a second time, so that one per batch costs nothing. */
    @SuppressWarnings("ReferenceEquality") // equal dictionaries at different places are different ones here
    private long @Nullable [] cacheFor(int k, ColumnVector dictionary) {
        if (dictionaries[k] != dictionary) {
            dictionaries[k] = dictionary;
            dictionaryWords[k] = null;
            return null;
        }
        long[] cache = dictionaryWords[k];
        if (cache == null && dictionary.length() <= DICTIONARY_CACHE_LIMIT) {
            cache = new long[dictionary.length()];
            Arrays.fill(cache, NOT_CACHED);
            dictionaryWords[k] = cache;
        }
        return cache;
    }

    /** The types the encoder was made for. */
    List<SqlType> types() {
        return layout.types();
    }
}
