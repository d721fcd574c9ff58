package io.kadedb.server.jdbc;

import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.common.catalog.ForeignKeyDefinition;
import io.kadedb.common.catalog.IndexDefinition;
import io.kadedb.common.catalog.TableDefinition;
import java.sql.DatabaseMetaData;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The rows of {@link DatabaseMetaData}'s methods about foreign keys: one for each column, by table, constraint and place in
 * the key. Names are exact, a null or empty schema is any.
 */
public final class ForeignKeyResults {
    public static final List<CatalogResults.Column> COLUMNS = CatalogResults.columns(
            "PKTABLE_CAT",
            "PKTABLE_SCHEM",
            "PKTABLE_NAME",
            "PKCOLUMN_NAME",
            "FKTABLE_CAT",
            "FKTABLE_SCHEM",
            "FKTABLE_NAME",
            "FKCOLUMN_NAME",
            "#KEY_SEQ",
            "#UPDATE_RULE",
            "#DELETE_RULE",
            "FK_NAME",
            "PK_NAME",
            "#DEFERRABILITY");

    private static final Comparator<Reference> BY_REFERENCED = Comparator.comparing(
                    (Reference reference) -> reference.referenced().schema())
            .thenComparing(reference -> reference.referenced().name());
    private static final Comparator<Reference> BY_REFERENCING = Comparator.comparing(
                    (Reference reference) -> reference.referencing().schema())
            .thenComparing(reference -> reference.referencing().name());

    private final CatalogSnapshot catalog;
    private final String database;

    public ForeignKeyResults(CatalogSnapshot catalog, String database) {
        this.catalog = catalog;
        this.database = database;
    }

    /** A foreign key with both its tables. */
    private record Reference(TableDefinition referencing, TableDefinition referenced, ForeignKeyDefinition key) {}

    /** What a table refers to. */
    public List<@Nullable Object[]> imported(@Nullable String schema, String table) {
        return rows(
                reference -> is(reference.referencing(), schema, table), BY_REFERENCED.thenComparing(BY_REFERENCING));
    }

    /** What refers to a table. */
    public List<@Nullable Object[]> exported(@Nullable String schema, String table) {
        return rows(
                reference -> is(reference.referenced(), schema, table), BY_REFERENCING.thenComparing(BY_REFERENCED));
    }

    /** How one table refers to another. */
    public List<@Nullable Object[]> between(
            @Nullable String parentSchema, String parent, @Nullable String foreignSchema, String foreign) {
        return rows(
                reference -> is(reference.referenced(), parentSchema, parent)
                        && is(reference.referencing(), foreignSchema, foreign),
                BY_REFERENCING.thenComparing(BY_REFERENCED));
    }

    private static boolean is(TableDefinition table, @Nullable String schema, String name) {
        return table.name().equals(name)
                && (schema == null || schema.isEmpty() || table.schema().equals(schema));
    }

    private List<@Nullable Object[]> rows(Predicate<Reference> wanted, Comparator<Reference> order) {
        List<Reference> found = new ArrayList<>();
        catalog.schemas().values().stream()
                .flatMap(schema -> schema.tables().values().stream())
                .forEach(table -> table.foreignKeys()
                        .forEach(key -> catalog.table(key.referencedTable())
                                .map(referenced -> new Reference(table, referenced, key))
                                .filter(wanted)
                                .ifPresent(found::add)));
        found.sort(order.thenComparing(reference -> reference.key().name()));
        List<@Nullable Object[]> rows = new ArrayList<>();
        found.forEach(reference -> add(reference, rows));
        return rows;
    }

    private void add(Reference reference, List<@Nullable Object[]> rows) {
        TableDefinition referenced = reference.referenced();
        TableDefinition referencing = reference.referencing();
        ForeignKeyDefinition key = reference.key();
        for (int i = 0; i < key.columns().size(); i++) {
            rows.add(new @Nullable Object[] {
                database,
                referenced.schema(),
                referenced.name(),
                column(referenced, key.referencedColumns().get(i)),
                database,
                referencing.schema(),
                referencing.name(),
                column(referencing, key.columns().get(i)),
                i + 1,
                rule(key.onUpdate()),
                rule(key.onDelete()),
                key.name(),
                referencedKey(referenced, key),
                DatabaseMetaData.importedKeyNotDeferrable
            });
        }
    }

    private static String column(TableDefinition table, int id) {
        return table.columns().get(table.ordinalOfId(id)).name();
    }

    /** The primary key or unique index over the referenced columns. */
    private static @Nullable String referencedKey(TableDefinition table, ForeignKeyDefinition key) {
        Set<Integer> columns = new HashSet<>(key.referencedColumns());
        Set<Integer> primary = new HashSet<>();
        table.primaryKey()
                .forEach(ordinal -> primary.add(table.columns().get(ordinal).id()));
        if (columns.equals(primary)) {
            return table.primaryKeyConstraint();
        }
        return table.indexes().stream()
                .filter(index -> index.isKey() && columns.equals(new HashSet<>(index.columnIds())))
                .map(IndexDefinition::name)
                .findFirst()
                .orElse(null);
    }

    private static int rule(ForeignKeyDefinition.Action action) {
        return switch (action) {
            case NO_ACTION -> DatabaseMetaData.importedKeyNoAction;
            case RESTRICT -> DatabaseMetaData.importedKeyRestrict;
            case CASCADE -> DatabaseMetaData.importedKeyCascade;
            case SET_NULL -> DatabaseMetaData.importedKeySetNull;
            case SET_DEFAULT -> DatabaseMetaData.importedKeySetDefault;
        };
    }
}
