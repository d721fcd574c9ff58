package io.kadedb.storage.api;

import io.kadedb.common.catalog.TableDefinition;
import java.util.List;

/** The partitions of tables, as a transaction sees them. */
public interface TablePartitions {
    /**
     * A partition that has rows.
     *
     * @param number see {@link io.kadedb.common.catalog.RangePartitioning}
     * @param bytes of its segments, as they are stored; what is not in segments yet is not counted
     */
    record Partition(long number, long rows, long bytes, int segments) {}

    /** The partitions of a partitioned table in order. */
    List<Partition> of(TableDefinition table);

    /** Those of some partitions that may have rows that meet the ranges of a scan. */
    List<Partition> within(TableDefinition table, List<Partition> partitions, List<ColumnRange> ranges);

    /**
     * Removes the rows of partitions without reading them, as the running statement's change.
     *
     * @param first the number of the first partition
     * @param last the number of the last one, which goes too
     * @return the number of rows
     * @throws io.kadedb.common.error.KadeException 40001 for rows that others have locked, or changed since the snapshot
     */
    long drop(TableDefinition table, long first, long last);
}
