package io.kadedb.storage.catalog;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kadedb.common.catalog.EnumDefinition;
import io.kadedb.storage.format.v1.proto.CatalogProto.EnumTypeRecord;
import org.jspecify.annotations.Nullable;

/** Enumerated types as records. */
final class EnumRecords {
    private EnumRecords() {}

    /**
     * The record.
     *
     * @param previous the record it replaces, whose unknown fields are kept
     */
    static byte[] encode(EnumDefinition type, byte @Nullable [] previous) {
        EnumTypeRecord.Builder record = EnumTypeRecord.newBuilder()
                .setMajor(CatalogRecords.MAJOR)
                .setOwner(type.owner())
                .setType(TypeRecords.labels(type.labels()));
        if (previous != null) {
            try {
                record.mergeUnknownFields(EnumTypeRecord.parseFrom(previous).getUnknownFields());
            } catch (InvalidProtocolBufferException e) {
                throw CatalogRecords.damaged("type", e);
            }
        }
        return record.build().toByteArray();
    }

    static EnumDefinition type(byte[] bytes) {
        try {
            EnumTypeRecord record = EnumTypeRecord.parseFrom(bytes);
            CatalogRecords.checkMajor(
                    record.getMajor(), "type", record.getType().getName());
            return new EnumDefinition(record.getOwner(), TypeRecords.labels(record.getType()));
        } catch (InvalidProtocolBufferException e) {
            throw CatalogRecords.damaged("type", e);
        }
    }
}
