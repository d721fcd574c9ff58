package io.kadedb.storage.catalog;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kadedb.common.catalog.SequenceDefinition;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.storage.format.v1.proto.CatalogProto.SequenceRecord;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sequences as records. */
final class SequenceRecords {
    private SequenceRecords() {}

    /** @param previous the record it replaces, whose unknown fields are kept */
    static byte[] encode(SequenceDefinition sequence, byte @Nullable [] previous) {
        SequenceRecord.Builder record = SequenceRecord.newBuilder()
                .setMajor(CatalogRecords.MAJOR)
                .setId(sequence.id())
                .setSchema(sequence.schema())
                .setName(sequence.name())
                .setOwner(sequence.owner())
                .setCounter(sequence.counter())
                .setFirst(sequence.first())
                .setType(sequence.type().id().number())
                .setStart(sequence.start())
                .setIncrement(sequence.increment())
                .setMin(sequence.min())
                .setMax(sequence.max())
                .setCache(sequence.cache())
                .setCycle(sequence.cycle());
        sequence.ownedBy()
                .ifPresent(owner -> record.setOwnerTable(owner.table())
                        .setOwnerColumn(owner.column())
                        .setIdentity(owner.identity()));
        sequence.comment().ifPresent(record::setComment);
        if (previous != null) {
            try {
                record.mergeUnknownFields(SequenceRecord.parseFrom(previous).getUnknownFields());
            } catch (InvalidProtocolBufferException e) {
                throw CatalogRecords.damaged("sequence", e);
            }
        }
        return record.build().toByteArray();
    }

    static SequenceDefinition sequence(byte[] bytes) {
        try {
            SequenceRecord record = SequenceRecord.parseFrom(bytes);
            CatalogRecords.checkMajor(record.getMajor(), "sequence", record.getName());
            return new SequenceDefinition(
                    record.getId(),
                    record.getSchema(),
                    record.getName(),
                    record.getOwner(),
                    record.getCounter(),
                    record.getFirst(),
                    new SqlType(TypeId.of(record.getType()), SqlType.UNSPECIFIED, 0),
                    record.getStart(),
                    record.getIncrement(),
                    record.getMin(),
                    record.getMax(),
                    record.getCache(),
                    record.getCycle(),
                    record.getOwnerTable() == 0
                            ? Optional.empty()
                            : Optional.of(new SequenceDefinition.Owner(
                                    record.getOwnerTable(), record.getOwnerColumn(), record.getIdentity())),
                    record.hasComment() ? Optional.of(record.getComment()) : Optional.empty());
        } catch (InvalidProtocolBufferException e) {
            throw CatalogRecords.damaged("sequence", e);
        }
    }
}
