package io.kadedb.storage.transaction;

import io.kadedb.common.catalog.CatalogChange;
import io.kadedb.common.catalog.KeyMode;
import io.kadedb.common.catalog.TableDefinition;

/** Makes new tables of a store below a cipher BUCKETED. */
final class Bucketing {
    private Bucketing() {}

    static CatalogChange of(CatalogChange change) {
        if (!(change instanceof CatalogChange.CreateTable create)) {
            return change;
        }
        TableDefinition table = create.table();
        return new CatalogChange.CreateTable(new TableDefinition(
                table.id(),
                table.schema(),
                table.name(),
                table.schemaVersion(),
                table.owner(),
                table.columns(),
                table.primaryKey(),
                KeyMode.BUCKETED,
                table.comment(),
                table.tags()));
    }
}
