package io.kadedb.executor.kernel;

import static io.kadedb.common.data.ColumnVector.INT16;
import static io.kadedb.common.data.ColumnVector.INT32;
import static io.kadedb.common.data.ColumnVector.INT64;

import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.type.Layout;
import io.kadedb.common.type.SqlType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Puts a vector together of rows that come from several: the results of CASE and COALESCE. */
final class Branches {
    private final SqlType type;
    private final Scratch.Buffer data;
    private final Scratch.Buffer validity;
    private final VectorBuilder text;
    private final ColumnVector[] vectors;
    private final boolean[] constant;
    private final int[][] rows;
    private final int[] counts;
    private int[] branchOf = new int[0];

    Branches(SqlType type, int branches, Scratch scratch) {
        this.type = type;
        this.data = scratch.buffer();
        this.validity = scratch.buffer();
        this.text = scratch.builder(type);
        this.vectors = new ColumnVector[branches];
        this.constant = new boolean[branches];
        this.rows = new int[branches][0];
        this.counts = new int[branches];
    }

    void clear() {
        Arrays.fill(counts, 0);
    }

    /** Room to write the rows of a branch into. */
    int[] rows(int branch, int count) {
        rows[branch] = Selections.room(rows[branch], count);
        return rows[branch];
    }

    /** The vector from which a branch's rows, written before, are taken. */
    void add(int branch, ColumnVector vector, boolean isConstant, int count) {
        vectors[branch] = vector;
        constant[branch] = isConstant;
        counts[branch] = count;
    }

    ColumnVector build(int length) {
        return type.layout() == Layout.VARBYTES ? text(length) : fixed(length);
    }

    private ColumnVector text(int length) {
        if (branchOf.length < length) {
            branchOf = new int[length];
        }
        Arrays.fill(branchOf, 0, length, -1);
        for (int b = 0; b < vectors.length; b++) {
            for (int i = 0; i < counts[b]; i++) {
                branchOf[rows[b][i]] = b;
            }
        }
        text.clear();
        for (int row = 0; row < length; row++) {
            int b = branchOf[row];
            if (b < 0) {
                text.skip(1);
            } else {
                text.append(vectors[b], constant[b] ? 0 : row);
            }
        }
        return text.build();
    }

    private ColumnVector fixed(int length) {
        MemorySegment out = data.bytes(
                Math.max(ColumnVector.bitmapBytes(length), (long) type.layout().width() * length));
        boolean nulls = false;
        for (int b = 0; b < vectors.length; b++) {
            nulls |= counts[b] > 0 && vectors[b].validity() != null;
        }
        MemorySegment bits = null;
        if (nulls) {
            bits = validity.bitmap(length);
            Bitmaps.fill(bits, length, true);
        }
        for (int b = 0; b < vectors.length; b++) {
            if (counts[b] > 0) {
                scatter(b, out);
                if (bits != null && vectors[b].validity() != null) {
                    nulls(b, bits);
                }
            }
        }
        return ColumnVector.fixed(type, length, out, bits);
    }

    private void nulls(int b, MemorySegment bits) {
        ColumnVector from = vectors[b];
        for (int i = 0; i < counts[b]; i++) {
            int row = rows[b][i];
            ColumnVector.setBit(bits, row, !from.isNull(constant[b] ? 0 : row));
        }
    }

    private void scatter(int b, MemorySegment out) {
        ColumnVector from = vectors[b];
        int[] at = rows[b];
        int count = counts[b];
        ColumnVector dictionary = from.dictionary();
        if (dictionary != null) {
            int[] codes = new int[count];
            for (int i = 0; i < count; i++) {
                codes[i] = from.isNull(at[i]) ? 0 : Gather.code(from.data(), at[i]);
            }
            if (dictionary.length() > 0) {
                copy(dictionary.data(), codes, -1, at, count, out);
            }
        } else {
            copy(from.data(), at, constant[b] ? 0 : -1, at, count, out);
        }
    }

    /** Copies value {@code from[i]}, or always value {@code fixed} if that is not negative, to place {@code to[i]}. */
    private void copy(MemorySegment in, int[] from, int fixed, int[] to, int count, MemorySegment out) {
        switch (type.layout()) {
            case BIT -> {
                for (int i = 0; i < count; i++) {
                    ColumnVector.setBit(out, to[i], ColumnVector.bit(in, fixed < 0 ? from[i] : fixed));
                }
            }
            case INT16 -> {
                for (int i = 0; i < count; i++) {
                    out.set(INT16, 2L * to[i], in.get(INT16, 2L * (fixed < 0 ? from[i] : fixed)));
                }
            }
            case INT32, FLOAT32 -> {
                for (int i = 0; i < count; i++) {
                    out.set(INT32, 4L * to[i], in.get(INT32, 4L * (fixed < 0 ? from[i] : fixed)));
                }
            }
            case INT64, FLOAT64 -> {
                for (int i = 0; i < count; i++) {
                    out.set(INT64, 8L * to[i], in.get(INT64, 8L * (fixed < 0 ? from[i] : fixed)));
                }
            }
            case INT128, INTERVAL, BYTES16 -> {
                for (int i = 0; i < count; i++) {
                    long at = 16L * (fixed < 0 ? from[i] : fixed);
                    out.set(INT64, 16L * to[i], in.get(INT64, at));
                    out.set(INT64, 16L * to[i] + 8, in.get(INT64, at + 8));
                }
            }
            case VARBYTES -> throw new IllegalStateException("text is appended");
        }
    }
}
