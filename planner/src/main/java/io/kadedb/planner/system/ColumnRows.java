package io.kadedb.planner.system;

import static io.kadedb.planner.system.RelationRows.row;
import static io.kadedb.planner.system.RelationRows.yesOrNo;
import static io.kadedb.planner.system.SystemRelation.DATABASE;

import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.SchemaDefinition;
import io.kadedb.common.catalog.SequenceDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.catalog.ViewDefinition;
import io.kadedb.common.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** columns of information_schema. */
final class ColumnRows {
    private ColumnRows() {}

    static List<SystemRelation> relations() {
        return List.of(RelationRows.relation(
                "columns",
                "table_catalog table_schema table_name column_name #ordinal_position column_default is_nullable"
                    + " data_type #character_maximum_length #character_octet_length #numeric_precision"
                    + " #numeric_precision_radix #numeric_scale #datetime_precision interval_type #interval_precision"
                    + " character_set_catalog character_set_schema character_set_name collation_catalog"
                    + " collation_schema collation_name domain_catalog domain_schema domain_name udt_catalog"
                    + " udt_schema udt_name scope_catalog scope_schema scope_name #maximum_cardinality dtd_identifier"
                    + " is_self_referencing is_identity identity_generation identity_start identity_increment"
                    + " identity_maximum identity_minimum identity_cycle is_generated generation_expression"
                    + " is_updatable",
                ColumnRows::columns));
    }

    private static List<List<@Nullable Object>> columns(CatalogSnapshot catalog) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        RelationRows.tables(catalog, false).forEach(table -> of(catalog, table, rows));
        RelationRows.all(catalog, SchemaDefinition::views).forEach(view -> of(view, rows));
        return rows;
    }

    private static void of(CatalogSnapshot catalog, TableDefinition table, List<List<@Nullable Object>> rows) {
        for (int i = 0; i < table.columns().size(); i++) {
            ColumnDefinition column = table.columns().get(i);
            Optional<SequenceDefinition> identity = catalog.identitySequence(table.id(), column.id());
            rows.add(column(table.schema(), table.name(), column, i, column.nullable(), identity, true));
        }
    }

    private static void of(ViewDefinition view, List<List<@Nullable Object>> rows) {
        for (int i = 0; i < view.columns().size(); i++) {
            rows.add(column(view.schema(), view.name(), view.columns().get(i), i, true, Optional.empty(), false));
        }
    }

    private static List<@Nullable Object> column(
            String schema,
            String relation,
            ColumnDefinition column,
            int index,
            boolean nullable,
            Optional<SequenceDefinition> identity,
            boolean updatable) {
        TypeFacts type = TypeFacts.of(column.type());
        return row(
                DATABASE,
                schema,
                relation,
                column.name(),
                index + 1L,
                column.defaultSql().orElse(null),
                yesOrNo(nullable),
                type.name(),
                type.length(),
                type.octets(),
                type.precision(),
                type.radix(),
                type.scale(),
                type.digits(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                DATABASE,
                typeSchema(column.type()),
                type.udt(),
                null,
                null,
                null,
                null,
                String.valueOf(index + 1),
                "NO",
                yesOrNo(column.identity().isPresent()),
                column.identity()
                        .map(kind -> kind == ColumnDefinition.Identity.ALWAYS ? "ALWAYS" : "BY DEFAULT")
                        .orElse(null),
                identity.map(sequence -> String.valueOf(sequence.start())).orElse(null),
                identity.map(sequence -> String.valueOf(sequence.increment())).orElse(null),
                identity.map(sequence -> String.valueOf(sequence.max())).orElse(null),
                identity.map(sequence -> String.valueOf(sequence.min())).orElse(null),
                yesOrNo(identity.filter(SequenceDefinition::cycle).isPresent()),
                column.isGenerated() ? "ALWAYS" : "NEVER",
                column.generatedSql().orElse(null),
                yesOrNo(updatable));
    }

    private static String typeSchema(SqlType type) {
        return switch (type.id()) {
            case ENUM -> type.labels().schema();
            default -> SystemRelations.PG_CATALOG;
        };
    }
}
