package io.kadedb.storage.catalog;

import io.kadedb.common.catalog.CheckDefinition;
import io.kadedb.common.catalog.ForeignKeyDefinition;
import io.kadedb.storage.format.v1.proto.CatalogProto.CheckRecord;
import io.kadedb.storage.format.v1.proto.CatalogProto.ForeignKeyRecord;

/** Constraints within the records of their tables. */
final class ConstraintRecords {
    private ConstraintRecords() {}

    static CheckRecord encode(CheckDefinition check) {
        return CheckRecord.newBuilder()
                .setName(check.name())
                .setConditionSql(check.conditionSql())
                .setNotValid(!check.valid())
                .build();
    }

    static CheckDefinition check(CheckRecord record) {
        return new CheckDefinition(record.getName(), record.getConditionSql(), !record.getNotValid());
    }

    static ForeignKeyRecord encode(ForeignKeyDefinition foreign) {
        return ForeignKeyRecord.newBuilder()
                .setName(foreign.name())
                .addAllColumns(foreign.columns())
                .setReferencedTable(foreign.referencedTable())
                .addAllReferencedColumns(foreign.referencedColumns())
                .setMatchFull(foreign.matchFull())
                .setOnDelete(foreign.onDelete().number())
                .setOnUpdate(foreign.onUpdate().number())
                .addAllSetColumns(foreign.setColumns())
                .setNotValid(!foreign.valid())
                .build();
    }

    static ForeignKeyDefinition foreignKey(ForeignKeyRecord record) {
        return new ForeignKeyDefinition(
                record.getName(),
                record.getColumnsList(),
                record.getReferencedTable(),
                record.getReferencedColumnsList(),
                record.getMatchFull(),
                ForeignKeyDefinition.Action.of(record.getOnDelete()),
                ForeignKeyDefinition.Action.of(record.getOnUpdate()),
                record.getSetColumnsList(),
                !record.getNotValid());
    }
}
