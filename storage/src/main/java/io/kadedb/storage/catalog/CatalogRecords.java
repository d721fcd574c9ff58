package io.kadedb.storage.catalog;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.IndexDefinition;
import io.kadedb.common.catalog.KeyMode;
import io.kadedb.common.catalog.MissingValue;
import io.kadedb.common.catalog.RowStorage;
import io.kadedb.common.catalog.SchemaDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.Layout;
import io.kadedb.common.type.SqlType;
import io.kadedb.storage.format.v1.proto.CatalogProto.ColumnRecord;
import io.kadedb.storage.format.v1.proto.CatalogProto.DroppedColumnRecord;
import io.kadedb.storage.format.v1.proto.CatalogProto.MissingRecord;
import io.kadedb.storage.format.v1.proto.CatalogProto.SchemaRecord;
import io.kadedb.storage.format.v1.proto.CatalogProto.TableRecord;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Schemas and tables as records. A table whose rows a reader of major 1 would misread, since they lack columns or hold
 * dropped ones, has major 2; all else is written as it was before there was a second one.
 */
final class CatalogRecords {
    static final int MAJOR = 1;

    /** Of tables that were altered. */
    private static final int WITH_ALTERATIONS = 2;

    /** Of tables with indexes that are more than columns. */
    private static final int WITH_COMPUTED_INDEXES = 3;

    /** Of tables with inverted indexes. */
    private static final int WITH_INVERTED_INDEXES = 4;

    /** Of partitioned tables and materialized views. */
    private static final int WITH_PARTITIONS = 5;

    /** The greatest major that is read: of continuous aggregates and what they read. */
    static final int NEWEST = 6;

    private CatalogRecords() {}

    static void checkMajor(int major, String kind, String name) {
        if (major > NEWEST) {
            throw KadeException.of(
                            ErrorCode.INCOMPATIBLE_FORMAT,
                            "the catalog record of " + kind + " \"" + name + "\" has format " + major
                                    + ", this version of KadeDB reads up to " + NEWEST)
                    .hint("open the database with the version that wrote it");
        }
    }

    static KadeException damaged(String kind, Exception cause) {
        return KadeException.of(ErrorCode.DATA_CORRUPTED, "a catalog record of a " + kind + " is damaged", cause);
    }

    static byte[] encode(SchemaDefinition schema) {
        SchemaRecord.Builder record = SchemaRecord.newBuilder()
                .setMajor(MAJOR)
                .setId(schema.id())
                .setName(schema.name())
                .setOwner(schema.owner());
        schema.comment().ifPresent(record::setComment);
        return record.build().toByteArray();
    }

    static SchemaDefinition schema(byte[] bytes) {
        try {
            SchemaRecord record = SchemaRecord.parseFrom(bytes);
            checkMajor(record.getMajor(), "schema", record.getName());
            return new SchemaDefinition(record.getId(), record.getName(), record.getOwner())
                    .withComment(record.hasComment() ? Optional.of(record.getComment()) : Optional.empty());
        } catch (InvalidProtocolBufferException e) {
            throw damaged("schema", e);
        }
    }

    /**
     * A table's record.
     *
     * @param previous the record it replaces, whose unknown fields are kept
     */
    static byte[] encode(TableDefinition table, byte @Nullable [] previous) {
        TableRecord.Builder record = TableRecord.newBuilder()
                .setMajor(major(table))
                .setId(table.id())
                .setSchema(table.schema())
                .setName(table.name())
                .setSchemaVersion(table.schemaVersion())
                .setOwner(table.owner())
                .addAllPrimaryKey(table.primaryKey())
                .setKeyMode(table.keyMode().number())
                .putAllTags(table.tags())
                .putAllConstraintComments(table.constraintComments());
        table.onCommit().ifPresent(action -> record.setOnCommit(action.number()));
        record.setStorageId(table.rows().id());
        for (RowStorage.DroppedColumn dropped : table.rows().dropped()) {
            record.addDropped(
                    DroppedColumnRecord.newBuilder().setId(dropped.id()).setType(TypeRecords.record(dropped.type())));
        }
        table.partitioning().ifPresent(ranges -> record.setPartitioning(PartitioningRecords.encode(ranges)));
        table.materialized().ifPresent(made -> record.setMaterialized(ViewRecords.encode(made)));
        table.bucketLogs().forEach(log -> record.addBucketLogs(PartitioningRecords.encode(log)));
        table.comment().ifPresent(record::setComment);
        table.primaryKeyName().ifPresent(record::setPrimaryKeyName);
        table.indexes().forEach(index -> record.addIndexes(IndexRecords.encode(index)));
        table.checks().forEach(check -> record.addChecks(ConstraintRecords.encode(check)));
        table.foreignKeys().forEach(foreign -> record.addForeignKeys(ConstraintRecords.encode(foreign)));
        for (ColumnDefinition column : table.columns()) {
            record.addColumns(column(column));
        }
        if (previous != null) {
            try {
                record.mergeUnknownFields(TableRecord.parseFrom(previous).getUnknownFields());
            } catch (InvalidProtocolBufferException e) {
                throw damaged("table", e);
            }
        }
        return record.build().toByteArray();
    }

    /** The least version that can read a table's record. */
    private static int major(TableDefinition table) {
        if (table.continuous().isPresent() || !table.bucketLogs().isEmpty()) {
            return NEWEST;
        }
        if (table.partitioning().isPresent() || table.materialized().isPresent()) {
            return WITH_PARTITIONS;
        }
        if (table.indexes().stream().anyMatch(IndexDefinition::isInverted)) {
            return WITH_INVERTED_INDEXES;
        }
        if (!table.indexes().stream().allMatch(IndexRecords::isOriginal)) {
            return WITH_COMPUTED_INDEXES;
        }
        return isOriginal(table) ? MAJOR : WITH_ALTERATIONS;
    }

    private static boolean isOriginal(TableDefinition table) {
        return table.rows().equals(RowStorage.ORIGINAL)
                && table.columns().stream().allMatch(column -> column.missing().isEmpty());
    }

    static ColumnRecord column(ColumnDefinition column) {
        ColumnRecord.Builder record = ColumnRecord.newBuilder()
                .setId(column.id())
                .setName(column.name())
                .setType(TypeRecords.record(column.type()))
                .setNullable(column.nullable())
                .setCollationId(column.collationId())
                .putAllTags(column.tags());
        column.defaultSql().ifPresent(record::setDefaultSql);
        column.generatedSql().ifPresent(record::setGeneratedSql);
        column.comment().ifPresent(record::setComment);
        column.missing()
                .ifPresent(value -> record.setMissing(MissingRecord.newBuilder()
                        .setLow(value.low())
                        .setHigh(value.high())
                        .setBytes(ByteString.copyFrom(value.bytes()))));
        record.setVirtual(column.virtual());
        column.notNullName().ifPresent(record::setNotNullName);
        record.setIdentity(column.identity().map(kind -> kind.number()).orElse(0));
        return record.build();
    }

    static TableDefinition table(byte[] bytes) {
        try {
            TableRecord record = TableRecord.parseFrom(bytes);
            checkMajor(record.getMajor(), "table", record.getName());
            return new TableDefinition(
                    record.getId(),
                    record.getSchema(),
                    record.getName(),
                    record.getSchemaVersion(),
                    record.getOwner(),
                    record.getColumnsList().stream().map(CatalogRecords::column).toList(),
                    record.getPrimaryKeyList(),
                    KeyMode.of(record.getKeyMode()),
                    record.hasComment() ? Optional.of(record.getComment()) : Optional.empty(),
                    record.getTagsMap(),
                    record.hasPrimaryKeyName() ? Optional.of(record.getPrimaryKeyName()) : Optional.empty(),
                    record.getIndexesList().stream().map(IndexRecords::index).toList(),
                    record.getChecksList().stream()
                            .map(ConstraintRecords::check)
                            .toList(),
                    record.getForeignKeysList().stream()
                            .map(ConstraintRecords::foreignKey)
                            .toList(),
                    record.getConstraintCommentsMap(),
                    record.getOnCommit() == 0
                            ? Optional.empty()
                            : Optional.of(TableDefinition.OnCommit.of(record.getOnCommit())),
                    new RowStorage(
                            record.getStorageId(),
                            record.getDroppedList().stream()
                                    .map(dropped -> new RowStorage.DroppedColumn(
                                            dropped.getId(), TypeRecords.type(dropped.getType())))
                                    .toList()),
                    record.hasPartitioning()
                            ? Optional.of(PartitioningRecords.partitioning(record.getPartitioning()))
                            : Optional.empty(),
                    record.hasMaterialized()
                            ? Optional.of(ViewRecords.materialized(record.getMaterialized()))
                            : Optional.empty(),
                    record.getBucketLogsList().stream()
                            .map(PartitioningRecords::log)
                            .toList());
        } catch (InvalidProtocolBufferException e) {
            throw damaged("table", e);
        }
    }

    static ColumnDefinition column(ColumnRecord record) {
        return new ColumnDefinition(
                record.getId(),
                record.getName(),
                TypeRecords.type(record.getType()),
                record.getNullable(),
                record.hasDefaultSql() ? Optional.of(record.getDefaultSql()) : Optional.empty(),
                record.getCollationId(),
                record.hasComment() ? Optional.of(record.getComment()) : Optional.empty(),
                record.getTagsMap(),
                record.hasGeneratedSql() ? Optional.of(record.getGeneratedSql()) : Optional.empty(),
                record.getVirtual(),
                record.getIdentity() == 0
                        ? Optional.empty()
                        : Optional.of(ColumnDefinition.Identity.of(record.getIdentity())),
                record.hasMissing()
                        ? Optional.of(missing(TypeRecords.type(record.getType()), record.getMissing()))
                        : Optional.empty(),
                record.hasNotNullName() ? Optional.of(record.getNotNullName()) : Optional.empty());
    }

    private static MissingValue missing(SqlType type, MissingRecord record) {
        return type.layout() == Layout.VARBYTES
                ? MissingValue.bytes(record.getBytes().toByteArray())
                : MissingValue.fixed(record.getLow(), record.getHigh());
    }
}
