package io.kadedb.storage.catalog;

import io.kadedb.common.catalog.IndexDefinition;
import io.kadedb.storage.format.v1.proto.CatalogProto.IndexPartRecord;
import io.kadedb.storage.format.v1.proto.CatalogProto.IndexRecord;
import java.util.Optional;

/** Indexes within the records of their tables. */
final class IndexRecords {
    private IndexRecords() {}

    static IndexRecord encode(IndexDefinition index) {
        IndexRecord.Builder record = IndexRecord.newBuilder()
                .setId(index.id())
                .setName(index.name())
                .setUnique(index.unique())
                .setNullsNotDistinct(index.nullsNotDistinct())
                .setConstraint(index.constraint());
        index.comment().ifPresent(record::setComment);
        for (IndexDefinition.Part part : index.parts()) {
            record.addParts(
                    IndexPartRecord.newBuilder().setColumnId(part.columnId()).setDescending(part.descending()));
        }
        return record.build();
    }

    static IndexDefinition index(IndexRecord record) {
        return new IndexDefinition(
                record.getId(),
                record.getName(),
                record.getPartsList().stream()
                        .map(part -> new IndexDefinition.Part(part.getColumnId(), part.getDescending()))
                        .toList(),
                record.getUnique(),
                record.getNullsNotDistinct(),
                record.getConstraint(),
                record.hasComment() ? Optional.of(record.getComment()) : Optional.empty());
    }
}
