package io.kadedb.storage.transaction;

import io.kadedb.common.catalog.CatalogChange;
import io.kadedb.common.catalog.KeyMode;

/** Makes new tables of a store below a cipher BUCKETED. */
final class Bucketing {
    private Bucketing() {}

    static CatalogChange of(CatalogChange change) {
        if (!(change instanceof CatalogChange.CreateTable create)) {
            return change;
        }
        return new CatalogChange.CreateTable(create.table().withKeyMode(KeyMode.BUCKETED), create.sequences());
    }
}
