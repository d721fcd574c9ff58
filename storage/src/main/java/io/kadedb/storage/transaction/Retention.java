package io.kadedb.storage.transaction;

import io.kadedb.common.catalog.RangePartitioning;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.seam.Clock;
import io.kadedb.storage.api.TablePartitions.Partition;
import java.util.List;
import java.util.OptionalLong;

/** Drops partitions that ended longer ago than their tables keep them, the oldest first and so many at a time. */
final class Retention {
    /** Partitions of a table that one round drops at most. */
    private static final int MOST_PARTITIONS = 16;

    private final TableStore store;
    private final Clock clock;

    Retention(TableStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** One round over all tables. A table whose partitions somebody writes right now is left to the next round. */
    void run() {
        for (TableDefinition table : tables()) {
            try {
                drop(table);
            } catch (KadeException e) {
                if (e.code() != ErrorCode.SERIALIZATION_FAILURE) {
                    throw e;
                }
            }
        }
    }

    private List<TableDefinition> tables() {
        try (TableTransaction transaction = store.begin()) {
            return transaction.catalog().schemas().values().stream()
                    .flatMap(schema -> schema.tables().values().stream())
                    .filter(table -> table.partitioning()
                            .flatMap(RangePartitioning::retention)
                            .isPresent())
                    .toList();
        }
    }

    private void drop(TableDefinition table) {
        RangePartitioning ranges = table.partitioning().orElseThrow();
        OptionalLong firstKept = ranges.firstKept(
                table.columns().get(table.ordinalOfId(ranges.columnId())).type(), clock.wallMicros());
        try (TableTransaction transaction = store.begin()) {
            transaction.beginStatement();
            List<Partition> expired = transaction.partitions().of(table).stream()
                    .filter(partition -> firstKept.isPresent() && partition.number() < firstKept.getAsLong())
                    .limit(MOST_PARTITIONS)
                    .toList();
            if (!expired.isEmpty()) {
                transaction
                        .partitions()
                        .drop(
                                table,
                                expired.getFirst().number(),
                                expired.getLast().number());
                transaction.endStatement();
                transaction.commit();
            }
        }
    }
}
