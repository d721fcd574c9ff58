package io.kadedb.storage.table;

import io.kadedb.common.catalog.RangePartitioning;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.type.SqlType;
import io.kadedb.storage.format.v1.ColumnBuffer;
import io.kadedb.storage.format.v1.ColumnEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which partition the rows of a table are in: a row's value alone says it, whether it lies in a delta or in a segment, and
 * the rows of a segment are of one partition.
 */
public final class RowPartitions {
    private final TableDefinition table;
    private final RangePartitioning ranges;
    private final int ordinal;
    private final SqlType type;

    private RowPartitions(TableDefinition table, RangePartitioning ranges) {
        this.table = table;
        this.ranges = ranges;
        this.ordinal = table.ordinalOfId(ranges.columnId());
        this.type = table.columns().get(ordinal).type();
    }

    /** Of a table; empty for one that is not partitioned. */
    public static Optional<RowPartitions> of(TableDefinition table) {
        return table.partitioning().map(ranges -> new RowPartitions(table, ranges));
    }

    /** The ordinal of the column that decides. */
    int ordinal() {
        return ordinal;
    }

    /** The partition of a row of a table's columns. */
    public long of(List<ColumnBuffer> columns, int row) {
        return ranges.partition(type, columns.get(ordinal).low(row));
    }

    /** Deltas, all of them rows, by their partitions. */
    SortedMap<Long, List<KeyedDelta>> split(List<KeyedDelta> live) {
        SortedMap<Long, List<KeyedDelta>> split = new TreeMap<>();
        ColumnBuffer value = new ColumnBuffer(type, 1);
        DeltaSplit.RowReader reader = new DeltaSplit.RowReader(table, List.of(ordinal), List.of(value));
        for (KeyedDelta entry : live) {
            value.clear();
            reader.add(entry.delta());
            split.computeIfAbsent(ranges.partition(type, value.low(0)), key -> new ArrayList<>())
                    .add(entry);
        }
        return split;
    }

    /** The least value of a partition as keys encode it. */
    byte[] low(long partition) {
        OptionalLong start = ranges.start(type, partition);
        return ColumnEncoder.bound(type, start.orElse(least()), 0);
    }

    /** The greatest value of a partition as keys encode it. */
    byte[] high(long partition) {
        OptionalLong end = ranges.end(type, partition);
        return ColumnEncoder.bound(type, end.isPresent() ? end.getAsLong() - 1 : greatest(), 0);
    }

    private long least() {
        return type.layout().width() == 4 ? Integer.MIN_VALUE : Long.MIN_VALUE;
    }

    private long greatest() {
        return type.layout().width() == 4 ? Integer.MAX_VALUE : Long.MAX_VALUE;
    }
}
