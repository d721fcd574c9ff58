package io.kadedb.planner.dml;

import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.ForeignKeyDefinition;
import io.kadedb.common.catalog.PropertyGraphDefinition;
import io.kadedb.common.catalog.PropertyGraphDefinition.EdgeTable;
import io.kadedb.common.catalog.PropertyGraphDefinition.Endpoint;
import io.kadedb.common.catalog.PropertyGraphDefinition.Label;
import io.kadedb.common.catalog.PropertyGraphDefinition.Property;
import io.kadedb.common.catalog.PropertyGraphDefinition.VertexTable;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import io.kadedb.parser.Identifiers;
import io.kadedb.parser.SqlParser;
import io.kadedb.parser.ast.ElementTable;
import io.kadedb.parser.ast.Name;
import io.kadedb.parser.ast.PlainSelect;
import io.kadedb.planner.PlanningSession;
import io.kadedb.planner.types.TypeRules;
import io.kadedb.planner.validate.Suggestions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.Litmus;
import org.jspecify.annotations.Nullable;

/**
 * The element tables of a property graph: tables, keys, endpoints, labels and properties are checked against the catalog,
 * and against the other element tables of the graph.
 */
final class GraphElements {
    private final PlanningSession session;
    /** The type of each property name, which is one throughout a graph. */
    private final Map<String, SqlType> propertyTypes = new HashMap<>();
    /** The property names of each label, which are the same wherever it is used. */
    private final Map<String, Set<String>> labelProperties = new HashMap<>();

    private final Map<String, Checked> vertices = new LinkedHashMap<>();
    private final Set<String> aliases = new HashSet<>();

    GraphElements(PlanningSession session) {
        this.session = session;
    }

    /** An element table with the relation it is over. */
    private record Checked(PropertyGraphDefinition.ElementTable element, GraphRelation relation) {}

    /** Takes the element tables of a graph for checked, so that others may be added. */
    void know(PropertyGraphDefinition graph) {
        for (VertexTable vertex : graph.vertexTables()) {
            GraphRelation relation = know(vertex.element());
            vertices.put(vertex.element().alias(), new Checked(vertex.element(), relation));
        }
        graph.edgeTables().forEach(edge -> know(edge.element()));
    }

    private GraphRelation know(PropertyGraphDefinition.ElementTable element) {
        aliases.add(element.alias());
        GraphRelation relation = GraphRelation.of(element, session);
        for (Label label : element.labels()) {
            labelProperties.put(label.name(), names(label));
            for (Property property : label.properties()) {
                SqlNode value = new SqlParser()
                        .parseExpression(property.expressionSql())
                        .node();
                propertyTypes.put(property.name(), type(value, relation));
            }
        }
        return relation;
    }

    private static Set<String> names(Label label) {
        return label.properties().stream().map(Property::name).collect(Collectors.toCollection(TreeSet::new));
    }

    VertexTable vertex(ElementTable written) {
        Checked checked = element(written);
        vertices.put(checked.element().alias(), checked);
        return new VertexTable(checked.element());
    }

    EdgeTable edge(ElementTable.Edge written) {
        Checked checked = element(written.element());
        return new EdgeTable(
                checked.element(),
                endpoint(written.source(), checked, "SOURCE"),
                endpoint(written.destination(), checked, "DESTINATION"));
    }

    private Checked element(ElementTable written) {
        GraphRelation relation = GraphRelation.of(written.table(), session);
        if (!aliases.add(written.alias().text())) {
            throw KadeException.of(
                            ErrorCode.DUPLICATE_ALIAS,
                            "element table name \"" + written.alias().text() + "\" specified more than once")
                    .at(written.alias().position())
                    .hint("give one of them another name with AS");
        }
        List<String> key = key(written, relation);
        PropertyGraphDefinition.ElementTable element = new PropertyGraphDefinition.ElementTable(
                written.alias().text(), relation.schema(), relation.name(), key, List.of());
        return new Checked(withLabels(element, relation, written.labels()), relation);
    }

    /** An element table with more labels. */
    PropertyGraphDefinition.ElementTable withLabels(
            PropertyGraphDefinition.ElementTable element, List<ElementTable.Label> written) {
        return withLabels(element, GraphRelation.of(element, session), written);
    }

    private PropertyGraphDefinition.ElementTable withLabels(
            PropertyGraphDefinition.ElementTable element, GraphRelation relation, List<ElementTable.Label> written) {
        List<Label> labels = new ArrayList<>(element.labels());
        for (ElementTable.Label label : written) {
            if (labels.stream()
                    .anyMatch(other -> other.name().equals(label.name().text()))) {
                throw KadeException.of(
                                ErrorCode.DUPLICATE_OBJECT,
                                "label \"" + label.name().text() + "\" of element table \"" + element.alias()
                                        + "\" already exists")
                        .at(label.name().position());
            }
            labels.add(label(label, element.alias(), labels, relation));
        }
        return element.withLabels(labels);
    }

    /** A label of an element table with more properties. */
    Label withProperties(
            PropertyGraphDefinition.ElementTable element,
            Label label,
            Name written,
            List<ElementTable.Property> added) {
        List<Property> properties = new ArrayList<>(label.properties());
        properties.addAll(listed(added, GraphRelation.of(element, session)));
        return checked(new Label(label.name(), properties), written, element.alias(), element.labels());
    }

    /** A label as it is now, which has to be the same on every element table. */
    Label checked(Label label, Name written, String alias, List<Label> others) {
        Set<String> names = new TreeSet<>();
        for (Property property : label.properties()) {
            if (!names.add(property.name())) {
                throw KadeException.of(
                                ErrorCode.DUPLICATE_COLUMN,
                                "property \"" + property.name() + "\" specified more than once")
                        .at(written.position());
            }
            others.stream()
                    .filter(other -> !other.name().equals(label.name()))
                    .flatMap(other -> other.properties().stream())
                    .filter(other -> other.name().equals(property.name()) && !isSame(other, property))
                    .findFirst()
                    .ifPresent(other -> {
                        throw KadeException.of(
                                        ErrorCode.INVALID_OBJECT_DEFINITION,
                                        "property \"" + property.name() + "\" of element table \"" + alias + "\" is "
                                                + property.expressionSql() + " here but " + other.expressionSql()
                                                + " under another label")
                                .at(written.position());
                    });
        }
        Set<String> before = labelProperties.putIfAbsent(label.name(), names);
        if (before != null && !before.equals(names)) {
            throw KadeException.of(
                            ErrorCode.INVALID_TABLE_DEFINITION,
                            "label \"" + label.name() + "\" has the properties " + names + " here but " + before
                                    + " elsewhere")
                    .at(written.position())
                    .hint("a label has the same properties on every table");
        }
        return label;
    }

    private static boolean isSame(Property one, Property other) {
        SqlParser parser = new SqlParser();
        return one.expressionSql().equals(other.expressionSql())
                || parser.parseExpression(one.expressionSql())
                        .node()
                        .equalsDeep(
                                parser.parseExpression(other.expressionSql()).node(), Litmus.IGNORE);
    }

    private static List<String> key(ElementTable written, GraphRelation relation) {
        if (!written.key().isEmpty()) {
            written.key().forEach(relation::type);
            return written.key().stream().map(Name::text).toList();
        }
        if (relation.primaryKey().isEmpty()) {
            throw KadeException.of(
                            ErrorCode.INVALID_TABLE_DEFINITION,
                            (relation.table().isPresent() ? "table" : "view") + " \"" + relation.name()
                                    + "\" has no primary key to identify its elements by")
                    .at(written.table().position())
                    .hint("name the columns with KEY (...)");
        }
        return relation.primaryKey();
    }

    private Label label(ElementTable.Label label, String alias, List<Label> others, GraphRelation relation) {
        List<Property> properties = switch (label.properties()) {
            case ElementTable.Properties.None none -> List.of();
            case ElementTable.Properties.AllColumns all -> allColumns(all, relation);
            case ElementTable.Properties.Listed listed -> listed(listed.properties(), relation);
        };
        return checked(new Label(label.name().text(), properties), label.name(), alias, others);
    }

    private List<Property> allColumns(ElementTable.Properties.AllColumns all, GraphRelation relation) {
        all.except().forEach(relation::type);
        Set<String> except = new HashSet<>(all.except().stream().map(Name::text).toList());
        List<Property> properties = new ArrayList<>();
        for (ColumnDefinition column : relation.columns()) {
            if (!except.contains(column.name())) {
                checkType(column.name(), column.type(), relation, null);
                properties.add(new Property(column.name(), Identifiers.quoted(column.name())));
            }
        }
        return properties;
    }

    private List<Property> listed(List<ElementTable.Property> written, GraphRelation relation) {
        List<Property> properties = new ArrayList<>();
        for (ElementTable.Property property : written) {
            SqlType type = type(property.value().node(), relation);
            checkType(property.name().text(), type, relation, property.name());
            properties.add(new Property(property.name().text(), property.value().text()));
        }
        return properties;
    }

    private SqlType type(SqlNode value, GraphRelation relation) {
        SqlParserPos pos = value.getParserPosition();
        SqlNode from = new SqlIdentifier(List.of(relation.schema(), relation.name()), pos);
        PlanningSession.Planned planned = session.plan(PlainSelect.of(pos, SqlNodeList.of(value), from));
        return planned.columns().getFirst().type();
    }

    private void checkType(String property, SqlType type, GraphRelation relation, @Nullable Name place) {
        SqlType before = propertyTypes.putIfAbsent(property, type);
        if (before != null && !before.equals(type)) {
            throw KadeException.of(
                            ErrorCode.DATATYPE_MISMATCH,
                            "property \"" + property + "\" is of type " + type + " in table \"" + relation.name()
                                    + "\" but of type " + before + " elsewhere in the graph")
                    .at(place == null ? null : place.position())
                    .hint("give one of them another name, or cast it, with PROPERTIES (expression AS name)");
        }
    }

    private Endpoint endpoint(ElementTable.Endpoint written, Checked edge, String which) {
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
            return byForeignKey(edge, vertex, vertexName, which);
        }
        List<String> key = vertex.element().key();
        List<String> referenced = written.referencedColumns().isEmpty()
                ? key
                : written.referencedColumns().stream().map(Name::text).toList();
        written.referencedColumns().forEach(vertex.relation()::type);
        if (referenced.size() != written.key().size()) {
            throw KadeException.of(
                            ErrorCode.INVALID_TABLE_DEFINITION,
                            "the number of " + which + " KEY columns differs from the number of columns referenced")
                    .at(written.key().getFirst().position());
        }
        checkKey(referenced, vertex, vertexName);
        for (int i = 0; i < referenced.size(); i++) {
            Name column = written.key().get(i);
            SqlType own = edge.relation().type(column);
            SqlType other = vertex.relation().type(new Name(referenced.get(i), vertexName.position()));
            if (TypeRules.common(own, other).isEmpty()) {
                throw KadeException.of(
                                ErrorCode.DATATYPE_MISMATCH,
                                "column \"" + column.text() + "\" is of type " + own + " but refers to type " + other)
                        .at(column.position());
            }
        }
        return new Endpoint(written.key().stream().map(Name::text).toList(), vertexName.text(), referenced);
    }

    private static void checkKey(List<String> referenced, Checked vertex, Name vertexName) {
        List<String> key = vertex.element().key();
        if (!new HashSet<>(referenced).equals(new HashSet<>(key)) || referenced.size() != key.size()) {
            throw KadeException.of(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "an edge must reference the key of vertex table \"" + vertexName.text() + "\", which is "
                                    + key)
                    .at(vertexName.position());
        }
    }

    /** The one foreign key from the edge's table to the vertex's tells the columns. */
    private static Endpoint byForeignKey(Checked edge, Checked vertex, Name vertexName, String which) {
        List<ForeignKeyDefinition> keys = edge.relation().foreignKeysTo(vertex.relation());
        if (keys.size() != 1) {
            throw KadeException.of(
                            ErrorCode.INVALID_OBJECT_DEFINITION,
                            keys.isEmpty()
                                    ? "no " + which + " key specified and no suitable foreign key constraint exists for"
                                            + " definition of edge \""
                                            + edge.element().alias() + "\""
                                    : "more than one suitable foreign key constraint exists for " + which
                                            + " key of edge \"" + edge.element().alias() + "\"")
                    .at(vertexName.position())
                    .hint("write " + which + " KEY (columns) REFERENCES " + vertexName.text() + " (columns)");
        }
        List<String> referenced = vertex.relation().names(keys.getFirst().referencedColumns());
        checkKey(referenced, vertex, vertexName);
        return new Endpoint(edge.relation().names(keys.getFirst().columns()), vertexName.text(), referenced);
    }
}
