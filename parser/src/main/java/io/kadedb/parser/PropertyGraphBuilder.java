package io.kadedb.parser;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.ElementTable;
import io.kadedb.parser.ast.ElementTable.Endpoint;
import io.kadedb.parser.ast.ElementTable.Label;
import io.kadedb.parser.ast.ElementTable.Properties;
import io.kadedb.parser.ast.ElementTable.Property;
import io.kadedb.parser.ast.Name;
import io.kadedb.parser.ast.QualifiedName;
import io.kadedb.parser.ast.Statement;
import io.kadedb.parser.grammar.KadeSqlParser.*;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.jspecify.annotations.Nullable;

/** CREATE PROPERTY GRAPH. */
final class PropertyGraphBuilder {
    private final AstBuilder ast;

    PropertyGraphBuilder(AstBuilder ast) {
        this.ast = ast;
    }

    Statement create(CreatePropertyGraphContext create) {
        if (create.REPLACE() != null) {
            throw Unsupported.feature(
                    "CREATE OR REPLACE PROPERTY GRAPH is", create.REPLACE().getSymbol());
        }
        List<ElementTable> vertices = new ArrayList<>();
        for (VertexTableContext vertex : create.vertexTable()) {
            vertices.add(element(
                    vertex.qualifiedName(),
                    vertex.identifier(),
                    vertex.KEY() == null ? null : vertex.nameList(),
                    vertex.elementLabel()));
        }
        List<ElementTable.Edge> edges = new ArrayList<>();
        for (EdgeTableContext edge : create.edgeTable()) {
            edges.add(new ElementTable.Edge(
                    element(
                            edge.qualifiedName(),
                            edge.identifier(),
                            edge.KEY() == null ? null : edge.nameList(),
                            edge.elementLabel()),
                    endpoint(edge.endpoint(0)),
                    endpoint(edge.endpoint(1))));
        }
        return new Statement.CreatePropertyGraph(
                ast.names.qualified(create.qualifiedName()), vertices, edges, create.ifNotExists() != null);
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
        List<Property> listed = new ArrayList<>();
        for (PropertyContext property : properties.property()) {
            listed.add(new Property(name(property), new ConstraintBuilder(ast).expression(property.expression())));
        }
        return new Properties.Listed(listed);
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
