package io.kadedb.storage.catalog;

import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeDetail;
import io.kadedb.common.type.TypeId;
import io.kadedb.storage.format.v1.proto.CatalogProto.EnumLabelRecord;
import io.kadedb.storage.format.v1.proto.CatalogProto.EnumRecord;
import io.kadedb.storage.format.v1.proto.CatalogProto.TypeRecord;
import org.jspecify.annotations.Nullable;

/** Types as records. */
final class TypeRecords {
    private TypeRecords() {}

    static TypeRecord record(SqlType type) {
        TypeRecord.Builder record = TypeRecord.newBuilder()
                .setId(type.id().number())
                .setPrecision(type.precision())
                .setScale(type.scale());
        switch (type.detail()) {
            case null -> {}
            case TypeDetail.Element(SqlType element) -> record.setElement(record(element));
            case TypeDetail.Labels labels -> record.setLabels(labels(labels));
        }
        return record.build();
    }

    static EnumRecord labels(TypeDetail.Labels labels) {
        EnumRecord.Builder record = EnumRecord.newBuilder()
                .setTypeId(labels.typeId())
                .setSchema(labels.schema())
                .setName(labels.name());
        labels.labels()
                .forEach(label -> record.addLabels(
                        EnumLabelRecord.newBuilder().setText(label.text()).setPlace(label.place())));
        return record.build();
    }

    static SqlType type(TypeRecord record) {
        @Nullable
        TypeDetail detail = record.hasElement()
                ? new TypeDetail.Element(type(record.getElement()))
                : record.hasLabels() ? labels(record.getLabels()) : null;
        return new SqlType(TypeId.of(record.getId()), record.getPrecision(), record.getScale(), detail);
    }

    static TypeDetail.Labels labels(EnumRecord record) {
        return new TypeDetail.Labels(
                record.getTypeId(),
                record.getSchema(),
                record.getName(),
                record.getLabelsList().stream()
                        .map(label -> new TypeDetail.Label(label.getText(), label.getPlace()))
                        .toList());
    }
}
