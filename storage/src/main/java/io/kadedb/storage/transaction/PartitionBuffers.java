package io.kadedb.storage.transaction;

import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.type.SqlType;
import io.kadedb.storage.format.v1.ColumnBuffer;
import io.kadedb.storage.table.RowPartitions;
import io.kadedb.storage.table.Segment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Gathers the rows of a large statement by their partitions, so that each gets segments of a good size however they come.
 * Owned by one thread.
 */
final class PartitionBuffers {
    /** Rows kept at most, of all partitions together. */
    private static final int MAX_ROWS = 8 * Segment.MAX_ROWS;
    /** Bytes of text kept at most. */
    private static final long MAX_TEXT_BYTES = 32L << 20;

    private final RowPartitions partitions;
    private final TableDefinition table;
    private final SortedMap<Long, Part> parts = new TreeMap<>();
    private int rows;
    private long textBytes;

    PartitionBuffers(RowPartitions partitions, TableDefinition table) {
        this.partitions = partitions;
        this.table = table;
    }

    /** Rows of a partition. */
    record Part(List<ColumnBuffer> columns, ColumnBuffer rowIds) {
        static Part of(TableDefinition table) {
            List<ColumnBuffer> columns = new ArrayList<>();
            table.columns().forEach(column -> columns.add(new ColumnBuffer(column.type())));
            return new Part(columns, new ColumnBuffer(SqlType.BIGINT));
        }

        void add(List<ColumnBuffer> source, ColumnBuffer ids, int row) {
            for (int i = 0; i < columns.size(); i++) {
                columns.get(i).add(source.get(i), row);
            }
            rowIds.add(ids, row);
        }

        long textBytes() {
            return columns.stream().mapToLong(ColumnBuffer::totalBytes).sum();
        }
    }

    /** Keeps rows; gives those that are to be written now. */
    List<Part> add(List<ColumnBuffer> columns, ColumnBuffer rowIds) {
        List<Part> full = new ArrayList<>();
        for (int row = 0; row < rowIds.rows(); row++) {
            long partition = partitions.of(columns, row);
            Part part = parts.computeIfAbsent(partition, key -> Part.of(table));
            part.add(columns, rowIds, row);
            rows++;
            if (SegmentStaging.isFull(part.columns(), part.rowIds())) {
                full.add(take(partition));
            }
        }
        textBytes = parts.values().stream().mapToLong(Part::textBytes).sum();
        while (rows > MAX_ROWS || textBytes > MAX_TEXT_BYTES) {
            full.add(take(largest()));
        }
        return full;
    }

    private long largest() {
        return parts.entrySet().stream()
                .max(Comparator.comparingLong(entry -> entry.getValue().rowIds().rows() * 64L
                        + entry.getValue().textBytes()))
                .orElseThrow()
                .getKey();
    }

    private Part take(long partition) {
        Part part = parts.remove(partition);
        if (part == null) {
            throw new IllegalArgumentException("nothing is kept of partition " + partition);
        }
        rows -= part.rowIds().rows();
        textBytes -= part.textBytes();
        return part;
    }

    /** Gives all that is kept. */
    List<Part> takeAll() {
        List<Part> all = List.copyOf(parts.values());
        parts.clear();
        rows = 0;
        textBytes = 0;
        return all;
    }
}
