package io.kadedb.storage.transaction;

import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.storage.api.ColumnRange;
import io.kadedb.storage.api.TablePartitions;
import io.kadedb.storage.table.PartitionRows;
import io.kadedb.storage.table.RowPartitions;
import io.kadedb.storage.table.ScanFilter;
import java.util.List;

/** The partitions of tables as a transaction sees them. */
record TransactionPartitions(TableTransaction transaction) implements TablePartitions {
    @Override
    public List<Partition> of(TableDefinition table) {
        return new PartitionRows(transaction.changes(table).view()).list();
    }

    @Override
    public List<Partition> within(TableDefinition table, List<Partition> partitions, List<ColumnRange> ranges) {
        ScanFilter filter = new ScanFilter(table, ranges);
        RowPartitions rows = RowPartitions.of(table).orElseThrow();
        return partitions.stream()
                .filter(partition -> filter.mayMatch(rows, partition.number()))
                .toList();
    }

    @Override
    public long drop(TableDefinition table, long first, long last) {
        return transaction.dropPartitions(table, first, last);
    }
}
