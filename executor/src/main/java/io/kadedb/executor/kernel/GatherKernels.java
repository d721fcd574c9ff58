package io.kadedb.executor.kernel;

import static io.kadedb.common.data.ColumnVector.INT16;
import static io.kadedb.common.data.ColumnVector.INT32;
import static io.kadedb.common.data.ColumnVector.INT64;

import io.kadedb.common.data.ColumnVector;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Copies chosen rows to consecutive places, one loop per width. */
final class GatherKernels {
    private GatherKernels() {}

    static void append(VectorBuilder to, ColumnVector source, int @Nullable [] selection, int count) {
        ColumnVector dictionary = source.dictionary();
        int start = to.length();
        MemorySegment out = to.reserve(count);
        MemorySegment validity = source.validity();
        MemorySegment entryValidity = dictionary == null ? null : dictionary.validity();
        boolean nulls = validity != null || entryValidity != null || to.hasValidity();
        MemorySegment outValidity = nulls ? to.validity() : null;
        if (dictionary != null) {
            int[] codes = codes(source.data(), validity, selection, count);
            values(to, dictionary, codes, count, out, start);
            if (outValidity != null) {
                codeValidity(codes, entryValidity, count, outValidity, start);
            }
        } else {
            values(to, source, selection, count, out, start);
            if (outValidity != null) {
                validity(validity, selection, count, outValidity, start);
            }
        }
        to.advance(count);
    }

    /** Codes of null rows are undefined: they read entry 0, if there is one. */
    private static int[] codes(
            MemorySegment data, @Nullable MemorySegment validity, int @Nullable [] selection, int count) {
        int[] codes = new int[count];
        for (int i = 0; i < count; i++) {
            int row = selection == null ? i : selection[i];
            codes[i] = validity != null && !ColumnVector.bit(validity, row) ? -1 : data.get(INT32, 4L * row);
        }
        return codes;
    }

    private static void values(
            VectorBuilder to, ColumnVector source, int @Nullable [] rows, int count, MemorySegment out, int start) {
        MemorySegment data = source.data();
        switch (source.type().layout()) {
            case BIT -> bits(data, rows, count, out, start);
            case INT16 -> width2(data, rows, count, out, start);
            case INT32, FLOAT32 -> width4(data, rows, count, out, start);
            case INT64, FLOAT64 -> width8(data, rows, count, out, start);
            case INT128, INTERVAL, BYTES16 -> width16(data, rows, count, out, start);
            case VARBYTES -> varbytes(to, source, rows, count, out, start);
        }
    }

    private static void bits(MemorySegment in, int @Nullable [] rows, int count, MemorySegment out, int start) {
        for (int i = 0; i < count; i++) {
            int row = rows == null ? i : rows[i];
            ColumnVector.setBit(out, start + i, row >= 0 && ColumnVector.bit(in, row));
        }
    }

    private static void width2(MemorySegment in, int @Nullable [] rows, int count, MemorySegment out, int start) {
        if (rows == null) {
            MemorySegment.copy(in, 0, out, 2L * start, 2L * count);
            return;
        }
        for (int i = 0; i < count; i++) {
            out.set(INT16, 2L * (start + i), in.get(INT16, 2L * Math.max(0, rows[i])));
        }
    }

    private static void width4(MemorySegment in, int @Nullable [] rows, int count, MemorySegment out, int start) {
        if (rows == null) {
            MemorySegment.copy(in, 0, out, 4L * start, 4L * count);
            return;
        }
        for (int i = 0; i < count; i++) {
            out.set(INT32, 4L * (start + i), in.get(INT32, 4L * Math.max(0, rows[i])));
        }
    }

    private static void width8(MemorySegment in, int @Nullable [] rows, int count, MemorySegment out, int start) {
        if (rows == null) {
            MemorySegment.copy(in, 0, out, 8L * start, 8L * count);
            return;
        }
        for (int i = 0; i < count; i++) {
            out.set(INT64, 8L * (start + i), in.get(INT64, 8L * Math.max(0, rows[i])));
        }
    }

    private static void width16(MemorySegment in, int @Nullable [] rows, int count, MemorySegment out, int start) {
        if (rows == null) {
            MemorySegment.copy(in, 0, out, 16L * start, 16L * count);
            return;
        }
        for (int i = 0; i < count; i++) {
            long from = 16L * Math.max(0, rows[i]);
            long at = 16L * (start + i);
            out.set(INT64, at, in.get(INT64, from));
            out.set(INT64, at + 8, in.get(INT64, from + 8));
        }
    }

    private static void varbytes(
            VectorBuilder to, ColumnVector source, int @Nullable [] rows, int count, MemorySegment out, int start) {
        MemorySegment offsets = source.data();
        MemorySegment bytes = Values.bytesOf(source);
        MemorySegment validity = source.validity();
        long total = 0;
        for (int i = 0; i < count; i++) {
            int row = rows == null ? i : rows[i];
            if (row >= 0 && (validity == null || ColumnVector.bit(validity, row))) {
                total += offsets.get(INT32, 4L * row + 4) - offsets.get(INT32, 4L * row);
            }
        }
        MemorySegment text = to.reserveBytesAt((int) Math.min(Integer.MAX_VALUE, total));
        int end = to.byteLength();
        for (int i = 0; i < count; i++) {
            int row = rows == null ? i : rows[i];
            if (row >= 0 && (validity == null || ColumnVector.bit(validity, row))) {
                int from = offsets.get(INT32, 4L * row);
                int length = offsets.get(INT32, 4L * row + 4) - from;
                MemorySegment.copy(bytes, from, text, end, length);
                end += length;
            }
            out.set(INT32, 4L * (start + i) + 4, end);
        }
        to.byteLength(end);
    }

    private static void validity(
            @Nullable MemorySegment in, int @Nullable [] rows, int count, MemorySegment out, int start) {
        if (in == null) {
            Bitmaps.setRange(out, start, start + count);
            return;
        }
        for (int i = 0; i < count; i++) {
            int row = rows == null ? i : rows[i];
            ColumnVector.setBit(out, start + i, ColumnVector.bit(in, row));
        }
    }

    private static void codeValidity(
            int[] codes, @Nullable MemorySegment entryValidity, int count, MemorySegment out, int start) {
        for (int i = 0; i < count; i++) {
            boolean present = codes[i] >= 0 && (entryValidity == null || ColumnVector.bit(entryValidity, codes[i]));
            ColumnVector.setBit(out, start + i, present);
        }
    }
}
