package io.kadedb.common.catalog;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A property graph over tables (ISO/IEC 9075-16, CREATE PROPERTY GRAPH): a view, it holds no data.
 *
 * @param id stable; 0 until the catalog has stored it
 */
public record PropertyGraphDefinition(
        long id,
        String schema,
        String name,
        int schemaVersion,
        String owner,
        List<VertexTable> vertexTables,
        List<EdgeTable> edgeTables,
        Optional<String> comment,
        Map<String, String> tags) {
    public PropertyGraphDefinition {
        vertexTables = List.copyOf(vertexTables);
        edgeTables = List.copyOf(edgeTables);
        tags = Map.copyOf(tags);
    }

    public PropertyGraphDefinition withId(long newId) {
        return new PropertyGraphDefinition(
                newId, schema, name, schemaVersion, owner, vertexTables, edgeTables, comment, tags);
    }

    public PropertyGraphDefinition withComment(Optional<String> newComment) {
        return new PropertyGraphDefinition(
                id, schema, name, schemaVersion, owner, vertexTables, edgeTables, newComment, tags);
    }

    public PropertyGraphDefinition withName(String newSchema, String newName) {
        return new PropertyGraphDefinition(
                id, newSchema, newName, schemaVersion, owner, vertexTables, edgeTables, comment, tags);
    }

    /** The graph as its next version, over other tables. */
    public PropertyGraphDefinition withTables(List<VertexTable> newVertexTables, List<EdgeTable> newEdgeTables) {
        return new PropertyGraphDefinition(
                id, schema, name, schemaVersion + 1, owner, newVertexTables, newEdgeTables, comment, tags);
    }

    /** The element tables, first those of vertices. */
    public Stream<ElementTable> elements() {
        return Stream.concat(
                vertexTables.stream().map(VertexTable::element),
                edgeTables.stream().map(EdgeTable::element));
    }

    /**
     * A table whose rows are elements of the graph.
     *
     * @param alias the element table's name in the graph
     * @param key the names of the columns that identify a row
     */
    public record ElementTable(String alias, String schema, String table, List<String> key, List<Label> labels) {
        public ElementTable {
            key = List.copyOf(key);
            labels = List.copyOf(labels);
        }

        public ElementTable withLabels(List<Label> newLabels) {
            return new ElementTable(alias, schema, table, key, newLabels);
        }
    }

    /** A vertex table. */
    public record VertexTable(ElementTable element) {}

    /** An edge table with the vertices it connects. */
    public record EdgeTable(ElementTable element, Endpoint source, Endpoint destination) {}

    /**
     * One end of an edge table.
     *
     * @param columns of the edge table
     * @param vertexAlias the vertex table referenced
     * @param vertexColumns of the vertex table, one for each of {@code columns}
     */
    public record Endpoint(List<String> columns, String vertexAlias, List<String> vertexColumns) {
        public Endpoint {
            columns = List.copyOf(columns);
            vertexColumns = List.copyOf(vertexColumns);
        }
    }

    /** A label and the properties it exposes. */
    public record Label(String name, List<Property> properties) {
        public Label {
            properties = List.copyOf(properties);
        }
    }

    /**
     * A property.
     *
     * @param expressionSql over the element table's columns, as the user wrote it; often a column's name
     */
    public record Property(String name, String expressionSql) {}
}
