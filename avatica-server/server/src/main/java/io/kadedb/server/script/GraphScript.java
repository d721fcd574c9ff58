package io.kadedb.server.script;

import static io.kadedb.parser.Identifiers.list;
import static io.kadedb.parser.Identifiers.qualified;
import static io.kadedb.parser.Identifiers.quoted;

import io.kadedb.common.catalog.PropertyGraphDefinition;
import io.kadedb.common.catalog.PropertyGraphDefinition.EdgeTable;
import io.kadedb.common.catalog.PropertyGraphDefinition.ElementTable;
import io.kadedb.common.catalog.PropertyGraphDefinition.Endpoint;
import io.kadedb.common.catalog.PropertyGraphDefinition.Label;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The statement that makes a property graph. */
public final class GraphScript {
    private GraphScript() {}

    /** CREATE PROPERTY GRAPH with everything written out. */
    public static String create(PropertyGraphDefinition graph) {
        return "CREATE PROPERTY GRAPH " + qualified(graph.schema(), graph.name())
                + tables(
                        "VERTEX",
                        graph.vertexTables().stream()
                                .map(vertex -> element(vertex.element()) + labels(vertex.element())))
                + tables("EDGE", graph.edgeTables().stream().map(GraphScript::edge)) + ";";
    }

    private static String tables(String kind, Stream<String> definitions) {
        String all = definitions.map(definition -> "\n    " + definition).collect(Collectors.joining(","));
        return all.isEmpty() ? "" : "\n  " + kind + " TABLES (" + all + "\n  )";
    }

    private static String edge(EdgeTable edge) {
        return element(edge.element()) + " SOURCE " + endpoint(edge.source()) + " DESTINATION "
                + endpoint(edge.destination()) + labels(edge.element());
    }

    private static String element(ElementTable element) {
        return qualified(element.schema(), element.table()) + " AS " + quoted(element.alias()) + " KEY ("
                + list(element.key()) + ")";
    }

    private static String endpoint(Endpoint endpoint) {
        return "KEY (" + list(endpoint.columns()) + ") REFERENCES " + quoted(endpoint.vertexAlias()) + " ("
                + list(endpoint.vertexColumns()) + ")";
    }

    private static String labels(ElementTable element) {
        return element.labels().stream().map(GraphScript::label).collect(Collectors.joining());
    }

    private static String label(Label label) {
        String properties = label.properties().stream()
                .map(property -> property.expressionSql() + " AS " + quoted(property.name()))
                .collect(Collectors.joining(", "));
        return " LABEL " + quoted(label.name())
                + (properties.isEmpty() ? " NO PROPERTIES" : " PROPERTIES (" + properties + ")");
    }
}
