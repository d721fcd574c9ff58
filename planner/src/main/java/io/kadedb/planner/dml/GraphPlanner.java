package io.kadedb.planner.dml;

import io.kadedb.common.catalog.CatalogChange;
import io.kadedb.common.catalog.PropertyGraphDefinition;
import io.kadedb.common.catalog.PropertyGraphDefinition.EdgeTable;
import io.kadedb.common.catalog.PropertyGraphDefinition.VertexTable;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.security.ObjectName;
import io.kadedb.common.security.Privilege;
import io.kadedb.parser.ast.GraphAlteration;
import io.kadedb.parser.ast.Statement;
import io.kadedb.planner.PlanningSession;
import io.kadedb.planner.api.PlannedStatement.Definition;
import io.kadedb.planner.validate.Suggestions;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** CREATE PROPERTY GRAPH and ALTER PROPERTY GRAPH. */
public final class GraphPlanner {
    private final PlanningSession session;
    private final DefinitionPlanner definitions;

    public GraphPlanner(PlanningSession session) {
        this.session = session;
        this.definitions = new DefinitionPlanner(session);
    }

    /** CREATE PROPERTY GRAPH. */
    public Definition plan(Statement.CreatePropertyGraph create) {
        String verb = "CREATE PROPERTY GRAPH";
        String schema = definitions.schema(create.name());
        String name = create.name().last().text();
        Optional<PropertyGraphDefinition> old = session.context().catalog().graph(schema, name);
        if (old.isEmpty() || !create.orReplace()) {
            Optional<Definition> existing = definitions.existing(verb, schema, create.name(), create.ifNotExists());
            if (existing.isPresent()) {
                return existing.get();
            }
        }
        old.ifPresent(graph -> checkOwner(graph, definitions));
        GraphElements elements = new GraphElements(session);
        List<VertexTable> vertices =
                create.vertices().stream().map(elements::vertex).toList();
        List<EdgeTable> edges = create.edges().stream().map(elements::edge).toList();
        if (old.isPresent()) {
            PropertyGraphDefinition replaced = old.get().withTables(vertices, edges);
            return new GraphReplacement(session, create.name().position()).plan(verb, old.get(), replaced, false);
        }
        PropertyGraphDefinition graph = new PropertyGraphDefinition(
                0, schema, name, 1, session.context().principal().user(), vertices, edges, Optional.empty(), Map.of());
        return new Definition(verb, List.of(new CatalogChange.CreatePropertyGraph(graph)), List.of());
    }

    /** ALTER PROPERTY GRAPH. */
    public Definition plan(Statement.AlterPropertyGraph alter) {
        String verb = "ALTER PROPERTY GRAPH";
        Optional<PropertyGraphDefinition> found = alter.name()
                .schema()
                .map(schema -> session.context()
                        .catalog()
                        .graph(schema.text(), alter.name().last().text()))
                .orElseGet(() -> session.context()
                        .catalog()
                        .graph(
                                session.context().searchPath(),
                                alter.name().last().text()));
        if (found.isEmpty()) {
            KadeException missing = KadeException.of(
                            ErrorCode.UNDEFINED_OBJECT, "property graph \"" + alter.name() + "\" does not exist")
                    .hint(Suggestions.hint(alter.name().last().text(), graphs()).orElse(null));
            return DefinitionPlanner.skipped(
                    verb, alter.ifExists(), missing, alter.name().position());
        }
        PropertyGraphDefinition graph = found.get();
        checkOwner(graph, definitions);
        return new GraphReplacement(session, alter.name().position())
                .plan(
                        verb,
                        graph,
                        new GraphAlterations(session, graph).altered(alter.alteration()),
                        cascades(alter.alteration()));
    }

    private static boolean cascades(GraphAlteration alteration) {
        return switch (alteration) {
            case GraphAlteration.DropTables drop -> drop.cascade();
            case GraphAlteration.DropLabel drop -> drop.cascade();
            case GraphAlteration.DropProperties drop -> drop.cascade();
            default -> false;
        };
    }

    private static void checkOwner(PropertyGraphDefinition graph, DefinitionPlanner definitions) {
        definitions.check(Privilege.OWN, ObjectName.Kind.PROPERTY_GRAPH, graph.schema(), graph.name());
    }

    private List<String> graphs() {
        return session.context().catalog().schemas().values().stream()
                .flatMap(schema -> schema.graphs().keySet().stream())
                .toList();
    }
}
