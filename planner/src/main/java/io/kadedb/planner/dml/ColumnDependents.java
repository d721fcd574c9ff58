package io.kadedb.planner.dml;

import io.kadedb.common.catalog.CatalogChange;
import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.common.catalog.ForeignKeyDefinition;
import io.kadedb.common.catalog.IndexDefinition;
import io.kadedb.common.catalog.PropertyGraphDefinition;
import io.kadedb.common.catalog.PropertyGraphDefinition.EdgeTable;
import io.kadedb.common.catalog.PropertyGraphDefinition.ElementTable;
import io.kadedb.common.catalog.PropertyGraphDefinition.Property;
import io.kadedb.common.catalog.PropertyGraphDefinition.VertexTable;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.catalog.ViewDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.error.SourcePosition;
import io.kadedb.parser.SqlParser;
import io.kadedb.planner.dml.Dependents.Item;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Who depends on a table's columns and constraints: views, property graphs, foreign keys of other tables. */
final class ColumnDependents {
    private final CatalogSnapshot catalog;
    private final Dependents relations;

    ColumnDependents(CatalogSnapshot catalog) {
        this.catalog = catalog;
        this.relations = new Dependents(catalog);
    }

    /**
     * What depends on something.
     *
     * @param description as messages name it: {@code view v}
     * @param on what it depends on: {@code column a of table t}
     * @param removal takes it away
     */
    record Dependent(String description, String on, CatalogChange removal) {}

    /** Views and graphs that read a column, with views over those, and foreign keys that refer to it. */
    List<Dependent> ofColumn(TableDefinition table, int columnId) {
        String name = table.columns().get(table.ordinalOfId(columnId)).name();
        String on = "column " + name + " of table " + table.name();
        List<Dependent> all = new ArrayList<>();
        for (TableDefinition other : tables()) {
            for (ForeignKeyDefinition key : other.foreignKeys()) {
                if (other.id() != table.id()
                        && key.referencedTable() == table.id()
                        && key.referencedColumns().contains(columnId)) {
                    all.add(ofKey(other, key, on));
                }
            }
        }
        all.addAll(readers(table, columnId));
        return all;
    }

    /** Views and graphs that read a column, with views and graphs over those. */
    List<Dependent> readers(TableDefinition table, int columnId) {
        String name = table.columns().get(table.ordinalOfId(columnId)).name();
        String on = "column " + name + " of table " + table.name();
        Map<Long, Dependent> all = new LinkedHashMap<>();
        relations.graphsOver(table).stream()
                .filter(graph -> reads(graph, table, name))
                .forEach(graph -> addGraph(graph, on, all));
        relations.viewsReading(table, columnId).forEach(view -> addView(view, on, all));
        return List.copyOf(all.values());
    }

    /** Views that read a property graph, with views and graphs over those. */
    List<Dependent> ofGraph(PropertyGraphDefinition graph) {
        Map<Long, Dependent> all = new LinkedHashMap<>();
        addReaders(new Item.Graph(graph), "property graph " + graph.name(), all);
        return List.copyOf(all.values());
    }

    /** @param all by the ids that tables, views and graphs share */
    private void addView(ViewDefinition view, String on, Map<Long, Dependent> all) {
        boolean materialized = catalog.table(view.id()).isPresent();
        String description = (materialized ? "materialized view " : "view ") + view.name();
        CatalogChange removal = materialized
                ? new CatalogChange.DropTable(view.schema(), view.name())
                : new CatalogChange.DropView(view.schema(), view.name());
        if (all.putIfAbsent(view.id(), new Dependent(description, on, removal)) == null) {
            addReaders(new Item.View(view), description, all);
        }
    }

    private void addGraph(PropertyGraphDefinition graph, String on, Map<Long, Dependent> all) {
        String description = "property graph " + graph.name();
        CatalogChange removal = new CatalogChange.DropPropertyGraph(graph.schema(), graph.name());
        if (all.putIfAbsent(graph.id(), new Dependent(description, on, removal)) == null) {
            addReaders(new Item.Graph(graph), description, all);
        }
    }

    private void addReaders(Item item, String description, Map<Long, Dependent> all) {
        for (Item reader : relations.of(item)) {
            if (reader instanceof Item.View view) {
                addView(view.definition(), description, all);
            } else if (reader instanceof Item.Graph graph) {
                addGraph(graph.definition(), description, all);
            }
        }
    }

    /** Foreign keys that refer to exactly these columns of a table, and to no other unique constraint over them. */
    List<Dependent> ofKey(TableDefinition table, Set<Integer> columnIds, String constraint) {
        List<Dependent> all = new ArrayList<>();
        for (TableDefinition other : tables()) {
            for (ForeignKeyDefinition key : other.foreignKeys()) {
                if (key.referencedTable() == table.id()
                        && new HashSet<>(key.referencedColumns()).equals(columnIds)
                        && !isUniqueOtherwise(table, columnIds, constraint)) {
                    all.add(ofKey(other, key, "index " + constraint));
                }
            }
        }
        return all;
    }

    private static boolean isUniqueOtherwise(TableDefinition table, Set<Integer> columnIds, String constraint) {
        boolean primary = table.hasPrimaryKey()
                && !table.primaryKeyConstraint().equals(constraint)
                && primaryKey(table).equals(columnIds);
        return primary
                || table.indexes().stream()
                        .anyMatch(index -> index.isKey()
                                && !index.name().equals(constraint)
                                && new HashSet<>(index.columnIds()).equals(columnIds));
    }

    /** The ids of a primary key's columns. */
    static Set<Integer> primaryKey(TableDefinition table) {
        return table.primaryKey().stream()
                .map(ordinal -> table.columns().get(ordinal).id())
                .collect(Collectors.toSet());
    }

    /** The constraint or index of a name that is unique over the returned columns; none for another name. */
    static Set<Integer> uniqueColumns(TableDefinition table, String name) {
        if (table.hasPrimaryKey() && table.primaryKeyConstraint().equals(name)) {
            return primaryKey(table);
        }
        return table.index(name)
                .filter(IndexDefinition::isKey)
                .map(index -> Set.copyOf(index.columnIds()))
                .orElse(Set.of());
    }

    private static Dependent ofKey(TableDefinition table, ForeignKeyDefinition key, String on) {
        return new Dependent(
                "constraint " + key.name() + " on table " + table.name(),
                on,
                new CatalogChange.ReplaceTable(table.withForeignKeys(table.foreignKeys().stream()
                        .filter(kept -> !kept.name().equals(key.name()))
                        .toList())));
    }

    private List<TableDefinition> tables() {
        return catalog.schemas().values().stream()
                .flatMap(schema -> schema.tables().values().stream())
                .sorted(Comparator.comparingLong(TableDefinition::id))
                .toList();
    }

    private static boolean reads(PropertyGraphDefinition graph, TableDefinition table, String column) {
        for (VertexTable vertex : graph.vertexTables()) {
            if (reads(vertex.element(), table, column)) {
                return true;
            }
        }
        for (EdgeTable edge : graph.edgeTables()) {
            boolean own = isOver(edge.element(), table)
                    && (edge.source().columns().contains(column)
                            || edge.destination().columns().contains(column));
            if (own || reads(edge.element(), table, column)) {
                return true;
            }
            for (VertexTable vertex : graph.vertexTables()) {
                String alias = vertex.element().alias();
                boolean end = (edge.source().vertexAlias().equals(alias)
                                && edge.source().vertexColumns().contains(column))
                        || (edge.destination().vertexAlias().equals(alias)
                                && edge.destination().vertexColumns().contains(column));
                if (end && isOver(vertex.element(), table)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean reads(ElementTable element, TableDefinition table, String column) {
        return isOver(element, table)
                && (element.key().contains(column)
                        || element.labels().stream()
                                .flatMap(label -> label.properties().stream())
                                .anyMatch(property -> reads(property, column)));
    }

    private static boolean reads(Property property, String column) {
        return RowRules.columns(new SqlParser()
                        .parseExpression(property.expressionSql())
                        .node())
                .contains(column);
    }

    static boolean isOver(ElementTable element, TableDefinition table) {
        return element.schema().equals(table.schema()) && element.table().equals(table.name());
    }

    /** 2BP01 that lists what depends. */
    static KadeException refused(String what, List<Dependent> dependents, SourcePosition place) {
        return KadeException.of(
                        ErrorCode.DEPENDENT_OBJECTS_STILL_EXIST,
                        "cannot drop " + what + " because other objects depend on it")
                .at(place)
                .detail(dependents.stream()
                        .map(dependent -> dependent.description() + " depends on " + dependent.on())
                        .collect(Collectors.joining("\n")))
                .hint("Use DROP ... CASCADE to drop the dependent objects too.");
    }
}
