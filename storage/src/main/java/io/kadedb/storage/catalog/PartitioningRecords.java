package io.kadedb.storage.catalog;

import io.kadedb.common.catalog.BucketLog;
import io.kadedb.common.catalog.ContinuousAggregate;
import io.kadedb.common.catalog.RangePartitioning;
import io.kadedb.common.type.Interval;
import io.kadedb.storage.format.v1.proto.CatalogProto.BucketLogRecord;
import io.kadedb.storage.format.v1.proto.CatalogProto.ContinuousRecord;
import io.kadedb.storage.format.v1.proto.CatalogProto.IntervalRecord;
import io.kadedb.storage.format.v1.proto.CatalogProto.PartitioningRecord;
import java.util.Optional;

/** The partitioning of tables, and the buckets of continuous aggregates, in records. */
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

    static BucketLogRecord encode(BucketLog log) {
        return BucketLogRecord.newBuilder()
                .setView(log.view())
                .setBuckets(encode(log.buckets()))
                .build();
    }

    static BucketLog log(BucketLogRecord record) {
        return new BucketLog(record.getView(), partitioning(record.getBuckets()));
    }

    static ContinuousRecord encode(ContinuousAggregate aggregate) {
        return ContinuousRecord.newBuilder()
                .setSource(aggregate.source())
                .setBuckets(encode(aggregate.buckets()))
                .setColumn(aggregate.column())
                .build();
    }

    static ContinuousAggregate continuous(ContinuousRecord record) {
        return new ContinuousAggregate(record.getSource(), partitioning(record.getBuckets()), record.getColumn());
    }
}
