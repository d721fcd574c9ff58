package io.kadedb.planner.graph;

import io.kadedb.common.catalog.PropertyGraphDefinition;
import io.kadedb.common.catalog.PropertyGraphDefinition.EdgeTable;
import io.kadedb.common.catalog.PropertyGraphDefinition.ElementTable;
import io.kadedb.common.catalog.PropertyGraphDefinition.Endpoint;
import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The rows of vertices and edges as SQL. A vertex has {@code $t}, the number of its table, its key {@code $k0, $k1, ...}
 * and its properties; a step {@code $st, $s0, ...} where it starts, {@code $dt, $d0, ...} where it ends, and the edge's
 * properties.
 */
final class ElementSql {
    /** How many edges a repeated edge stands for. */
    static final String LENGTH = "$length";

    private static final String EDGE_TABLE = "$et";
    private static final String EDGE_KEY = "$e";

    private final PropertyGraphDefinition graph;
    private final int keyWidth;
    private final int edgeKeyWidth;

    ElementSql(PropertyGraphDefinition graph) {
        this.graph = graph;
        this.keyWidth = graph.vertexTables().stream()
                .mapToInt(table -> table.element().key().size())
                .max()
                .orElse(0);
        this.edgeKeyWidth = graph.edgeTables().stream()
                .mapToInt(table -> table.element().key().size())
                .max()
                .orElse(0);
    }

    static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    private static String table(ElementTable element) {
        return quoted(element.schema()) + "." + quoted(element.table());
    }

    /** The rows of a vertex that may be of several tables. */
    String vertices(Set<Integer> tables, Set<String> properties) {
        if (graph.vertexTables().isEmpty()) {
            return "SELECT CAST(NULL AS integer) AS \"$t\" WHERE false";
        }
        if (tables.isEmpty()) {
            // None, with the properties' types.
            return IntStream.range(0, graph.vertexTables().size())
                    .mapToObj(t -> vertex(t, properties) + " WHERE false")
                    .collect(Collectors.joining(" UNION ALL "));
        }
        return tables.stream().map(t -> vertex(t, properties)).collect(Collectors.joining(" UNION ALL "));
    }

    private String vertex(int index, Set<String> properties) {
        ElementTable element = graph.vertexTables().get(index).element();
        List<String> items = new ArrayList<>();
        items.add(index + " AS \"$t\"");
        key(items, "$k", element.key());
        properties(items, element, properties);
        return "SELECT " + String.join(", ", items) + " FROM " + table(element);
    }

    private void key(List<String> items, String prefix, List<String> columns) {
        for (int i = 0; i < keyWidth; i++) {
            String value = i < columns.size() ? quoted(columns.get(i)) : "NULL";
            items.add(value + " AS " + quoted(prefix + i));
        }
    }

    private static void properties(List<String> items, ElementTable element, Set<String> properties) {
        for (String property : properties) {
            String value = Element.property(element, property)
                    .map(p -> "(" + p.expressionSql() + ")")
                    .orElse("NULL");
            items.add(value + " AS " + quoted(property));
        }
    }

    /** The rows of a step along one edge. */
    String steps(Set<Element.Step> steps, Set<String> properties) {
        return steps(steps, properties, false);
    }

    /**
     * The rows of a step along one edge.
     *
     * @param tells whether with what tells one edge from another
     */
    String steps(Set<Element.Step> steps, Set<String> properties, boolean tells) {
        if (steps.isEmpty()) {
            return IntStream.range(0, graph.edgeTables().size())
                    .mapToObj(t -> step(new Element.Step(t, true), properties, tells) + " WHERE false")
                    .collect(Collectors.joining(" UNION ALL "));
        }
        return steps.stream()
                .map(step -> step(step, properties, tells) + unlessSelfLoop(step, steps))
                .collect(Collectors.joining(" UNION ALL "));
    }

    /** The name of a column that tells vertices apart, by its ordinal among these. */
    static String column(String prefix, int ordinal) {
        return ordinal > 0
                ? prefix + (ordinal - 1)
                : switch (prefix) {
                    case "$k" -> "$t";
                    case "$s" -> "$st";
                    default -> "$dt";
                };
    }

    private String step(Element.Step step, Set<String> properties, boolean tells) {
        EdgeTable edge = graph.edgeTables().get(step.edgeTable());
        Endpoint start = step.forward() ? edge.source() : edge.destination();
        Endpoint end = step.forward() ? edge.destination() : edge.source();
        List<String> items = new ArrayList<>();
        items.add(vertexTable(start) + " AS \"$st\"");
        key(items, "$s", keyOrder(start));
        items.add(vertexTable(end) + " AS \"$dt\"");
        key(items, "$d", keyOrder(end));
        if (tells) {
            items.add(step.edgeTable() + " AS " + quoted(EDGE_TABLE));
            List<String> key = edge.element().key();
            for (int i = 0; i < edgeKeyWidth; i++) {
                items.add((i < key.size() ? quoted(key.get(i)) : "NULL") + " AS " + quoted(EDGE_KEY + i));
            }
        }
        properties(items, edge.element(), properties);
        return "SELECT " + String.join(", ", items) + " FROM " + table(edge.element());
    }

    /** The columns that tell edges apart, where they are asked for: the number of the table, then the widest key. */
    List<String> edgeKey() {
        List<String> names = new ArrayList<>(List.of(EDGE_TABLE));
        for (int i = 0; i < edgeKeyWidth; i++) {
            names.add(EDGE_KEY + i);
        }
        return names;
    }

    /** An edge from a vertex to itself is one match in either direction, not two. */
    private String unlessSelfLoop(Element.Step step, Set<Element.Step> steps) {
        EdgeTable edge = graph.edgeTables().get(step.edgeTable());
        boolean bothWays = steps.contains(new Element.Step(step.edgeTable(), true));
        if (step.forward() || !bothWays || vertexTable(edge.source()) != vertexTable(edge.destination())) {
            return "";
        }
        List<String> source = keyOrder(edge.source());
        List<String> destination = keyOrder(edge.destination());
        return IntStream.range(0, source.size())
                .mapToObj(i -> quoted(source.get(i)) + " <> " + quoted(destination.get(i)))
                .collect(Collectors.joining(" OR ", " WHERE (", ")"));
    }

    int vertexTable(Endpoint endpoint) {
        for (int i = 0; i < graph.vertexTables().size(); i++) {
            if (graph.vertexTables().get(i).element().alias().equals(endpoint.vertexAlias())) {
                return i;
            }
        }
        throw new IllegalStateException("no vertex table " + endpoint.vertexAlias());
    }

    /** The edge's columns in the order of the vertex's key. */
    private List<String> keyOrder(Endpoint endpoint) {
        List<String> key =
                graph.vertexTables().get(vertexTable(endpoint)).element().key();
        return key.stream()
                .map(column -> endpoint.columns().get(endpoint.vertexColumns().indexOf(column)))
                .toList();
    }

    /** Columns that tell vertices apart: the number of the table, then the widest key. */
    int identity() {
        return keyWidth + 1;
    }

    /**
     * What makes two places the same vertex; the table numbers need comparing only when there are several.
     *
     * @param left ordinal of the first place's table number
     * @param right ordinal of the second's
     * @param tables among which the keys must be told apart
     */
    List<KeyMatch> same(int left, int right, Set<Integer> tables) {
        List<KeyMatch> matches = new ArrayList<>();
        if (tables.size() > 1) {
            matches.add(new KeyMatch(left, right, false));
        }
        IntSummaryStatistics widths = tables.stream()
                .mapToInt(t -> graph.vertexTables().get(t).element().key().size())
                .summaryStatistics();
        int narrowest = tables.isEmpty() ? keyWidth : widths.getMin();
        int widest = tables.isEmpty() ? keyWidth : widths.getMax();
        for (int i = 0; i < widest; i++) {
            matches.add(new KeyMatch(left + 1 + i, right + 1 + i, i >= narrowest));
        }
        return matches;
    }
}
