package io.kadedb.storage.catalog;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kadedb.common.catalog.MaterializedQuery;
import io.kadedb.common.catalog.ViewDefinition;
import io.kadedb.common.catalog.ViewDefinition.UsedColumn;
import io.kadedb.common.catalog.ViewDefinition.UsedRelation;
import io.kadedb.storage.format.v1.proto.CatalogProto.MaterializedRecord;
import io.kadedb.storage.format.v1.proto.CatalogProto.UsedColumnRecord;
import io.kadedb.storage.format.v1.proto.CatalogProto.UsedRelationRecord;
import io.kadedb.storage.format.v1.proto.CatalogProto.ViewRecord;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Views as records. */
final class ViewRecords {
    private ViewRecords() {}

    /**
     * A view's record.
     *
     * @param previous the record it replaces, whose unknown fields are kept
     */
    static byte[] encode(ViewDefinition view, byte @Nullable [] previous) {
        ViewRecord.Builder record = ViewRecord.newBuilder()
                .setMajor(CatalogRecords.MAJOR)
                .setId(view.id())
                .setSchema(view.schema())
                .setName(view.name())
                .setSchemaVersion(view.schemaVersion())
                .setOwner(view.owner())
                .setQuery(view.query())
                .addAllSearchPath(view.searchPath())
                .addAllGraphs(view.graphs())
                .putAllTags(view.tags());
        view.checkOption().ifPresent(option -> record.setCheckOption(option.number()));
        view.comment().ifPresent(record::setComment);
        view.columns().forEach(column -> record.addColumns(CatalogRecords.column(column)));
        view.relations().forEach(relation -> record.addRelations(relation(relation)));
        if (previous != null) {
            try {
                record.mergeUnknownFields(ViewRecord.parseFrom(previous).getUnknownFields());
            } catch (InvalidProtocolBufferException e) {
                throw CatalogRecords.damaged("view", e);
            }
        }
        return record.build().toByteArray();
    }

    static MaterializedRecord encode(MaterializedQuery made) {
        MaterializedRecord.Builder record = MaterializedRecord.newBuilder()
                .setQuery(made.query())
                .addAllSearchPath(made.searchPath())
                .addAllRelations(
                        made.relations().stream().map(ViewRecords::relation).toList())
                .addAllGraphs(made.graphs())
                .setPopulated(made.populated());
        made.continuous().ifPresent(aggregate -> record.setContinuous(PartitioningRecords.encode(aggregate)));
        return record.build();
    }

    static MaterializedQuery materialized(MaterializedRecord record) {
        return new MaterializedQuery(
                record.getQuery(),
                record.getSearchPathList(),
                record.getRelationsList().stream().map(ViewRecords::relation).toList(),
                record.getGraphsList(),
                record.getPopulated(),
                record.hasContinuous()
                        ? Optional.of(PartitioningRecords.continuous(record.getContinuous()))
                        : Optional.empty());
    }

    private static UsedRelationRecord relation(UsedRelation relation) {
        UsedRelationRecord.Builder record = UsedRelationRecord.newBuilder()
                .setId(relation.id())
                .setSchema(relation.schema())
                .setName(relation.name());
        for (UsedColumn column : relation.columns()) {
            record.addColumns(UsedColumnRecord.newBuilder()
                    .setId(column.id())
                    .setName(column.name())
                    .setRead(column.read()));
        }
        return record.build();
    }

    static ViewDefinition view(byte[] bytes) {
        try {
            ViewRecord record = ViewRecord.parseFrom(bytes);
            CatalogRecords.checkMajor(record.getMajor(), "view", record.getName());
            return new ViewDefinition(
                    record.getId(),
                    record.getSchema(),
                    record.getName(),
                    record.getSchemaVersion(),
                    record.getOwner(),
                    record.getColumnsList().stream().map(CatalogRecords::column).toList(),
                    record.getQuery(),
                    record.getSearchPathList(),
                    record.getRelationsList().stream()
                            .map(ViewRecords::relation)
                            .toList(),
                    record.getGraphsList(),
                    ViewDefinition.CheckOption.of(record.getCheckOption()),
                    record.hasComment() ? Optional.of(record.getComment()) : Optional.empty(),
                    record.getTagsMap());
        } catch (InvalidProtocolBufferException e) {
            throw CatalogRecords.damaged("view", e);
        }
    }

    private static UsedRelation relation(UsedRelationRecord record) {
        return new UsedRelation(
                record.getId(),
                record.getSchema(),
                record.getName(),
                record.getColumnsList().stream()
                        .map(column -> new UsedColumn(column.getId(), column.getName(), column.getRead()))
                        .toList());
    }
}
