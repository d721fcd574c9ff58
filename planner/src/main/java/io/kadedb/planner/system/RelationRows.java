package io.kadedb.planner.system;

import static io.kadedb.planner.system.SystemRelation.DATABASE;

import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.common.catalog.SchemaDefinition;
import io.kadedb.common.catalog.SequenceDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.catalog.ViewDefinition;
import io.kadedb.planner.dml.ViewChanges;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** schemata, tables, views and sequences of information_schema. */
final class RelationRows {
    private RelationRows() {}

    static List<SystemRelation> relations() {
        return List.of(
                relation(
                        "schemata",
                        "catalog_name schema_name schema_owner default_character_set_catalog"
                                + " default_character_set_schema default_character_set_name sql_path",
                        RelationRows::schemata),
                relation(
                        "tables",
                        "table_catalog table_schema table_name table_type self_referencing_column_name"
                                + " reference_generation user_defined_type_catalog user_defined_type_schema"
                                + " user_defined_type_name is_insertable_into is_typed commit_action",
                        RelationRows::tables),
                relation(
                        "views",
                        "table_catalog table_schema table_name view_definition check_option is_updatable"
                                + " is_insertable_into is_trigger_updatable is_trigger_deletable"
                                + " is_trigger_insertable_into",
                        RelationRows::views),
                relation(
                        "sequences",
                        "sequence_catalog sequence_schema sequence_name data_type #numeric_precision"
                                + " #numeric_precision_radix #numeric_scale start_value minimum_value maximum_value"
                                + " increment cycle_option",
                        RelationRows::sequences));
    }

    static SystemRelation relation(String name, String columns, SystemRelation.Rows rows) {
        return SystemRelation.of(SystemRelations.INFORMATION_SCHEMA, name, columns, rows);
    }

    static List<@Nullable Object> row(@Nullable Object... values) {
        return Arrays.asList(values);
    }

    static String yesOrNo(boolean yes) {
        return yes ? "YES" : "NO";
    }

    /** What all schemas have of a kind, in the order of the names. */
    static <T> Stream<T> all(CatalogSnapshot catalog, Function<SchemaDefinition, Map<String, T>> kind) {
        return new TreeMap<>(catalog.schemas())
                .values().stream().flatMap(schema -> new TreeMap<>(kind.apply(schema)).values().stream());
    }

    /** Tables that are materialized views, or those that are not, in the order of their names. */
    static Stream<TableDefinition> tables(CatalogSnapshot catalog, boolean materialized) {
        return all(catalog, SchemaDefinition::tables)
                .filter(table -> table.materialized().isPresent() == materialized);
    }

    private static List<List<@Nullable Object>> schemata(CatalogSnapshot catalog) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (String name : SystemRelations.SCHEMAS.stream().sorted().toList()) {
            rows.add(row(DATABASE, name, "kadedb", null, null, null, null));
        }
        catalog.schemas().values().stream()
                .sorted(Comparator.comparing(SchemaDefinition::name))
                .forEach(schema -> rows.add(row(DATABASE, schema.name(), schema.owner(), null, null, null, null)));
        return rows;
    }

    private static List<List<@Nullable Object>> tables(CatalogSnapshot catalog) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        tables(catalog, false).forEach(table -> rows.add(table(table)));
        all(catalog, SchemaDefinition::views)
                .forEach(view -> rows.add(row(
                        DATABASE,
                        view.schema(),
                        view.name(),
                        "VIEW",
                        null,
                        null,
                        null,
                        null,
                        null,
                        ViewChanges.isUpdatable(view, catalog) ? "YES" : "NO",
                        "NO",
                        null)));
        return rows;
    }

    private static List<@Nullable Object> table(TableDefinition table) {
        boolean temporary = table.onCommit().isPresent();
        return row(
                DATABASE,
                table.schema(),
                table.name(),
                temporary ? "LOCAL TEMPORARY" : "BASE TABLE",
                null,
                null,
                null,
                null,
                null,
                "YES",
                "NO",
                null);
    }

    private static List<List<@Nullable Object>> views(CatalogSnapshot catalog) {
        return all(catalog, SchemaDefinition::views)
                .map(view -> view(view, catalog))
                .toList();
    }

    private static List<@Nullable Object> view(ViewDefinition view, CatalogSnapshot catalog) {
        String updatable = ViewChanges.isUpdatable(view, catalog) ? "YES" : "NO";
        String option = view.checkOption().map(Enum::name).orElse("NONE");
        return row(DATABASE, view.schema(), view.name(), view.query(), option, updatable, updatable, "NO", "NO", "NO");
    }

    private static List<List<@Nullable Object>> sequences(CatalogSnapshot catalog) {
        return all(catalog, SchemaDefinition::sequences)
                .filter(sequence -> sequence.ownedBy()
                        .filter(SequenceDefinition.Owner::identity)
                        .isEmpty())
                .map(RelationRows::sequence)
                .toList();
    }

    private static List<@Nullable Object> sequence(SequenceDefinition sequence) {
        TypeFacts type = TypeFacts.of(sequence.type());
        return row(
                DATABASE,
                sequence.schema(),
                sequence.name(),
                type.name(),
                type.precision(),
                2L,
                0L,
                String.valueOf(sequence.start()),
                String.valueOf(sequence.min()),
                String.valueOf(sequence.max()),
                String.valueOf(sequence.increment()),
                yesOrNo(sequence.cycle()));
    }
}
