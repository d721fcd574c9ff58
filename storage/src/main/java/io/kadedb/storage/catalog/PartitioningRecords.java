package io.kadedb.storage.catalog;

import io.kadedb.common.catalog.RangePartitioning;
import io.kadedb.common.type.Interval;
import io.kadedb.storage.format.v1.proto.CatalogProto.IntervalRecord;
import io.kadedb.storage.format.v1.proto.CatalogProto.PartitioningRecord;
import java.util.Optional;

/** The partitioning of tables in records. */
final class PartitioningRecords {
    private PartitioningRecords() {}

    static PartitioningRecord encode(RangePartitioning ranges) {
        PartitioningRecord.Builder record = PartitioningRecord.newBuilder()
                .setColumnId(ranges.columnId())
                .setMonths(ranges.months())
                .setWidth(ranges.width());
        ranges.retention()
                .ifPresent(kept -> record.setRetention(IntervalRecord.newBuilder()
                        .setMonths(kept.months())
                        .setDays(kept.days())
                        .setMicros(kept.micros())));
        return record.build();
    }

    static RangePartitioning partitioning(PartitioningRecord record) {
        IntervalRecord kept = record.getRetention();
        return new RangePartitioning(
                record.getColumnId(),
                record.getMonths(),
                record.getWidth(),
                record.hasRetention()
                        ? Optional.of(new Interval(kept.getMonths(), kept.getDays(), kept.getMicros()))
                        : Optional.empty());
    }
}
