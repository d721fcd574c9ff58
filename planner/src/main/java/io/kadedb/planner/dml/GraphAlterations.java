package io.kadedb.planner.dml;

import io.kadedb.common.catalog.PropertyGraphDefinition;
import io.kadedb.common.catalog.PropertyGraphDefinition.EdgeTable;
import io.kadedb.common.catalog.PropertyGraphDefinition.ElementTable;
import io.kadedb.common.catalog.PropertyGraphDefinition.Label;
import io.kadedb.common.catalog.PropertyGraphDefinition.Property;
import io.kadedb.common.catalog.PropertyGraphDefinition.VertexTable;
import io.kadedb.common.catalog.SchemaDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.security.ObjectName;
import io.kadedb.common.security.Privilege;
import io.kadedb.parser.ast.GraphAlteration;
import io.kadedb.parser.ast.GraphAlteration.Element;
import io.kadedb.parser.ast.GraphAlteration.Kind;
import io.kadedb.parser.ast.Name;
import io.kadedb.planner.PlanningSession;
import io.kadedb.planner.validate.Suggestions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** What a property graph is after ALTER PROPERTY GRAPH. */
final class GraphAlterations {
    private final PlanningSession session;
    private final PropertyGraphDefinition graph;

    GraphAlterations(PlanningSession session, PropertyGraphDefinition graph) {
        this.session = session;
        this.graph = graph;
    }

    PropertyGraphDefinition altered(GraphAlteration alteration) {
        return switch (alteration) {
            case GraphAlteration.AddTables add -> with(add);
            case GraphAlteration.DropTables drop -> without(drop);
            case GraphAlteration.AddLabels add ->
                replaced(add.element(), element -> elements(graph).withLabels(element, add.labels()));
            case GraphAlteration.DropLabel drop -> replaced(drop.element(), element -> without(element, drop.label()));
            case GraphAlteration.AddProperties add ->
                relabelled(
                        add.element(),
                        add.label(),
                        (others, element, label) ->
                                others.withProperties(element, label, add.label(), add.properties()));
            case GraphAlteration.DropProperties drop ->
                relabelled(
                        drop.element(),
                        drop.label(),
                        (others, element, label) -> others.checked(
                                without(label, drop.names()), drop.label(), element.alias(), element.labels()));
            case GraphAlteration.Rename rename ->
                renamed(graph.schema(), rename.newName().text(), rename.newName());
            case GraphAlteration.Move move -> moved(move.schema());
        };
    }

    private GraphElements elements(PropertyGraphDefinition known) {
        GraphElements elements = new GraphElements(session);
        elements.know(known);
        return elements;
    }

    private PropertyGraphDefinition with(GraphAlteration.AddTables add) {
        GraphElements elements = elements(graph);
        List<VertexTable> vertices = new ArrayList<>(graph.vertexTables());
        add.vertices().forEach(vertex -> vertices.add(elements.vertex(vertex)));
        List<EdgeTable> edges = new ArrayList<>(graph.edgeTables());
        add.edges().forEach(edge -> edges.add(elements.edge(edge)));
        return graph.withTables(vertices, edges);
    }

    private PropertyGraphDefinition without(GraphAlteration.DropTables drop) {
        Set<String> gone = new HashSet<>();
        for (Name alias : drop.aliases()) {
            gone.add(found(new Element(drop.kind(), alias)).alias());
        }
        if (drop.kind() == Kind.EDGE) {
            return graph.withTables(
                    graph.vertexTables(),
                    graph.edgeTables().stream()
                            .filter(edge -> !gone.contains(edge.element().alias()))
                            .toList());
        }
        List<String> lines = new ArrayList<>();
        for (EdgeTable edge : graph.edgeTables()) {
            Stream.of(edge.source(), edge.destination())
                    .map(PropertyGraphDefinition.Endpoint::vertexAlias)
                    .filter(gone::contains)
                    .findFirst()
                    .ifPresent(vertex -> lines.add("edge " + edge.element().alias() + " depends on vertex " + vertex));
        }
        if (!lines.isEmpty() && !drop.cascade()) {
            throw KadeException.of(
                            ErrorCode.DEPENDENT_OBJECTS_STILL_EXIST,
                            "cannot drop vertex " + drop.aliases().getFirst().text() + " of property graph "
                                    + graph.name() + " because other objects depend on it")
                    .at(drop.aliases().getFirst().position())
                    .detail(String.join("\n", lines))
                    .hint("Use DROP ... CASCADE to drop the dependent objects too.");
        }
        return graph.withTables(
                graph.vertexTables().stream()
                        .filter(vertex -> !gone.contains(vertex.element().alias()))
                        .toList(),
                graph.edgeTables().stream()
                        .filter(edge -> !gone.contains(edge.source().vertexAlias())
                                && !gone.contains(edge.destination().vertexAlias()))
                        .toList());
    }

    private ElementTable without(ElementTable element, Name label) {
        found(element, label);
        if (element.labels().size() == 1) {
            throw KadeException.of(
                            ErrorCode.INVALID_OBJECT_DEFINITION,
                            "cannot drop the last label of element table \"" + element.alias() + "\"")
                    .at(label.position())
                    .hint("add another label first, or drop the element table");
        }
        return element.withLabels(element.labels().stream()
                .filter(other -> !other.name().equals(label.text()))
                .toList());
    }

    private static Label without(Label label, List<Name> names) {
        List<Property> properties = new ArrayList<>(label.properties());
        for (Name name : names) {
            if (!properties.removeIf(property -> property.name().equals(name.text()))) {
                throw missing(
                        "property \"" + name.text() + "\" of label \"" + label.name() + "\" does not exist",
                        name,
                        label.properties().stream().map(Property::name).toList());
            }
        }
        return new Label(label.name(), properties);
    }

    /** Makes another label of one, beside the rest of the graph. */
    private interface Relabelling {
        Label apply(GraphElements others, ElementTable element, Label label);
    }

    private PropertyGraphDefinition relabelled(Element named, Name labelName, Relabelling relabelling) {
        return replaced(named, element -> {
            Label label = found(element, labelName);
            ElementTable without = element.withLabels(element.labels().stream()
                    .filter(other -> !other.name().equals(label.name()))
                    .toList());
            GraphElements others = elements(replaced(named, old -> without));
            Label changed = relabelling.apply(others, element, label);
            return element.withLabels(element.labels().stream()
                    .map(other -> other.name().equals(label.name()) ? changed : other)
                    .toList());
        });
    }

    private PropertyGraphDefinition replaced(Element named, UnaryOperator<ElementTable> change) {
        ElementTable old = found(named);
        ElementTable changed = change.apply(old);
        return graph.withTables(
                graph.vertexTables().stream()
                        .map(vertex -> vertex.element().alias().equals(old.alias()) ? new VertexTable(changed) : vertex)
                        .toList(),
                graph.edgeTables().stream()
                        .map(edge -> edge.element().alias().equals(old.alias())
                                ? new EdgeTable(changed, edge.source(), edge.destination())
                                : edge)
                        .toList());
    }

    private ElementTable found(Element named) {
        List<ElementTable> candidates = named.kind() == Kind.VERTEX
                ? graph.vertexTables().stream().map(VertexTable::element).toList()
                : graph.edgeTables().stream().map(EdgeTable::element).toList();
        return candidates.stream()
                .filter(element -> element.alias().equals(named.alias().text()))
                .findFirst()
                .orElseThrow(() -> missing(
                        (named.kind() == Kind.VERTEX ? "vertex" : "edge") + " table \""
                                + named.alias().text() + "\" does not exist in property graph \"" + graph.name()
                                + "\"",
                        named.alias(),
                        candidates.stream().map(ElementTable::alias).toList()));
    }

    private static Label found(ElementTable element, Name name) {
        return element.labels().stream()
                .filter(label -> label.name().equals(name.text()))
                .findFirst()
                .orElseThrow(() -> missing(
                        "label \"" + name.text() + "\" of element table \"" + element.alias() + "\" does not exist",
                        name,
                        element.labels().stream().map(Label::name).toList()));
    }

    private static KadeException missing(String message, Name name, Collection<String> known) {
        return KadeException.of(ErrorCode.UNDEFINED_OBJECT, message)
                .at(name.position())
                .hint(Suggestions.hint(name.text(), known).orElse(null));
    }

    private PropertyGraphDefinition moved(Name schema) {
        DefinitionPlanner definitions = new DefinitionPlanner(session);
        if (!session.context().catalog().schemas().containsKey(schema.text())) {
            throw definitions.noSchema(schema.text()).at(schema.position());
        }
        definitions.check(Privilege.CREATE, ObjectName.Kind.SCHEMA, "", schema.text());
        return schema.text().equals(graph.schema()) ? graph : renamed(schema.text(), graph.name(), schema);
    }

    private PropertyGraphDefinition renamed(String schema, String name, Name place) {
        SchemaDefinition target = session.context().catalog().schema(schema).orElseThrow();
        if (target.hasRelation(name)) {
            throw KadeException.of(ErrorCode.DUPLICATE_TABLE, "relation \"" + name + "\" already exists")
                    .at(place.position());
        }
        return graph.withName(schema, name);
    }
}
