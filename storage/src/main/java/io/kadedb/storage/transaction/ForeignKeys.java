package io.kadedb.storage.transaction;

import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.common.catalog.ForeignKeyDefinition;
import io.kadedb.common.catalog.SchemaDefinition;
import io.kadedb.common.catalog.TableDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who refers to whom in one version of the catalog.
 *
 * @param tables by id
 * @param references by the id of the table that they refer to
 */
record ForeignKeys(CatalogSnapshot catalog, Map<Long, TableDefinition> tables, Map<Long, List<Reference>> references) {
    /** A foreign key with the table that has it. */
    record Reference(TableDefinition table, ForeignKeyDefinition key) {}

    static ForeignKeys of(CatalogSnapshot catalog) {
        Map<Long, TableDefinition> tables = new HashMap<>();
        Map<Long, List<Reference>> references = new HashMap<>();
        for (SchemaDefinition schema : catalog.schemas().values()) {
            for (TableDefinition table : schema.tables().values()) {
                tables.put(table.id(), table);
                for (ForeignKeyDefinition key : table.foreignKeys()) {
                    references
                            .computeIfAbsent(key.referencedTable(), id -> new ArrayList<>())
                            .add(new Reference(table, key));
                }
            }
        }
        return new ForeignKeys(catalog, tables, references);
    }

    List<Reference> to(TableDefinition table) {
        return references.isEmpty() ? List.of() : references.getOrDefault(table.id(), List.of());
    }
}
