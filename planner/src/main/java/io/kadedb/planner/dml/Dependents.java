package io.kadedb.planner.dml;

import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.EnumDefinition;
import io.kadedb.common.catalog.ForeignKeyDefinition;
import io.kadedb.common.catalog.PropertyGraphDefinition;
import io.kadedb.common.catalog.SchemaDefinition;
import io.kadedb.common.catalog.SequenceDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.catalog.ViewDefinition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Answers what in a catalog depends on what. */
final class Dependents {
    private final CatalogSnapshot catalog;

    Dependents(CatalogSnapshot catalog) {
        this.catalog = catalog;
    }

    /** Something that can be dropped. */
    sealed interface Item {
        record Schema(SchemaDefinition definition) implements Item {}

        record Table(TableDefinition definition) implements Item {}

        record View(ViewDefinition definition) implements Item {}

        record Graph(PropertyGraphDefinition definition) implements Item {}

        record Sequence(SequenceDefinition definition) implements Item {}

        record Type(EnumDefinition definition) implements Item {}

        /** A column that is of a type. */
        record Column(TableDefinition table, ColumnDefinition column) implements Item {}

        /** A foreign key of a table that refers to another. */
        record ForeignKey(TableDefinition table, ForeignKeyDefinition key) implements Item {}

        /** The default of a column, which draws from a sequence. */
        record Default(TableDefinition table, ColumnDefinition column) implements Item {}
    }

    /** What depends on a thing directly, in the order of its making. */
    List<Item> of(Item item) {
        return switch (item) {
            case Item.Schema schema -> contents(schema.definition());
            case Item.Table table -> onTable(table.definition());
            case Item.View view -> onView(view.definition());
            case Item.Graph graph -> views(viewsOnGraph(graph.definition().id()));
            case Item.Sequence sequence -> defaults(sequence.definition());
            case Item.Type type -> ofType(type.definition());
            case Item.Column column ->
                views(viewsReading(column.table(), column.column().id()));
            case Item.Default value -> List.of();
            case Item.ForeignKey key -> List.of();
        };
    }

    private List<Item> contents(SchemaDefinition schema) {
        List<Item> items = new ArrayList<>();
        inOrder(
                        schema.tables().values().stream()
                                .filter(table -> table.materialized().isEmpty()),
                        TableDefinition::id)
                .forEach(table -> items.add(new Item.Table(table)));
        inOrder(catalog.allViews().filter(view -> view.schema().equals(schema.name())), ViewDefinition::id)
                .forEach(view -> items.add(new Item.View(view)));
        inOrder(schema.graphs().values().stream(), PropertyGraphDefinition::id)
                .forEach(graph -> items.add(new Item.Graph(graph)));
        inOrder(schema.sequences().values().stream().filter(s -> s.ownedBy().isEmpty()), SequenceDefinition::id)
                .forEach(sequence -> items.add(new Item.Sequence(sequence)));
        inOrder(schema.enums().values().stream(), EnumDefinition::id).forEach(type -> items.add(new Item.Type(type)));
        return items;
    }

    private List<Item> ofType(EnumDefinition type) {
        List<Item> items = new ArrayList<>();
        for (TableDefinition table : EnumRemoval.tables(catalog, type)) {
            table.columns().stream()
                    .filter(column -> type.isUsedBy(column.type()))
                    .forEach(column -> items.add(new Item.Column(table, column)));
        }
        items.addAll(views(EnumRemoval.views(catalog, type)));
        return items;
    }

    private List<Item> onTable(TableDefinition table) {
        List<Item> items = new ArrayList<>(views(viewsOn(table)));
        graphsOver(table).forEach(graph -> items.add(new Item.Graph(graph)));
        for (SequenceDefinition owned : catalog.sequencesOf(table.id())) {
            defaults(owned).stream()
                    .filter(item -> !(item instanceof Item.Default value)
                            || value.table().id() != table.id())
                    .forEach(items::add);
        }
        List<TableDefinition> tables = inOrder(
                catalog.schemas().values().stream().flatMap(schema -> schema.tables().values().stream()),
                TableDefinition::id);
        for (TableDefinition other : tables) {
            for (ForeignKeyDefinition key : other.foreignKeys()) {
                if (key.referencedTable() == table.id() && other.id() != table.id()) {
                    items.add(new Item.ForeignKey(other, key));
                }
            }
        }
        return items;
    }

    private List<Item> onView(ViewDefinition view) {
        List<Item> items = new ArrayList<>(views(viewsOn(view.id())));
        graphsOver(view.schema(), view.name()).forEach(graph -> items.add(new Item.Graph(graph)));
        return items;
    }

    private List<Item> defaults(SequenceDefinition sequence) {
        return SequenceDefaults.uses(catalog, sequence).stream()
                .<Item>map(use -> new Item.Default(use.table(), use.column()))
                .toList();
    }

    private static List<Item> views(List<ViewDefinition> views) {
        return views.stream().<Item>map(Item.View::new).toList();
    }

    /** The views whose queries name a view. */
    List<ViewDefinition> viewsOn(long viewId) {
        return allViews(view -> view.relations().stream().anyMatch(used -> used.id() == viewId));
    }

    /** The views whose queries name a table. */
    List<ViewDefinition> viewsOn(TableDefinition table) {
        return allViews(view -> view.relations().stream().anyMatch(used -> isOf(used, table)));
    }

    private boolean isOf(ViewDefinition.UsedRelation used, TableDefinition table) {
        return catalog.table(used).filter(found -> found.id() == table.id()).isPresent();
    }

    /** The views that read a column of a table. */
    List<ViewDefinition> viewsReading(TableDefinition table, int columnId) {
        return allViews(view -> view.relations().stream()
                .filter(used -> isOf(used, table))
                .flatMap(used -> used.columns().stream())
                .anyMatch(column -> column.read() && column.id() == columnId));
    }

    private List<ViewDefinition> viewsOnGraph(long graph) {
        return allViews(view -> view.graphs().contains(graph));
    }

    private List<ViewDefinition> allViews(java.util.function.Predicate<ViewDefinition> wanted) {
        return inOrder(catalog.allViews().filter(wanted), ViewDefinition::id);
    }

    /** The property graphs with elements of a table. */
    List<PropertyGraphDefinition> graphsOver(TableDefinition table) {
        return graphsOver(table.schema(), table.name());
    }

    /** The property graphs with elements of a table or view. */
    List<PropertyGraphDefinition> graphsOver(String schema, String relation) {
        return inOrder(
                catalog.schemas().values().stream()
                        .flatMap(known -> known.graphs().values().stream())
                        .filter(graph -> graph.elements()
                                .anyMatch(element -> element.schema().equals(schema)
                                        && element.table().equals(relation))),
                PropertyGraphDefinition::id);
    }

    private static <T> List<T> inOrder(Stream<T> items, Function<T, Long> id) {
        return items.sorted(Comparator.comparing(id)).toList();
    }
}
