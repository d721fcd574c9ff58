package io.kadedb.planner.system;

import static io.kadedb.planner.system.RelationRows.row;
import static io.kadedb.planner.system.RelationRows.yesOrNo;
import static io.kadedb.planner.system.SystemRelation.DATABASE;

import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.common.catalog.CheckDefinition;
import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.ForeignKeyDefinition;
import io.kadedb.common.catalog.IndexDefinition;
import io.kadedb.common.catalog.SchemaDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.parser.SqlParser;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** The relations of information_schema that tell of constraints. */
final class ConstraintRows {
    private ConstraintRows() {}

    static List<SystemRelation> relations() {
        return List.of(
                RelationRows.relation(
                        "table_constraints",
                        "constraint_catalog constraint_schema constraint_name table_catalog table_schema table_name"
                                + " constraint_type is_deferrable initially_deferred enforced nulls_distinct",
                        ConstraintRows::tableConstraints),
                RelationRows.relation(
                        "key_column_usage",
                        "constraint_catalog constraint_schema constraint_name table_catalog table_schema table_name"
                                + " column_name #ordinal_position #position_in_unique_constraint",
                        ConstraintRows::keyColumns),
                RelationRows.relation(
                        "referential_constraints",
                        "constraint_catalog constraint_schema constraint_name unique_constraint_catalog"
                                + " unique_constraint_schema unique_constraint_name match_option update_rule"
                                + " delete_rule",
                        ConstraintRows::references),
                RelationRows.relation(
                        "constraint_column_usage",
                        "table_catalog table_schema table_name column_name constraint_catalog constraint_schema"
                                + " constraint_name",
                        ConstraintRows::columnUsage),
                RelationRows.relation(
                        "check_constraints",
                        "constraint_catalog constraint_schema constraint_name check_clause",
                        ConstraintRows::checks));
    }

    private static List<TableDefinition> tables(CatalogSnapshot catalog) {
        return RelationRows.all(catalog, SchemaDefinition::tables).toList();
    }

    private static List<ColumnDefinition> notNull(TableDefinition table) {
        return table.columns().stream().filter(column -> !column.nullable()).toList();
    }

    private static List<List<@Nullable Object>> tableConstraints(CatalogSnapshot catalog) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (TableDefinition table : tables(catalog)) {
            if (table.hasPrimaryKey()) {
                rows.add(constraint(table, table.primaryKeyConstraint(), "PRIMARY KEY", null));
            }
            for (IndexDefinition index : table.indexes()) {
                if (index.constraint()) {
                    rows.add(constraint(table, index.name(), "UNIQUE", yesOrNo(!index.nullsNotDistinct())));
                }
            }
            table.foreignKeys().forEach(key -> rows.add(constraint(table, key.name(), "FOREIGN KEY", null)));
            table.checks().forEach(check -> rows.add(constraint(table, check.name(), "CHECK", null)));
            notNull(table).forEach(column -> rows.add(constraint(table, table.notNullName(column), "CHECK", null)));
        }
        return rows;
    }

    private static List<@Nullable Object> constraint(
            TableDefinition table, String name, String type, @Nullable String nullsDistinct) {
        return row(
                DATABASE,
                table.schema(),
                name,
                DATABASE,
                table.schema(),
                table.name(),
                type,
                "NO",
                "NO",
                "YES",
                nullsDistinct);
    }

    private static List<List<@Nullable Object>> keyColumns(CatalogSnapshot catalog) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (TableDefinition table : tables(catalog)) {
            for (Key key : keys(table)) {
                for (int i = 0; i < key.columns.size(); i++) {
                    rows.add(keyColumn(table, key.name, key.columns.get(i), i, null));
                }
            }
            for (ForeignKeyDefinition foreign : table.foreignKeys()) {
                List<Integer> unique = catalog.table(foreign.referencedTable())
                        .map(referenced -> key(referenced, foreign).columns)
                        .orElse(List.of());
                for (int i = 0; i < foreign.columns().size(); i++) {
                    long place = unique.indexOf(foreign.referencedColumns().get(i)) + 1L;
                    rows.add(keyColumn(table, foreign.name(), foreign.columns().get(i), i, place));
                }
            }
        }
        return rows;
    }

    /** A primary key or unique constraint with the ids of its columns. */
    private record Key(String name, List<Integer> columns) {}

    private static List<Key> keys(TableDefinition table) {
        List<Key> keys = new ArrayList<>();
        if (table.hasPrimaryKey()) {
            List<Integer> ids = table.primaryKey().stream()
                    .map(ordinal -> table.columns().get(ordinal).id())
                    .toList();
            keys.add(new Key(table.primaryKeyConstraint(), ids));
        }
        for (IndexDefinition index : table.indexes()) {
            if (index.constraint()) {
                keys.add(new Key(index.name(), index.columnIds()));
            }
        }
        return keys;
    }

    /** What a foreign key refers to: a constraint, or a unique index that is none. */
    private static Key key(TableDefinition referenced, ForeignKeyDefinition foreign) {
        Set<Integer> wanted = new HashSet<>(foreign.referencedColumns());
        return keys(referenced).stream()
                .filter(key -> new HashSet<>(key.columns).equals(wanted))
                .findFirst()
                .orElseGet(() -> new Key("", foreign.referencedColumns()));
    }

    private static List<@Nullable Object> keyColumn(
            TableDefinition table, String constraint, int column, int index, @Nullable Long place) {
        return row(
                DATABASE,
                table.schema(),
                constraint,
                DATABASE,
                table.schema(),
                table.name(),
                table.columns().get(table.ordinalOfId(column)).name(),
                index + 1L,
                place);
    }

    private static List<List<@Nullable Object>> references(CatalogSnapshot catalog) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (TableDefinition table : tables(catalog)) {
            for (ForeignKeyDefinition foreign : table.foreignKeys()) {
                Optional<TableDefinition> referenced = catalog.table(foreign.referencedTable());
                String unique =
                        referenced.map(other -> key(other, foreign).name).orElse("");
                rows.add(row(
                        DATABASE,
                        table.schema(),
                        foreign.name(),
                        unique.isEmpty() ? null : DATABASE,
                        unique.isEmpty()
                                ? null
                                : referenced.map(TableDefinition::schema).orElse(null),
                        unique.isEmpty() ? null : unique,
                        foreign.matchFull() ? "FULL" : "NONE",
                        rule(foreign.onUpdate()),
                        rule(foreign.onDelete())));
            }
        }
        return rows;
    }

    private static String rule(ForeignKeyDefinition.Action action) {
        return action.name().replace('_', ' ').toUpperCase(Locale.ROOT);
    }

    private static List<List<@Nullable Object>> columnUsage(CatalogSnapshot catalog) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (TableDefinition table : tables(catalog)) {
            for (Key key : keys(table)) {
                key.columns.forEach(column -> rows.add(used(
                        table, table.columns().get(table.ordinalOfId(column)).name(), table, key.name)));
            }
            for (CheckDefinition check : table.checks()) {
                columns(table, check).forEach(column -> rows.add(used(table, column, table, check.name())));
            }
            for (ColumnDefinition column : notNull(table)) {
                rows.add(used(table, column.name(), table, table.notNullName(column)));
            }
            for (ForeignKeyDefinition foreign : table.foreignKeys()) {
                catalog.table(foreign.referencedTable())
                        .ifPresent(referenced -> foreign.referencedColumns()
                                .forEach(column -> rows.add(used(
                                        referenced,
                                        referenced
                                                .columns()
                                                .get(referenced.ordinalOfId(column))
                                                .name(),
                                        table,
                                        foreign.name()))));
            }
        }
        return rows;
    }

    private static List<@Nullable Object> used(
            TableDefinition of, String column, TableDefinition owner, String constraint) {
        return row(DATABASE, of.schema(), of.name(), column, DATABASE, owner.schema(), constraint);
    }

    /** The columns that a condition names. */
    private static Set<String> columns(TableDefinition table, CheckDefinition check) {
        Set<String> names = new LinkedHashSet<>();
        new SqlParser().parseExpression(check.conditionSql()).node().accept(new SqlBasicVisitor<@Nullable Void>() {
            @Override
            public @Nullable Void visit(SqlIdentifier name) {
                if (table.ordinalOf(name.names.getLast()).isPresent()) {
                    names.add(name.names.getLast());
                }
                return null;
            }
        });
        return names;
    }

    private static List<List<@Nullable Object>> checks(CatalogSnapshot catalog) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (TableDefinition table : tables(catalog)) {
            for (CheckDefinition check : table.checks()) {
                rows.add(row(DATABASE, table.schema(), check.name(), "((" + check.conditionSql() + "))"));
            }
            for (ColumnDefinition column : notNull(table)) {
                rows.add(row(DATABASE, table.schema(), table.notNullName(column), column.name() + " IS NOT NULL"));
            }
        }
        return rows;
    }
}
