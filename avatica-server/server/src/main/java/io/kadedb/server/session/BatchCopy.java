package io.kadedb.server.session;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.type.Layout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Copies a batch to the heap, where it stays valid. */
final class BatchCopy {
    private BatchCopy() {}

    static Batch of(Batch batch) {
        List<ColumnVector> copies =
                batch.columns().stream().map(BatchCopy::copy).toList();
        return new Batch(batch.length(), copies);
    }

    private static ColumnVector copy(ColumnVector column) {
        int rows = column.length();
        MemorySegment validity = column.validity() == null ? null : heap(column.validity(), bitBytes(rows));
        ColumnVector dictionary = column.dictionary();
        if (dictionary != null) {
            return ColumnVector.dictionary(rows, heap(column.data(), 4L * rows), validity, copy(dictionary));
        }
        Layout layout = column.type().layout();
        return switch (layout) {
            case BIT -> ColumnVector.fixed(column.type(), rows, heap(column.data(), bitBytes(rows)), validity);
            case VARBYTES -> copyBytes(column, validity);
            case INT16, INT32, INT64, FLOAT32, FLOAT64, INT128, INTERVAL, BYTES16 ->
                ColumnVector.fixed(column.type(), rows, heap(column.data(), (long) layout.width() * rows), validity);
        };
    }

    private static ColumnVector copyBytes(ColumnVector column, @Nullable MemorySegment validity) {
        int rows = column.length();
        MemorySegment bytes = column.bytes();
        if (rows == 0 || bytes == null) {
            return ColumnVector.varbytes(
                    column.type(), 0, MemorySegment.ofArray(new byte[4]), MemorySegment.ofArray(new byte[0]), validity);
        }
        long end = column.data().get(ColumnVector.INT32, 4L * rows);
        return ColumnVector.varbytes(
                column.type(), rows, heap(column.data(), 4L * (rows + 1)), heap(bytes, end), validity);
    }

    private static long bitBytes(int rows) {
        return (rows + 7L) / 8;
    }

    private static MemorySegment heap(MemorySegment source, long bytes) {
        return MemorySegment.ofArray(source.asSlice(0, bytes).toArray(ValueLayout.JAVA_BYTE));
    }
}
