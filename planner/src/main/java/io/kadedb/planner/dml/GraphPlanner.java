package io.kadedb.planner.dml;

import io.kadedb.common.catalog.CatalogChange;
import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.PropertyGraphDefinition;
import io.kadedb.common.catalog.PropertyGraphDefinition.EdgeTable;
import io.kadedb.common.catalog.PropertyGraphDefinition.Endpoint;
import io.kadedb.common.catalog.PropertyGraphDefinition.Label;
import io.kadedb.common.catalog.PropertyGraphDefinition.Property;
import io.kadedb.common.catalog.PropertyGraphDefinition.VertexTable;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.security.Privilege;
import io.kadedb.common.type.SqlType;
import io.kadedb.parser.ast.ElementTable;
import io.kadedb.parser.ast.Name;
import io.kadedb.parser.ast.PlainSelect;
import io.kadedb.parser.ast.Statement;
import io.kadedb.planner.PlanningSession;
import io.kadedb.planner.api.PlannedStatement.Definition;
import io.kadedb.planner.types.TypeRules;
import io.kadedb.planner.validate.Suggestions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** CREATE PROPERTY GRAPH: tables, keys, endpoints, labels and properties are checked against the catalog. */
public final class GraphPlanner {
    private final PlanningSession session;
    private final DefinitionPlanner definitions;
    /** The type of each property name, which is one throughout a graph. */
    private final Map<String, SqlType> propertyTypes = new HashMap<>();
    /** The property names of each label, which are the same wherever it is used. */
    private final Map<String, Set<String>> labelProperties = new HashMap<>();

    private final Set<String> aliases = new HashSet<>();

    public GraphPlanner(PlanningSession session) {
        this.session = session;
        this.definitions = new DefinitionPlanner(session);
    }

    /** An element table with the table it is over. */
    private record Checked(PropertyGraphDefinition.ElementTable element, TableDefinition table) {}

    /** CREATE PROPERTY GRAPH. */
    public Definition plan(Statement.CreatePropertyGraph create) {
        String schema = definitions.schema(create.name());
        Optional<Definition> existing =
                definitions.existing("CREATE PROPERTY GRAPH", schema, create.name(), create.ifNotExists());
        if (existing.isPresent()) {
            return existing.get();
        }
        Map<String, Checked> vertices = new HashMap<>();
        List<VertexTable> vertexTables = new ArrayList<>();
        for (ElementTable vertex : create.vertices()) {
            Checked checked = element(vertex);
            vertices.put(checked.element().alias(), checked);
            vertexTables.add(new VertexTable(checked.element()));
        }
        List<EdgeTable> edgeTables = new ArrayList<>();
        for (ElementTable.Edge edge : create.edges()) {
            Checked checked = element(edge.element());
            edgeTables.add(new EdgeTable(
                    checked.element(),
                    endpoint(edge.source(), checked, vertices, edge.element(), "SOURCE"),
                    endpoint(edge.destination(), checked, vertices, edge.element(), "DESTINATION")));
        }
        PropertyGraphDefinition graph = new PropertyGraphDefinition(
                0,
                schema,
                create.name().last().text(),
                1,
                session.context().principal().user(),
                vertexTables,
                edgeTables,
                Optional.empty(),
                Map.of());
        return new Definition(
                "CREATE PROPERTY GRAPH", List.of(new CatalogChange.CreatePropertyGraph(graph)), List.of());
    }

    private Checked element(ElementTable written) {
        TableDefinition table = Targets.plain(session, written.table());
        Targets.check(session.context(), Privilege.SELECT, table, List.of());
        if (table.onCommit().isPresent()) {
            throw KadeException.of(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "property graphs over temporary tables are not supported yet")
                    .at(written.table().position());
        }
        if (!aliases.add(written.alias().text())) {
            throw KadeException.of(
                            ErrorCode.DUPLICATE_ALIAS,
                            "element table name \"" + written.alias().text() + "\" specified more than once")
                    .at(written.alias().position())
                    .hint("give one of them another name with AS");
        }
        List<String> key = key(written, table);
        List<Label> labels = new ArrayList<>();
        for (ElementTable.Label label : written.labels()) {
            labels.add(label(label, table));
        }
        return new Checked(
                new PropertyGraphDefinition.ElementTable(
                        written.alias().text(), table.schema(), table.name(), key, labels),
                table);
    }

    private static List<String> key(ElementTable written, TableDefinition table) {
        if (!written.key().isEmpty()) {
            written.key().forEach(name -> Targets.column(table, name));
            return written.key().stream().map(Name::text).toList();
        }
        if (!table.hasPrimaryKey()) {
            throw KadeException.of(
                            ErrorCode.INVALID_TABLE_DEFINITION,
                            "table \"" + table.name() + "\" has no primary key to identify its elements by")
                    .at(written.table().position())
                    .hint("name the columns with KEY (...)");
        }
        return table.primaryKey().stream()
                .map(c -> table.columns().get(c).name())
                .toList();
    }

    private Label label(ElementTable.Label label, TableDefinition table) {
        List<Property> properties = switch (label.properties()) {
            case ElementTable.Properties.None none -> List.of();
            case ElementTable.Properties.AllColumns all -> allColumns(all, table);
            case ElementTable.Properties.Listed listed -> listed(listed, table);
        };
        Set<String> names = new TreeSet<>();
        for (Property property : properties) {
            if (!names.add(property.name())) {
                throw KadeException.of(
                                ErrorCode.DUPLICATE_COLUMN,
                                "property \"" + property.name() + "\" specified more than once")
                        .at(label.name().position());
            }
        }
        Set<String> before = labelProperties.putIfAbsent(label.name().text(), names);
        if (before != null && !before.equals(names)) {
            throw KadeException.of(
                            ErrorCode.INVALID_TABLE_DEFINITION,
                            "label \"" + label.name().text() + "\" has the properties " + names + " here but " + before
                                    + " elsewhere")
                    .at(label.name().position())
                    .hint("a label has the same properties on every table");
        }
        return new Label(label.name().text(), properties);
    }

    private List<Property> allColumns(ElementTable.Properties.AllColumns all, TableDefinition table) {
        all.except().forEach(name -> Targets.column(table, name));
        Set<String> except = new HashSet<>(all.except().stream().map(Name::text).toList());
        List<Property> properties = new ArrayList<>();
        for (ColumnDefinition column : table.columns()) {
            if (!except.contains(column.name())) {
                checkType(column.name(), column.type(), table, null);
                properties.add(new Property(column.name(), '"' + column.name().replace("\"", "\"\"") + '"'));
            }
        }
        return properties;
    }

    private List<Property> listed(ElementTable.Properties.Listed listed, TableDefinition table) {
        List<Property> properties = new ArrayList<>();
        for (ElementTable.Property property : listed.properties()) {
            SqlNode value = property.value().node();
            SqlParserPos pos = value.getParserPosition();
            SqlNode from = new SqlIdentifier(List.of(table.schema(), table.name()), pos);
            PlanningSession.Planned planned = session.plan(PlainSelect.of(pos, SqlNodeList.of(value), from));
            checkType(property.name().text(), planned.columns().getFirst().type(), table, property.name());
            properties.add(new Property(property.name().text(), property.value().text()));
        }
        return properties;
    }

    private void checkType(String property, SqlType type, TableDefinition table, @Nullable Name place) {
        SqlType before = propertyTypes.putIfAbsent(property, type);
        if (before != null && !before.equals(type)) {
            throw KadeException.of(
                            ErrorCode.DATATYPE_MISMATCH,
                            "property \"" + property + "\" is of type " + type + " in table \"" + table.name()
                                    + "\" but of type " + before + " elsewhere in the graph")
                    .at(place == null ? null : place.position())
                    .hint("give one of them another name, or cast it, with PROPERTIES (expression AS name)");
        }
    }

    private static Endpoint endpoint(
            ElementTable.Endpoint written,
            Checked edge,
            Map<String, Checked> vertices,
            ElementTable element,
            String which) {
        Name vertexName = written.vertex();
        Checked vertex = vertices.get(vertexName.text());
        if (vertex == null) {
            throw KadeException.of(
                            ErrorCode.UNDEFINED_OBJECT,
                            "vertex table \"" + vertexName.text() + "\" does not exist in this graph")
                    .at(vertexName.position())
                    .hint(Suggestions.hint(vertexName.text(), vertices.keySet()).orElse(null));
        }
        if (written.key().isEmpty()) {
            throw KadeException.of(
                            ErrorCode.INVALID_TABLE_DEFINITION,
                            "nothing tells which columns of edge table \""
                                    + element.alias().text() + "\" refer to \"" + vertexName.text() + "\"")
                    .at(vertexName.position())
                    .hint("write " + which + " KEY (columns) REFERENCES " + vertexName.text() + " (columns)");
        }
        List<String> key = vertex.element().key();
        List<String> referenced = written.referencedColumns().isEmpty()
                ? key
                : written.referencedColumns().stream().map(Name::text).toList();
        written.referencedColumns().forEach(name -> Targets.column(vertex.table(), name));
        if (referenced.size() != written.key().size()) {
            throw KadeException.of(
                            ErrorCode.INVALID_TABLE_DEFINITION,
                            "the number of " + which + " KEY columns differs from the number of columns referenced")
                    .at(written.key().getFirst().position());
        }
        if (!new HashSet<>(referenced).equals(new HashSet<>(key)) || referenced.size() != key.size()) {
            throw KadeException.of(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "an edge must reference the key of vertex table \"" + vertexName.text() + "\", which is "
                                    + key)
                    .at(vertexName.position());
        }
        for (int i = 0; i < referenced.size(); i++) {
            Name column = written.key().get(i);
            SqlType own = edge.table()
                    .columns()
                    .get(Targets.column(edge.table(), column))
                    .type();
            SqlType other = type(vertex.table(), referenced.get(i));
            if (TypeRules.common(own, other).isEmpty()) {
                throw KadeException.of(
                                ErrorCode.DATATYPE_MISMATCH,
                                "column \"" + column.text() + "\" is of type " + own + " but refers to type " + other)
                        .at(column.position());
            }
        }
        return new Endpoint(written.key().stream().map(Name::text).toList(), vertexName.text(), referenced);
    }

    private static SqlType type(TableDefinition table, String column) {
        return table.columns().get(table.ordinalOf(column).orElseThrow()).type();
    }
}
