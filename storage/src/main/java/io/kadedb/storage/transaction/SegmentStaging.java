package io.kadedb.storage.transaction;

import io.kadedb.storage.format.v1.ColumnBuffer;
import io.kadedb.storage.format.v1.Rows;
import io.kadedb.storage.format.v1.Stamp;
import io.kadedb.storage.format.v1.ValueOrder;
import io.kadedb.storage.table.RowPartitions;
import io.kadedb.storage.table.Segment;
import io.kadedb.storage.table.StagedBatch;
import java.util.List;
import java.util.Optional;

/** Writes rows as segments of a batch, each sorted by key. */
final class SegmentStaging {
    private static final int MAX_TEXT_BYTES = 4 << 20;

    private final StagedBatch batch;
    private final Stamp stamp;
    private final Optional<PartitionBuffers> partitions;

    /** Two rows of a segment have one key. */
    @SuppressWarnings("serial")
    static final class DuplicateKeyException extends Exception {
        private final List<ColumnBuffer> key;
        private final int row;

        DuplicateKeyException(List<ColumnBuffer> key, int row) {
            super(null, null, false, false);
            this.key = key;
            this.row = row;
        }

        List<ColumnBuffer> key() {
            return key;
        }

        int row() {
            return row;
        }
    }

    SegmentStaging(StagedBatch batch, Stamp stamp) {
        this.batch = batch;
        this.stamp = stamp;
        this.partitions = RowPartitions.of(batch.table()).map(rows -> new PartitionBuffers(rows, batch.table()));
    }

    /** Whether the rows should become a segment before more are added. */
    static boolean isFull(List<ColumnBuffer> columns, ColumnBuffer rowIds) {
        if (rowIds.rows() >= Segment.MAX_ROWS) {
            return true;
        }
        int text = 0;
        for (ColumnBuffer column : columns) {
            text += column.totalBytes();
        }
        return text >= MAX_TEXT_BYTES;
    }

    /** Adds rows, which need not be sorted. Those of a partitioned table become segments when there are enough of them. */
    void add(List<ColumnBuffer> columns, ColumnBuffer rowIds) throws DuplicateKeyException {
        if (partitions.isEmpty()) {
            write(columns, rowIds);
            return;
        }
        for (PartitionBuffers.Part part : partitions.get().add(columns, rowIds)) {
            write(part.columns(), part.rowIds());
        }
    }

    /** Writes what is left. */
    void finish() throws DuplicateKeyException {
        if (partitions.isPresent()) {
            for (PartitionBuffers.Part part : partitions.get().takeAll()) {
                write(part.columns(), part.rowIds());
            }
        }
    }

    private void write(List<ColumnBuffer> columns, ColumnBuffer rowIds) throws DuplicateKeyException {
        List<ColumnBuffer> key = batch.keyColumns(columns, rowIds);
        if (isSorted(key, rowIds.rows())) {
            batch.addSegment(columns, rowIds, stamp);
            return;
        }
        int[] order = Rows.sort(rowIds.rows(), (a, b) -> ValueOrder.compare(key, a, key, b));
        for (int i = 1; i < order.length; i++) {
            if (ValueOrder.compare(key, order[i - 1], key, order[i]) == 0) {
                throw new DuplicateKeyException(key, order[i]);
            }
        }
        batch.addSegment(columns.stream().map(column -> column.permute(order)).toList(), rowIds.permute(order), stamp);
    }

    /** Whether each key is above the one before it. */
    private static boolean isSorted(List<ColumnBuffer> key, int rows) {
        for (int i = 1; i < rows; i++) {
            if (ValueOrder.compare(key, i - 1, key, i) >= 0) {
                return false;
            }
        }
        return true;
    }
}
