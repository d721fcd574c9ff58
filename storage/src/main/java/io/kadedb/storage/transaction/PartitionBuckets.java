package io.kadedb.storage.transaction;

import io.kadedb.common.catalog.BucketRanges;
import io.kadedb.common.catalog.BucketRanges.Range;
import io.kadedb.common.catalog.RangePartitioning;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.type.SqlType;
import java.util.List;
import java.util.OptionalLong;

/** The buckets that rows of partitions are in. */
final class PartitionBuckets {
    private PartitionBuckets() {}

    /** Of the partitions from the first to the last of a table. */
    static BucketRanges of(TableDefinition table, RangePartitioning buckets, long first, long last) {
        RangePartitioning ranges = table.partitioning().orElseThrow();
        if (ranges.columnId() != buckets.columnId()) {
            return BucketRanges.ALL;
        }
        SqlType type = table.columns().get(table.ordinalOfId(ranges.columnId())).type();
        OptionalLong start = ranges.start(type, first);
        OptionalLong end = ranges.end(type, last);
        return new BucketRanges(List.of(new Range(
                start.isPresent() ? buckets.partition(type, start.getAsLong()) : Long.MIN_VALUE,
                end.isPresent() ? buckets.partition(type, end.getAsLong() - 1) : Long.MAX_VALUE)));
    }
}
