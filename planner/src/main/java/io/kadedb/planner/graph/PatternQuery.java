package io.kadedb.planner.graph;

import io.kadedb.common.catalog.PropertyGraphDefinition;
import io.kadedb.common.catalog.PropertyGraphDefinition.ElementTable;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ParsedStatement;
import io.kadedb.parser.SqlParser;
import io.kadedb.parser.ast.Positions;
import io.kadedb.parser.ast.Statement;
import io.kadedb.parser.graph.SqlGraphTable;
import io.kadedb.planner.validate.Suggestions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.util.SqlShuttle;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * One GRAPH_TABLE as a SELECT: its columns and conditions over the pattern, in which each variable is in scope like a
 * table.
 */
final class PatternQuery {
    private final PropertyGraphDefinition graph;
    private final SqlGraphTable match;
    private final ElementSql sql;
    private final Pattern pattern;

    PatternQuery(PropertyGraphDefinition graph, SqlGraphTable match) {
        this.graph = graph;
        this.match = match;
        this.sql = new ElementSql(graph);
        this.pattern = new Pattern(graph, match.paths(), sql);
    }

    SqlSelect select() {
        SqlNodeList columns = expanded(match.columns());
        List<SqlNode> conditions = new ArrayList<>(pattern.conditions());
        match.where().ifPresent(conditions::add);
        columns.forEach(column -> Aggregates.refuse(column, "COLUMNS"));
        conditions.forEach(condition -> Aggregates.refuse(condition, "WHERE"));
        conditions.forEach(this::check);
        conditions.forEach(this::checkQualified);
        columns.forEach(this::checkQualified);
        conditions.replaceAll(this::byKey);
        conditions.forEach(this::note);
        columns.forEach(this::note);
        pattern.hopConditions().values().forEach(this::note);

        return new SqlSelect(
                match.getParserPosition(),
                null,
                columns,
                leaf(),
                conjunction(conditions),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static @Nullable SqlNode conjunction(List<SqlNode> conditions) {
        SqlNode all = null;
        for (SqlNode more : conditions) {
            all = all == null ? more : SqlStdOperatorTable.AND.createCall(more.getParserPosition(), all, more);
        }
        return all;
    }

    /** The pattern with the queries of its elements, which are written as text and read at once. */
    private SqlGraphPattern leaf() {
        List<String> texts = new ArrayList<>();
        List<SqlParserPos> places = new ArrayList<>();
        List<PatternVariable> variables = new ArrayList<>();
        for (Element element : pattern.elements().values()) {
            int first = texts.size();
            int hidden = 0;
            switch (element) {
                case Element.Vertex vertex -> texts.add(sql.vertices(vertex.tables(), used(vertex)));
                case Element.Edge edge
                when edge.quantified() -> {
                    hidden = 2 * sql.identity();
                    texts.add(sql.hops(edge.variable(), edge.steps(), used(edge)));
                    texts.add(sql.vertices(passed(edge), Set.of()));
                    texts.add(sql.vertices(edge.left().tables(), Set.of()));
                }
                case Element.Edge edge -> texts.add(sql.steps(edge.steps(), used(edge)));
            }
            SqlIdentifier name = new SqlIdentifier(element.variable(), element.pos());
            variables.add(new PatternVariable(name, first, texts.size() - first, hidden));
            while (places.size() < texts.size()) {
                places.add(element.pos());
            }
        }
        List<SqlNode> queries = queries(texts, places);
        for (PatternVariable variable : variables) {
            SqlNode condition = pattern.hopConditions().get(variable.name().getSimple());
            if (condition != null) {
                ((SqlSelect) queries.get(variable.firstQuery())).setWhere(condition);
            }
        }
        return new SqlGraphPattern(variables, shape(), queries, match.getParserPosition());
    }

    /** The properties that expressions use, in the order in which they are declared. */
    private Set<String> used(Element element) {
        Set<String> used = properties(element);
        used.retainAll(element.used());
        return used;
    }

    private MatchShape shape() {
        List<Element> elements = List.copyOf(pattern.elements().values());
        List<MatchShape.Edge> edges = new ArrayList<>();
        int identity = sql.identity();
        for (Element.Edge edge : pattern.edges()) {
            Optional<MatchShape.Repetition> repetition = Optional.empty();
            if (edge.quantified()) {
                Set<Integer> passed = passed(edge);
                repetition = Optional.of(new MatchShape.Repetition(
                        edge.min(), edge.max(), sql.same(0, 0, passed), sql.same(identity, 0, passed)));
            }
            edges.add(new MatchShape.Edge(
                    elements.indexOf(edge),
                    elements.indexOf(edge.left()),
                    elements.indexOf(edge.right()),
                    sql.same(0, 0, touching(edge, true)),
                    sql.same(identity, 0, touching(edge, false)),
                    repetition));
        }
        return new MatchShape(edges, identity);
    }

    /** The vertex tables through which a repeated edge may pass. */
    private Set<Integer> passed(Element.Edge edge) {
        Set<Integer> passed = new LinkedHashSet<>();
        edge.steps().forEach(step -> {
            passed.add(pattern.start(step));
            passed.add(pattern.end(step));
        });
        return passed;
    }

    /** The vertex tables among which the keys at one end of an edge must be told apart. */
    private Set<Integer> touching(Element.Edge edge, boolean left) {
        Set<Integer> tables = new LinkedHashSet<>((left ? edge.left() : edge.right()).tables());
        edge.steps().forEach(step -> tables.add(left ? pattern.start(step) : pattern.end(step)));
        return tables;
    }

    /** {@code p.*} as the properties of p. */
    private SqlNodeList expanded(SqlNodeList columns) {
        List<SqlNode> items = new ArrayList<>();
        for (SqlNode item : columns) {
            boolean star = item instanceof SqlIdentifier id && id.isStar() && id.names.size() == 2;
            if (!star) {
                items.add(item);
                continue;
            }
            SqlIdentifier id = (SqlIdentifier) item;
            Element element = pattern.elements().get(id.names.getFirst());
            if (element == null) {
                throw KadeException.of(
                                ErrorCode.UNDEFINED_TABLE,
                                "there is no pattern variable \"" + id.names.getFirst() + "\"")
                        .at(Positions.of(id.getParserPosition()));
            }
            for (String property : properties(element)) {
                items.add(new SqlIdentifier(List.of(element.variable(), property), id.getParserPosition()));
            }
        }
        return new SqlNodeList(items, columns.getParserPosition());
    }

    private Stream<ElementTable> tables(Element element) {
        return switch (element) {
            case Element.Vertex vertex ->
                vertex.tables().stream().map(t -> graph.vertexTables().get(t).element());
            case Element.Edge edge ->
                edge.steps().stream()
                        .map(s -> graph.edgeTables().get(s.edgeTable()).element());
        };
    }

    private Set<String> properties(Element element) {
        Set<String> names = new LinkedHashSet<>();
        tables(element).forEach(table -> names.addAll(Element.properties(table)));
        return names;
    }

    /** Notes the properties an expression uses; refuses those that do not exist. */
    private void note(SqlNode expression) {
        boolean ofHop = pattern.hopConditions().containsValue(expression);
        expression.accept(new SqlBasicVisitor<@Nullable Void>() {
            @Override
            public @Nullable Void visit(SqlIdentifier id) {
                Element element = id.names.size() == 2 ? pattern.elements().get(id.names.getFirst()) : null;
                if (element != null && !id.isStar()) {
                    use(element, id, ofHop);
                }
                return null;
            }
        });
    }

    /** Refuses properties that do not exist, before keys are renamed. */
    private void check(SqlNode expression) {
        expression.accept(new SqlBasicVisitor<@Nullable Void>() {
            @Override
            public @Nullable Void visit(SqlIdentifier id) {
                Element element = id.names.size() == 2 ? pattern.elements().get(id.names.getFirst()) : null;
                if (element != null && !id.isStar() && !properties(element).contains(id.names.getLast())) {
                    throw missing(element, id);
                }
                return null;
            }
        });
    }

    /** Properties are named with their variable: without one the name could only mean something around the match. */
    private void checkQualified(SqlNode expression) {
        expression.accept(new SqlBasicVisitor<@Nullable Void>() {
            @Override
            public @Nullable Void visit(SqlCall call) {
                boolean named = call.getKind() == SqlKind.AS;
                return call.getKind() == SqlKind.SELECT
                        ? null
                        : named ? call.operand(0).accept(this) : super.visit(call);
            }

            @Override
            public @Nullable Void visit(SqlIdentifier id) {
                String name = id.names.getFirst();
                List<String> owners = pattern.elements().values().stream()
                        .filter(element -> properties(element).contains(name))
                        .map(Element::variable)
                        .filter(variable -> !variable.startsWith(HIDDEN))
                        .toList();
                if (id.names.size() == 1 && !owners.isEmpty()) {
                    throw KadeException.of(ErrorCode.UNDEFINED_COLUMN, "column \"" + name + "\" does not exist")
                            .at(Positions.of(id.getParserPosition()))
                            .hint("perhaps you meant the property \"" + owners.getFirst() + "." + name + "\"");
                }
                return null;
            }
        });
    }

    /**
     * The condition with properties that are key columns called by the key's names, so that what is asked of a vertex is
     * asked of its edges too.
     */
    private SqlNode byKey(SqlNode condition) {
        return Objects.requireNonNull(condition.accept(new SqlShuttle() {
            @Override
            public SqlNode visit(SqlIdentifier id) {
                boolean vertex =
                        id.names.size() == 2 && pattern.elements().get(id.names.getFirst()) instanceof Element.Vertex;
                int key = vertex ? keyColumn(id) : -1;
                return key < 0 ? id : id.setName(1, "$k" + key);
            }
        }));
    }

    /** The place in the key of the column a property is, or -1. */
    private int keyColumn(SqlIdentifier id) {
        Element element = Objects.requireNonNull(pattern.elements().get(id.names.getFirst()));
        List<Integer> places = tables(element)
                .map(table -> Element.property(table, id.names.getLast())
                        .map(property -> table.key().indexOf(plain(property.expressionSql())))
                        .orElse(-1))
                .distinct()
                .toList();
        return places.size() == 1 ? places.getFirst() : -1;
    }

    private static String plain(String expression) {
        return expression.matches("\"[^\"]*\"") ? expression.substring(1, expression.length() - 1) : expression;
    }

    private static final String HIDDEN = "$";

    private KadeException missing(Element element, SqlIdentifier id) {
        String property = id.names.getLast();
        return KadeException.of(
                        ErrorCode.UNDEFINED_COLUMN,
                        "property \"" + property + "\" of \"" + element.variable() + "\" does not exist")
                .at(Positions.of(id.getParserPosition()))
                .hint(Suggestions.hint(property, properties(element)).orElse(null));
    }

    private void use(Element element, SqlIdentifier id, boolean ofHop) {
        if (element instanceof Element.Edge edge && edge.quantified() && !ofHop) {
            throw KadeException.of(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "\"" + edge.variable() + "\" stands for several edges; its properties can be used only in"
                                    + " its own WHERE")
                    .at(Positions.of(id.getParserPosition()));
        }
        String property = id.names.getLast();
        if (property.startsWith(HIDDEN)) {
            return;
        }
        if (!properties(element).contains(property)) {
            throw missing(element, id);
        }
        element.used().add(property);
    }

    private static List<SqlNode> queries(List<String> texts, List<SqlParserPos> places) {
        List<SqlNode> queries = new ArrayList<>();
        for (ParsedStatement parsed : new SqlParser().parse(String.join(";", texts))) {
            if (!(parsed.statement() instanceof Statement.Query query)) {
                throw KadeException.internal("the rows of an element did not become a query: " + texts, null);
            }
            Relocation relocation = new Relocation(places.get(queries.size()));
            queries.add(Objects.requireNonNull(query.query().accept(relocation)));
        }
        return queries;
    }
}
