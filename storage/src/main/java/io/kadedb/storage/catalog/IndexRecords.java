package io.kadedb.storage.catalog;

import io.kadedb.common.catalog.IndexDefinition;
import io.kadedb.common.catalog.IndexExpression;
import io.kadedb.common.inverted.TermClass;
import io.kadedb.storage.format.v1.proto.CatalogProto.IndexExpressionRecord;
import io.kadedb.storage.format.v1.proto.CatalogProto.IndexPartRecord;
import io.kadedb.storage.format.v1.proto.CatalogProto.IndexRecord;
import java.util.Optional;

/** Indexes within the records of their tables. */
final class IndexRecords {
    private IndexRecords() {}

    /** Whether versions that know of columns alone can keep it. */
    static boolean isOriginal(IndexDefinition index) {
        return index.isPlain() && index.isPublic() && index.included().isEmpty() && !index.isInverted();
    }

    static IndexRecord encode(IndexDefinition index) {
        IndexRecord.Builder record = IndexRecord.newBuilder()
                .setId(index.id())
                .setName(index.name())
                .setUnique(index.unique())
                .setNullsNotDistinct(index.nullsNotDistinct())
                .setConstraint(index.constraint())
                .addAllIncluded(index.included())
                .setState(index.state().number());
        index.comment().ifPresent(record::setComment);
        index.condition().ifPresent(condition -> record.setCondition(encode(condition)));
        index.parts().forEach(part -> record.addParts(encode(part)));
        return record.build();
    }

    private static IndexPartRecord encode(IndexDefinition.Part part) {
        IndexPartRecord.Builder record = IndexPartRecord.newBuilder()
                .setDescending(part.descending())
                .setNullsSwapped(part.nullsFirst() != part.descending());
        part.terms().ifPresent(terms -> record.setTerms(terms.number()));
        part.expression()
                .ifPresentOrElse(
                        computed -> record.setExpression(encode(computed)), () -> record.setColumnId(part.columnId()));
        return record.build();
    }

    private static IndexExpressionRecord encode(IndexExpression computed) {
        return IndexExpressionRecord.newBuilder()
                .setSql(computed.sql())
                .setType(TypeRecords.record(computed.type()))
                .addAllColumnIds(computed.columnIds())
                .build();
    }

    static IndexDefinition index(IndexRecord record) {
        return new IndexDefinition(
                record.getId(),
                record.getName(),
                record.getPartsList().stream().map(IndexRecords::part).toList(),
                record.getUnique(),
                record.getNullsNotDistinct(),
                record.getConstraint(),
                record.hasComment() ? Optional.of(record.getComment()) : Optional.empty(),
                record.getIncludedList(),
                record.hasCondition() ? Optional.of(expression(record.getCondition())) : Optional.empty(),
                IndexDefinition.State.of(record.getState()));
    }

    private static IndexDefinition.Part part(IndexPartRecord record) {
        boolean nullsFirst = record.getDescending() != record.getNullsSwapped();
        IndexDefinition.Part part = record.hasExpression()
                ? new IndexDefinition.Part(expression(record.getExpression()), record.getDescending(), nullsFirst)
                : new IndexDefinition.Part(record.getColumnId(), Optional.empty(), record.getDescending(), nullsFirst);
        return record.getTerms() == 0 ? part : part.withTerms(TermClass.of(record.getTerms()));
    }

    private static IndexExpression expression(IndexExpressionRecord record) {
        return new IndexExpression(record.getSql(), TypeRecords.type(record.getType()), record.getColumnIdsList());
    }
}
