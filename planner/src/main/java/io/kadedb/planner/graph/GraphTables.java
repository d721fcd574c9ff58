package io.kadedb.planner.graph;

import io.kadedb.common.catalog.PropertyGraphDefinition;
import io.kadedb.common.catalog.SchemaDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.security.ObjectName;
import io.kadedb.common.security.Privilege;
import io.kadedb.parser.ast.Positions;
import io.kadedb.parser.graph.SqlGraphTable;
import io.kadedb.planner.algorithm.AlgorithmCalls;
import io.kadedb.planner.api.PlanningContext;
import io.kadedb.planner.validate.Suggestions;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.util.SqlShuttle;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Replaces every GRAPH_TABLE and every graph algorithm of a query by a lateral SELECT over the graph's tables before validation, so that its names
 * and types are checked, its subqueries unnested and its joins ordered with those around it.
 */
public final class GraphTables extends SqlShuttle {
    private final PlanningContext context;
    private final Consumer<PropertyGraphDefinition> used;
    private boolean found;

    private GraphTables(PlanningContext context, Consumer<PropertyGraphDefinition> used) {
        this.context = context;
        this.used = used;
    }

    /** The query without GRAPH_TABLE; the same tree if it has none. */
    public static SqlNode rewrite(SqlNode query, PlanningContext context) {
        return rewrite(query, context, graph -> {});
    }

    /**
     * The query without GRAPH_TABLE; the same tree if it has none.
     *
     * @param used takes each graph that the query names
     */
    public static SqlNode rewrite(SqlNode query, PlanningContext context, Consumer<PropertyGraphDefinition> used) {
        GraphTables tables = new GraphTables(context, used);
        SqlNode rewritten = query.accept(tables);
        return tables.found && rewritten != null ? rewritten : query;
    }

    @Override
    public @Nullable SqlNode visit(SqlCall call) {
        SqlNode visited = super.visit(call);
        if (!(visited instanceof SqlGraphTable match)) {
            Optional<SqlNode> algorithm = visited instanceof SqlCall function
                    ? AlgorithmCalls.select(function, this::graph)
                    : Optional.empty();
            found |= algorithm.isPresent();
            return algorithm.orElse(visited);
        }
        found = true;
        PropertyGraphDefinition graph = graph(match.graph());
        SqlNode select = new PatternQuery(graph, match).select();
        return SqlStdOperatorTable.LATERAL.createCall(match.getParserPosition(), select);
    }

    private PropertyGraphDefinition graph(SqlIdentifier name) {
        List<String> parts = name.names;
        Optional<PropertyGraphDefinition> graph = parts.size() == 1
                ? context.catalog().graph(context.searchPath(), parts.getFirst())
                : context.catalog().graph(parts.get(parts.size() - 2), parts.getLast());
        PropertyGraphDefinition found = graph.orElseThrow(() -> missing(name));
        ObjectName object = new ObjectName(ObjectName.Kind.PROPERTY_GRAPH, found.schema(), found.name());
        context.access().check(context.principal(), Privilege.SELECT, object, List.of());
        used.accept(found);
        return found;
    }

    private KadeException missing(SqlIdentifier name) {
        List<String> graphs = context.catalog().schemas().values().stream()
                .map(SchemaDefinition::graphs)
                .flatMap(all -> all.keySet().stream())
                .toList();
        return KadeException.of(
                        ErrorCode.UNDEFINED_OBJECT,
                        "property graph \"" + String.join(".", name.names) + "\" does not exist")
                .at(Positions.of(name.getParserPosition()))
                .hint(Suggestions.hint(name.names.getLast(), graphs)
                        .orElse(
                                graphs.isEmpty()
                                        ? "there are none yet: CREATE PROPERTY GRAPH makes one"
                                        : "there is " + String.join(", ", graphs)));
    }
}
