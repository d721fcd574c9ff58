package io.kadedb.storage.format.v1;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Writes text and byte strings: as a sorted dictionary with codes where that is smaller, else lengths and bytes. */
final class StringEncoder {
    /** Rows after which a dictionary of mostly distinct values is given up. */
    private static final int TRIAL_ROWS = 4_096;

    private final ColumnBuffer column;
    private int[] slots = new int[1_024];
    private int[] firstRows = new int[512];
    private int distinct;

    StringEncoder(ColumnBuffer column) {
        this.column = column;
    }

    /** Writes the body and counts the distinct values. */
    Encoding encode(ByteSink body, DistinctSketch sketch) {
        int[] codes = numberValues();
        if (codes != null) {
            long plain = (long) column.totalBytes() + column.rows();
            long entries = 0;
            for (int i = 0; i < distinct; i++) {
                entries += column.byteLength(firstRows[i]) + 2L;
            }
            int width = BitPacking.width(Math.max(0, distinct - 1));
            if (entries + BitPacking.packedBytes(column.rows(), width) < plain || distinct <= 1) {
                dictionary(codes, width, body, sketch);
                return Encoding.DICTIONARY;
            }
        }
        for (int i = 0; i < column.rows(); i++) {
            if (!column.isNull(i)) {
                sketch.add(column.bytes(), column.offset(i), column.byteLength(i));
            }
        }
        int[] all = new int[column.rows()];
        Arrays.setAll(all, i -> i);
        strings(all, column.rows(), body);
        return Encoding.STRINGS;
    }

    private void dictionary(int[] codes, int width, ByteSink body, DistinctSketch sketch) {
        if (distinct == 0) {
            // All NULL: one empty entry keeps the codes readable.
            body.putLong(1);
            strings(new int[] {0}, 1, body);
            IntegerEncoder.frame(new long[codes.length], codes.length, 0, 0, body);
            return;
        }
        int[] order = Rows.sort(distinct, (a, b) -> ValueOrder.compare(column, firstRows[a], column, firstRows[b]));
        long[] rank = new long[distinct];
        int[] rows = new int[distinct];
        for (int i = 0; i < distinct; i++) {
            rank[order[i]] = i;
            rows[i] = firstRows[order[i]];
            sketch.add(column.bytes(), column.offset(rows[i]), column.byteLength(rows[i]));
        }
        long[] ranked = new long[codes.length];
        long previous = 0;
        for (int i = 0; i < codes.length; i++) {
            previous = codes[i] < 0 ? previous : rank[codes[i]];
            ranked[i] = previous;
        }
        body.putLong(distinct);
        strings(rows, distinct, body);
        IntegerEncoder.frame(ranked, ranked.length, 0, width, body);
    }

    /** Total bytes, lengths, bytes. */
    private void strings(int[] rows, int count, ByteSink body) {
        long[] lengths = new long[count];
        long total = 0;
        for (int i = 0; i < count; i++) {
            lengths[i] = column.byteLength(rows[i]);
            total += lengths[i];
        }
        body.putLong(total);
        IntegerEncoder.frame(lengths, count, body);
        for (int i = 0; i < count; i++) {
            body.putBytes(column.bytes(), column.offset(rows[i]), (int) lengths[i]);
        }
    }

    /** A number for each row's value, -1 for NULL; null when nearly every value is another. */
    private int @Nullable [] numberValues() {
        int rows = column.rows();
        int[] codes = new int[rows];
        for (int i = 0; i < rows; i++) {
            codes[i] = column.isNull(i) ? -1 : numberOf(i);
            if (i == TRIAL_ROWS && distinct > TRIAL_ROWS / 2) {
                return null;
            }
        }
        return codes;
    }

    private int numberOf(int row) {
        int mask = slots.length - 1;
        int slot = hash(row) & mask;
        while (slots[slot] != 0) {
            int known = slots[slot] - 1;
            if (ValueOrder.compare(column, firstRows[known], column, row) == 0) {
                return known;
            }
            slot = (slot + 1) & mask;
        }
        if (distinct == firstRows.length) {
            grow();
            return numberOf(row);
        }
        firstRows[distinct] = row;
        slots[slot] = ++distinct;
        return distinct - 1;
    }

    private void grow() {
        firstRows = Arrays.copyOf(firstRows, firstRows.length * 2);
        slots = new int[slots.length * 2];
        int mask = slots.length - 1;
        for (int i = 0; i < distinct; i++) {
            int slot = hash(firstRows[i]) & mask;
            while (slots[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            slots[slot] = i + 1;
        }
    }

    private int hash(int row) {
        int hash = 1;
        int from = column.offset(row);
        int end = from + column.byteLength(row);
        byte[] bytes = column.bytes();
        for (int i = from; i < end; i++) {
            hash = 31 * hash + bytes[i];
        }
        hash *= 0x9E3779B9;
        return hash ^ hash >>> 15;
    }
}
