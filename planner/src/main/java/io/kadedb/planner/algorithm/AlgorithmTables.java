package io.kadedb.planner.algorithm;

import io.kadedb.common.catalog.PropertyGraphDefinition;
import io.kadedb.common.catalog.PropertyGraphDefinition.EdgeTable;
import io.kadedb.common.catalog.PropertyGraphDefinition.ElementTable;
import io.kadedb.common.catalog.PropertyGraphDefinition.Endpoint;
import io.kadedb.common.catalog.PropertyGraphDefinition.Label;
import io.kadedb.common.catalog.PropertyGraphDefinition.VertexTable;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.Positions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlIdentifier;

/** The element tables of a graph that an algorithm is run on, and their rows as SQL. */
final class AlgorithmTables {
    private final PropertyGraphDefinition graph;
    private final List<VertexTable> vertices;
    private final List<EdgeTable> edges;
    private final int width;

    /**
     * The tables that carry one of the labels.
     *
     * @throws KadeException 42704 for a label that the graph does not have
     */
    AlgorithmTables(PropertyGraphDefinition graph, List<SqlIdentifier> vertexLabels, List<SqlIdentifier> edgeLabels) {
        this.graph = graph;
        this.vertices = graph.vertexTables().stream()
                .filter(table -> carries(table.element(), vertexLabels))
                .toList();
        Set<String> aliases =
                vertices.stream().map(table -> table.element().alias()).collect(Collectors.toSet());
        this.edges = graph.edgeTables().stream()
                .filter(table -> carries(table.element(), edgeLabels))
                .filter(table -> aliases.contains(table.source().vertexAlias())
                        && aliases.contains(table.destination().vertexAlias()))
                .toList();
        check(vertexLabels, "vertex", graph.vertexTables().stream().map(VertexTable::element));
        check(edgeLabels, "edge", graph.edgeTables().stream().map(EdgeTable::element));
        this.width = vertices.stream()
                .mapToInt(table -> table.element().key().size())
                .max()
                .orElse(0);
    }

    private static boolean carries(ElementTable table, List<SqlIdentifier> labels) {
        return labels.isEmpty()
                || table.labels().stream()
                        .anyMatch(label -> labels.stream()
                                .anyMatch(name -> name.getSimple().equals(label.name())));
    }

    private void check(List<SqlIdentifier> labels, String kind, Stream<ElementTable> tables) {
        Set<String> names = tables.flatMap(table -> table.labels().stream())
                .map(Label::name)
                .collect(Collectors.toCollection(TreeSet::new));
        for (SqlIdentifier label : labels) {
            if (!names.contains(label.getSimple())) {
                throw KadeException.of(
                                ErrorCode.UNDEFINED_OBJECT,
                                "graph \"" + graph.name() + "\" has no " + kind + " label \"" + label.getSimple()
                                        + "\"")
                        .at(Positions.of(label.getParserPosition()))
                        .hint("it has " + (names.isEmpty() ? "none" : String.join(", ", names)));
            }
        }
    }

    /** Whether vertices are of several tables. */
    boolean several() {
        return vertices.size() > 1;
    }

    List<String> aliases() {
        return vertices.stream().map(table -> table.element().alias()).toList();
    }

    /** How many columns tell vertices apart. */
    int keyWidth() {
        return width + (several() ? 1 : 0);
    }

    /** How many columns the widest key has. */
    int columns() {
        return width;
    }

    /** What the columns of a key are called: as in the first table whose key is the widest. */
    List<String> keyNames() {
        return vertices.stream()
                .map(table -> table.element().key())
                .filter(key -> key.size() == width)
                .findFirst()
                .orElse(List.of());
    }

    /** The properties of vertices or of edges. */
    Set<String> properties(boolean ofEdges) {
        return elements(ofEdges).stream()
                .flatMap(table -> table.labels().stream())
                .flatMap(label -> label.properties().stream())
                .map(PropertyGraphDefinition.Property::name)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private List<ElementTable> elements(boolean ofEdges) {
        return ofEdges
                ? edges.stream().map(EdgeTable::element).toList()
                : vertices.stream().map(VertexTable::element).toList();
    }

    /** All vertices: key, the table's name if there are several, and properties. */
    String vertexRows(Collection<String> properties) {
        List<String> selects = new ArrayList<>();
        for (int t = 0; t < vertices.size(); t++) {
            ElementTable table = vertices.get(t).element();
            List<String> items = new ArrayList<>();
            key(items, "$t", "$k", t, table.key());
            if (several()) {
                items.add("CAST('" + table.alias().replace("'", "''") + "' AS text) AS \"$table\"");
            }
            properties(items, table, properties);
            selects.add(select(items, table, table.key()));
        }
        return String.join(" UNION ALL ", selects);
    }

    /** All edges: the keys of the vertices where they start and end, and properties. */
    String edgeRows(Collection<String> properties) {
        List<String> selects = new ArrayList<>();
        for (EdgeTable edge : edges) {
            List<String> items = new ArrayList<>();
            List<String> source = keyOrder(edge.source());
            List<String> destination = keyOrder(edge.destination());
            key(items, "$st", "$s", table(edge.source()), source);
            key(items, "$dt", "$d", table(edge.destination()), destination);
            properties(items, edge.element(), properties);
            List<String> present = new ArrayList<>(source);
            present.addAll(destination);
            selects.add(select(items, edge.element(), present));
        }
        if (!selects.isEmpty()) {
            return String.join(" UNION ALL ", selects);
        }
        // No edges at all, with the types of the vertices' keys.
        List<String> items = new ArrayList<>();
        for (String end : List.of("$s", "$d")) {
            if (several()) {
                items.add("\"$t\" AS " + quoted(end + "t"));
            }
            for (int i = 0; i < width; i++) {
                items.add(quoted("$k" + i) + " AS " + quoted(end + i));
            }
        }
        return "SELECT " + String.join(", ", items) + " FROM (" + vertexRows(List.of()) + ") AS v WHERE false";
    }

    private void key(List<String> items, String tableName, String prefix, int table, List<String> columns) {
        if (several()) {
            items.add(table + " AS " + quoted(tableName));
        }
        for (int i = 0; i < width; i++) {
            items.add((i < columns.size() ? quoted(columns.get(i)) : "NULL") + " AS " + quoted(prefix + i));
        }
    }

    private static void properties(List<String> items, ElementTable table, Collection<String> properties) {
        for (String property : properties) {
            String value = table.labels().stream()
                    .flatMap(label -> label.properties().stream())
                    .filter(p -> p.name().equals(property))
                    .findFirst()
                    .map(p -> "(" + p.expressionSql() + ")")
                    .orElse("NULL");
            items.add(value + " AS " + quoted(property));
        }
    }

    private static String select(List<String> items, ElementTable table, List<String> present) {
        return "SELECT " + String.join(", ", items) + " FROM " + quoted(table.schema()) + "." + quoted(table.table())
                + present.stream()
                        .distinct()
                        .map(column -> quoted(column) + " IS NOT NULL")
                        .collect(Collectors.joining(" AND ", " WHERE ", ""));
    }

    private int table(Endpoint endpoint) {
        return aliases().indexOf(endpoint.vertexAlias());
    }

    /** The edge's columns in the order of the vertex's key. */
    private List<String> keyOrder(Endpoint endpoint) {
        ElementTable vertex = vertices.get(table(endpoint)).element();
        return vertex.key().stream()
                .map(column -> Objects.requireNonNull(
                        endpoint.columns().get(endpoint.vertexColumns().indexOf(column))))
                .toList();
    }

    static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
