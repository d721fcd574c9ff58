package io.kadedb.executor.operator;

import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.executor.kernel.Values;
import io.kadedb.executor.kernel.VectorBuilder;
import io.kadedb.planner.physical.WindowFunction;
import org.jspecify.annotations.Nullable;

/** Row numbers, ranks, distributions and ntile: where a row stands in its partition. */
final class RankingColumn implements WindowColumn {
    private final WindowFunction function;
    private final WindowCursor cursor;
    /** The argument of ntile. */
    private final @Nullable ColumnVector buckets;

    private int bucketPartition = -1;
    private @Nullable Long bucketCount;

    RankingColumn(WindowFunction function, WindowOrder order, @Nullable ColumnVector buckets) {
        this.function = function;
        this.cursor = new WindowCursor(order);
        this.buckets = buckets;
    }

    @Override
    public void append(int from, int count, VectorBuilder out) {
        for (int row = from; row < from + count; row++) {
            cursor.moveTo(row);
            switch (function) {
                case ROW_NUMBER -> out.appendLong(row - cursor.partitionStart() + 1L);
                case RANK -> out.appendLong(cursor.groupStart() - cursor.partitionStart() + 1L);
                case DENSE_RANK -> out.appendLong(cursor.groupNumber() + 1L);
                case PERCENT_RANK -> out.appendDouble(percentRank());
                case CUME_DIST -> out.appendDouble((double) (cursor.groupEnd() - cursor.partitionStart()) / size());
                case NTILE -> appendBucket(row, out);
                default -> throw new IllegalStateException("not a rank: " + function);
            }
        }
    }

    private int size() {
        return cursor.partitionEnd() - cursor.partitionStart();
    }

    private double percentRank() {
        int others = size() - 1;
        return others == 0 ? 0 : (double) (cursor.groupStart() - cursor.partitionStart()) / others;
    }

    /** The argument is that of the partition's first row, as in PostgreSQL. The first parts are one row larger. */
    private void appendBucket(int row, VectorBuilder out) {
        if (bucketPartition != cursor.partitionStart()) {
            bucketPartition = cursor.partitionStart();
            bucketCount = buckets == null ? null : (Long) Values.get(buckets, bucketPartition);
            if (bucketCount != null && bucketCount <= 0) {
                throw KadeException.of(
                        ErrorCode.INVALID_ARGUMENT_FOR_NTILE, "argument of ntile must be greater than zero");
            }
        }
        Long count = bucketCount;
        if (count == null) {
            out.appendNull();
            return;
        }
        long index = (long) row - cursor.partitionStart();
        long small = size() / count;
        long larger = size() % count;
        long inLarger = larger * (small + 1);
        out.appendLong(index < inLarger ? index / (small + 1) + 1 : larger + (index - inLarger) / small + 1);
    }
}
