package io.kadedb.parser;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.ElementTable;
import io.kadedb.parser.ast.ElementTable.Endpoint;
import io.kadedb.parser.ast.ElementTable.Label;
import io.kadedb.parser.ast.ElementTable.Properties;
import io.kadedb.parser.ast.ElementTable.Property;
import io.kadedb.parser.ast.GraphAlteration;
import io.kadedb.parser.ast.Name;
import io.kadedb.parser.ast.QualifiedName;
import io.kadedb.parser.ast.Statement;
import io.kadedb.parser.grammar.KadeSqlParser.*;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.jspecify.annotations.Nullable;

/** CREATE PROPERTY GRAPH and ALTER PROPERTY GRAPH. */
final class PropertyGraphBuilder {
    private final AstBuilder ast;

    PropertyGraphBuilder(AstBuilder ast) {
        this.ast = ast;
    }

    Statement create(CreatePropertyGraphContext create) {
        return new Statement.CreatePropertyGraph(
                ast.names.qualified(create.qualifiedName()),
                vertices(create.vertexTables()),
                edges(create.edgeTables()),
                create.REPLACE() != null,
                create.ifNotExists() != null);
    }

    Statement alter(AlterPropertyGraphContext alter) {
        return new Statement.AlterPropertyGraph(
                ast.names.qualified(alter.qualifiedName()),
                alteration(alter.graphAlteration()),
                alter.ifExists() != null);
    }

    private GraphAlteration alteration(GraphAlterationContext alteration) {
        return switch (alteration) {
            case AddGraphTablesContext add ->
                new GraphAlteration.AddTables(vertices(add.vertexTables()), edges(add.edgeTables()));
            case DropGraphTablesContext drop ->
                new GraphAlteration.DropTables(
                        kind(drop.elementKind()), ast.names.names(drop.nameList()), cascades(drop.dropBehavior()));
            case AddGraphLabelsContext add ->
                new GraphAlteration.AddLabels(
                        element(add.elementKind(), add.identifier()),
                        add.addedLabel().stream()
                                .map(label ->
                                        new Label(ast.names.name(label.identifier()), properties(label.properties())))
                                .toList());
            case DropGraphLabelContext drop ->
                new GraphAlteration.DropLabel(
                        element(drop.elementKind(), drop.identifier(0)),
                        ast.names.name(drop.identifier(1)),
                        cascades(drop.dropBehavior()));
            case AddGraphPropertiesContext add ->
                new GraphAlteration.AddProperties(
                        element(add.elementKind(), add.identifier(0)),
                        ast.names.name(add.identifier(1)),
                        listed(add.property()));
            case DropGraphPropertiesContext drop ->
                new GraphAlteration.DropProperties(
                        element(drop.elementKind(), drop.identifier(0)),
                        ast.names.name(drop.identifier(1)),
                        ast.names.names(drop.nameList()),
                        cascades(drop.dropBehavior()));
            case RenameGraphContext rename -> new GraphAlteration.Rename(ast.names.name(rename.identifier()));
            case MoveGraphContext move -> new GraphAlteration.Move(ast.names.name(move.identifier()));
            default -> throw KadeException.internal("no alteration for " + alteration.getClass(), null);
        };
    }

    private GraphAlteration.Element element(ElementKindContext kind, IdentifierContext alias) {
        return new GraphAlteration.Element(kind(kind), ast.names.name(alias));
    }

    private static GraphAlteration.Kind kind(ElementKindContext kind) {
        return kind.VERTEX() != null || kind.NODE() != null ? GraphAlteration.Kind.VERTEX : GraphAlteration.Kind.EDGE;
    }

    private static boolean cascades(@Nullable DropBehaviorContext behavior) {
        return behavior != null && behavior.CASCADE() != null;
    }

    private List<ElementTable> vertices(@Nullable VertexTablesContext tables) {
        return tables == null
                ? List.of()
                : tables.vertexTable().stream()
                        .map(vertex -> element(
                                vertex.qualifiedName(),
                                vertex.identifier(),
                                vertex.KEY() == null ? null : vertex.nameList(),
                                vertex.elementLabel()))
                        .toList();
    }

    private List<ElementTable.Edge> edges(@Nullable EdgeTablesContext tables) {
        return tables == null
                ? List.of()
                : tables.edgeTable().stream()
                        .map(edge -> new ElementTable.Edge(
                                element(
                                        edge.qualifiedName(),
                                        edge.identifier(),
                                        edge.KEY() == null ? null : edge.nameList(),
                                        edge.elementLabel()),
                                endpoint(edge.endpoint(0)),
                                endpoint(edge.endpoint(1))))
                        .toList();
    }

    private ElementTable element(
            QualifiedNameContext table,
            @Nullable IdentifierContext alias,
            @Nullable NameListContext key,
            List<ElementLabelContext> labels) {
        QualifiedName name = ast.names.qualified(table);
        Name element = alias == null ? name.last() : ast.names.name(alias);
        return new ElementTable(name, element, ast.names.names(key), labels(labels, element));
    }

    private List<Label> labels(List<ElementLabelContext> written, Name element) {
        if (written.isEmpty()) {
            return List.of(new Label(element, new Properties.AllColumns(List.of())));
        }
        List<Label> labels = new ArrayList<>();
        for (ElementLabelContext label : written) {
            if (label.LABEL() == null && written.size() > 1) {
                throw SyntaxErrors.at(label.getStart()).hint("PROPERTIES follows the LABEL it belongs to");
            }
            Name name = label.identifier() == null ? element : ast.names.name(label.identifier());
            labels.add(new Label(name, properties(label.properties())));
        }
        return labels;
    }

    private Properties properties(@Nullable PropertiesContext properties) {
        if (properties == null) {
            return new Properties.AllColumns(List.of());
        }
        if (properties.NO() != null) {
            return new Properties.None();
        }
        if (properties.ALL() != null) {
            return new Properties.AllColumns(ast.names.names(properties.nameList()));
        }
        return new Properties.Listed(listed(properties.property()));
    }

    private List<Property> listed(List<PropertyContext> properties) {
        return properties.stream()
                .map(property ->
                        new Property(name(property), new ConstraintBuilder(ast).expression(property.expression())))
                .toList();
    }

    /** The name after AS, or that of the column. */
    private Name name(PropertyContext property) {
        if (property.label() != null) {
            return ast.names.name(property.label());
        }
        if (ast.expressions.expression(property.expression()) instanceof SqlIdentifier column && !column.isStar()) {
            return new Name(
                    column.names.getLast(), Places.of(property.expression().getStop()));
        }
        throw KadeException.of(ErrorCode.SYNTAX_ERROR, "a property that is not a column needs a name")
                .at(Places.of(property.getStart()))
                .hint("name it with AS, as in PROPERTIES (price * amount AS total)");
    }

    private Endpoint endpoint(EndpointContext endpoint) {
        List<NameListContext> lists = endpoint.nameList();
        return new Endpoint(
                lists.isEmpty() ? List.of() : ast.names.names(lists.getFirst()),
                ast.names.name(endpoint.identifier()),
                lists.size() < 2 ? List.of() : ast.names.names(lists.get(1)));
    }
}
