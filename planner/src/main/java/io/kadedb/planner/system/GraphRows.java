package io.kadedb.planner.system;

import static io.kadedb.planner.system.RelationRows.all;
import static io.kadedb.planner.system.RelationRows.relation;
import static io.kadedb.planner.system.RelationRows.row;
import static io.kadedb.planner.system.SystemRelation.DATABASE;

import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.common.catalog.PropertyGraphDefinition;
import io.kadedb.common.catalog.PropertyGraphDefinition.EdgeTable;
import io.kadedb.common.catalog.PropertyGraphDefinition.ElementTable;
import io.kadedb.common.catalog.PropertyGraphDefinition.Endpoint;
import io.kadedb.common.catalog.PropertyGraphDefinition.Label;
import io.kadedb.common.catalog.PropertyGraphDefinition.VertexTable;
import io.kadedb.common.catalog.SchemaDefinition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Property graphs in information_schema (ISO/IEC 9075-16, chapter 15), with the columns that PostgreSQL 19 gives them. */
final class GraphRows {
    private static final String GRAPH = "property_graph_catalog property_graph_schema property_graph_name";

    private GraphRows() {}

    static List<SystemRelation> relations() {
        return List.of(
                relation("property_graphs", GRAPH, rows((graph, rows) -> rows.add())),
                relation(
                        "pg_element_tables",
                        GRAPH + " element_table_alias element_table_kind table_catalog table_schema table_name"
                                + " element_table_definition",
                        rows(GraphRows::elementTables)),
                relation(
                        "pg_element_table_key_columns",
                        GRAPH + " element_table_alias column_name #ordinal_position",
                        rows(GraphRows::keyColumns)),
                relation(
                        "pg_element_table_labels",
                        GRAPH + " element_table_alias label_name",
                        rows((graph, rows) -> graph.elements()
                                .forEach(element ->
                                        element.labels().forEach(label -> rows.add(element.alias(), label.name()))))),
                relation(
                        "pg_element_table_properties",
                        GRAPH + " element_table_alias property_name property_expression",
                        rows(GraphRows::properties)),
                relation(
                        "pg_edge_table_components",
                        GRAPH + " edge_table_alias vertex_table_alias edge_end edge_table_column_name"
                                + " vertex_table_column_name #ordinal_position",
                        rows(GraphRows::edgeComponents)),
                relation(
                        "pg_labels",
                        GRAPH + " label_name",
                        rows((graph, rows) -> labels(graph).forEach(label -> rows.add(label.name())))),
                relation(
                        "pg_label_properties",
                        GRAPH + " label_name property_name",
                        rows((graph, rows) -> labels(graph)
                                .forEach(label -> label.properties()
                                        .forEach(property -> rows.add(label.name(), property.name()))))));
    }

    /** Rows that begin with the graph's name. */
    private record Rows(PropertyGraphDefinition graph, List<List<@Nullable Object>> rows) {
        void add(@Nullable Object... values) {
            List<@Nullable Object> row = new ArrayList<>(row(DATABASE, graph.schema(), graph.name()));
            row.addAll(Arrays.asList(values));
            rows.add(row);
        }
    }

    private static SystemRelation.Rows rows(BiConsumer<PropertyGraphDefinition, Rows> ofGraph) {
        return (CatalogSnapshot catalog) -> {
            List<List<@Nullable Object>> rows = new ArrayList<>();
            all(catalog, SchemaDefinition::graphs).forEach(graph -> ofGraph.accept(graph, new Rows(graph, rows)));
            return rows;
        };
    }

    private static void elementTables(PropertyGraphDefinition graph, Rows rows) {
        for (VertexTable vertex : graph.vertexTables()) {
            elementTable(vertex.element(), "VERTEX", rows);
        }
        for (EdgeTable edge : graph.edgeTables()) {
            elementTable(edge.element(), "EDGE", rows);
        }
    }

    private static void elementTable(ElementTable element, String kind, Rows rows) {
        rows.add(element.alias(), kind, DATABASE, element.schema(), element.table(), null);
    }

    private static void keyColumns(PropertyGraphDefinition graph, Rows rows) {
        graph.elements().forEach(element -> {
            for (int i = 0; i < element.key().size(); i++) {
                rows.add(element.alias(), element.key().get(i), i + 1L);
            }
        });
    }

    private static void properties(PropertyGraphDefinition graph, Rows rows) {
        graph.elements().forEach(element -> {
            Set<String> names = new HashSet<>();
            element.labels().stream()
                    .flatMap(label -> label.properties().stream())
                    .filter(property -> names.add(property.name()))
                    .forEach(property -> rows.add(element.alias(), property.name(), property.expressionSql()));
        });
    }

    private static void edgeComponents(PropertyGraphDefinition graph, Rows rows) {
        for (EdgeTable edge : graph.edgeTables()) {
            edgeComponents(edge.element().alias(), edge.source(), "SOURCE", rows);
            edgeComponents(edge.element().alias(), edge.destination(), "DESTINATION", rows);
        }
    }

    private static void edgeComponents(String edge, Endpoint end, String which, Rows rows) {
        for (int i = 0; i < end.columns().size(); i++) {
            rows.add(
                    edge,
                    end.vertexAlias(),
                    which,
                    end.columns().get(i),
                    end.vertexColumns().get(i),
                    i + 1L);
        }
    }

    /** Each label once, as it has the same properties on every element table. */
    private static Stream<Label> labels(PropertyGraphDefinition graph) {
        Set<String> names = new HashSet<>();
        return graph.elements().flatMap(element -> element.labels().stream()).filter(label -> names.add(label.name()));
    }
}
