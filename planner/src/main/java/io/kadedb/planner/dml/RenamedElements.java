package io.kadedb.planner.dml;

import io.kadedb.common.catalog.PropertyGraphDefinition;
import io.kadedb.common.catalog.PropertyGraphDefinition.EdgeTable;
import io.kadedb.common.catalog.PropertyGraphDefinition.ElementTable;
import io.kadedb.common.catalog.PropertyGraphDefinition.Endpoint;
import io.kadedb.common.catalog.PropertyGraphDefinition.Label;
import io.kadedb.common.catalog.PropertyGraphDefinition.Property;
import io.kadedb.common.catalog.PropertyGraphDefinition.VertexTable;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Property graphs over tables and columns that have other names now; labels and properties keep theirs. */
final class RenamedElements {
    private RenamedElements() {}

    /** The graph after a column of a table or view got another name. */
    static PropertyGraphDefinition column(
            PropertyGraphDefinition graph, String schema, String relation, String from, String to) {
        Predicate<ElementTable> over =
                element -> element.schema().equals(schema) && element.table().equals(relation);
        UnaryOperator<List<String>> columns = names ->
                names.stream().map(name -> name.equals(from) ? to : name).toList();
        Set<String> vertices = graph.vertexTables().stream()
                .map(VertexTable::element)
                .filter(over)
                .map(ElementTable::alias)
                .collect(Collectors.toSet());
        UnaryOperator<ElementTable> renamed = element -> over.test(element)
                ? new ElementTable(
                        element.alias(),
                        element.schema(),
                        element.table(),
                        columns.apply(element.key()),
                        element.labels().stream()
                                .map(label -> label(label, from, to))
                                .toList())
                : element;
        return graph.withTables(
                graph.vertexTables().stream()
                        .map(vertex -> new VertexTable(renamed.apply(vertex.element())))
                        .toList(),
                graph.edgeTables().stream()
                        .map(edge -> {
                            boolean own = over.test(edge.element());
                            return new EdgeTable(
                                    renamed.apply(edge.element()),
                                    endpoint(edge.source(), own, vertices, columns),
                                    endpoint(edge.destination(), own, vertices, columns));
                        })
                        .toList());
    }

    private static Endpoint endpoint(
            Endpoint endpoint, boolean own, Set<String> vertices, UnaryOperator<List<String>> columns) {
        boolean there = vertices.contains(endpoint.vertexAlias());
        return new Endpoint(
                own ? columns.apply(endpoint.columns()) : endpoint.columns(),
                endpoint.vertexAlias(),
                there ? columns.apply(endpoint.vertexColumns()) : endpoint.vertexColumns());
    }

    private static Label label(Label label, String from, String to) {
        return new Label(
                label.name(),
                label.properties().stream()
                        .map(property ->
                                new Property(property.name(), RenamedNames.column(property.expressionSql(), from, to)))
                        .toList());
    }

    /** The graph after a table or view got another name or schema. */
    static PropertyGraphDefinition relation(
            PropertyGraphDefinition graph, String schema, String name, String newSchema, String newName) {
        UnaryOperator<ElementTable> renamed =
                element -> element.schema().equals(schema) && element.table().equals(name)
                        ? new ElementTable(element.alias(), newSchema, newName, element.key(), element.labels())
                        : element;
        return graph.withTables(
                graph.vertexTables().stream()
                        .map(vertex -> new VertexTable(renamed.apply(vertex.element())))
                        .toList(),
                graph.edgeTables().stream()
                        .map(edge -> new EdgeTable(renamed.apply(edge.element()), edge.source(), edge.destination()))
                        .toList());
    }
}
