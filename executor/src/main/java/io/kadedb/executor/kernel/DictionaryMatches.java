package io.kadedb.executor.kernel;

import static io.kadedb.common.data.ColumnVector.INT32;

import io.kadedb.common.data.ColumnVector;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Which entries of the dictionary seen last meet a condition. */
final class DictionaryMatches {
    private static final int ALWAYS = 1024;

    private @Nullable ColumnVector dictionary;
    private byte[] flags = new byte[0];
    private boolean known;
    private long rowsSeen;

    /** Forgets everything: the condition has changed. */
    void forget() {
        dictionary = null;
    }

    /** The flag of each entry; null when the dictionary is too large for the rows that use it so far. */
    byte @Nullable [] flags(ColumnVector vector, int rows) {
        if (!Dictionaries.same(dictionary, vector)) {
            dictionary = vector;
            known = false;
            rowsSeen = 0;
        }
        rowsSeen += rows;
        return known || vector.length() <= ALWAYS || vector.length() <= 2 * rowsSeen ? flags : null;
    }

    /** Whether the entries have still to be tried. */
    boolean isNew() {
        return !known;
    }

    /** Notes the entries that match. */
    void remember(int[] entries, int count) {
        ColumnVector entriesOf = dictionary;
        int length = entriesOf == null ? 0 : entriesOf.length();
        flags = new byte[Math.max(1, length)];
        for (int i = 0; i < count; i++) {
            flags[entries[i]] = 1;
        }
        known = true;
    }

    /** The selected rows whose code matches; NULLs do not. */
    int select(ColumnVector codes, int @Nullable [] rows, int count, int[] out) {
        MemorySegment data = codes.data();
        MemorySegment validity = Bitmaps.validity(codes);
        byte[] matching = flags;
        int kept = 0;
        if (validity == null) {
            for (int i = 0; i < count; i++) {
                int row = rows == null ? i : rows[i];
                out[kept] = row;
                kept += matching[data.get(INT32, 4L * row)];
            }
            return kept;
        }
        for (int i = 0; i < count; i++) {
            int row = rows == null ? i : rows[i];
            if (ColumnVector.bit(validity, row) && matching[data.get(INT32, 4L * row)] != 0) {
                out[kept++] = row;
            }
        }
        return kept;
    }
}
