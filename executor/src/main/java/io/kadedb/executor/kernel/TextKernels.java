package io.kadedb.executor.kernel;

import static io.kadedb.common.data.ColumnVector.INT32;

import io.kadedb.common.data.ColumnVector;
import java.lang.foreign.MemorySegment;

/** Comparison of text and byte strings where they lie. */
final class TextKernels {
    private TextKernels() {}

    /** Order by unsigned byte, which for UTF-8 is order by code point. */
    static int compare(MemorySegment a, long aFrom, long aTo, MemorySegment b, long bFrom, long bTo) {
        long mismatch = MemorySegment.mismatch(a, aFrom, aTo, b, bFrom, bTo);
        if (mismatch < 0) {
            return 0;
        }
        if (aFrom + mismatch == aTo) {
            return -1;
        }
        if (bFrom + mismatch == bTo) {
            return 1;
        }
        return Byte.compareUnsigned(
                a.get(ColumnVector.INT8, aFrom + mismatch), b.get(ColumnVector.INT8, bFrom + mismatch));
    }

    /** Values of plain vectors. */
    static int compare(ColumnVector a, int i, ColumnVector b, int j) {
        MemorySegment aOffsets = a.data();
        MemorySegment bOffsets = b.data();
        return compare(
                Values.bytesOf(a),
                aOffsets.get(INT32, 4L * i),
                aOffsets.get(INT32, 4L * i + 4),
                Values.bytesOf(b),
                bOffsets.get(INT32, 4L * j),
                bOffsets.get(INT32, 4L * j + 4));
    }

    static boolean equal(MemorySegment a, long aFrom, long aTo, MemorySegment b, long bFrom, long bTo) {
        return aTo - aFrom == bTo - bFrom && MemorySegment.mismatch(a, aFrom, aTo, b, bFrom, bTo) < 0;
    }
}
