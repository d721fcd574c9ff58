package io.kadedb.planner.graph;

import io.kadedb.common.catalog.PropertyGraphDefinition;
import io.kadedb.common.catalog.PropertyGraphDefinition.ElementTable;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.SqlParser;
import io.kadedb.parser.ast.Positions;
import io.kadedb.parser.ast.Statement;
import io.kadedb.parser.graph.SqlGraphTable;
import io.kadedb.planner.validate.DeepCopy;
import io.kadedb.planner.validate.Suggestions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
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
 * One GRAPH_TABLE as a SELECT: each variable is a derived table under its name, joined by the keys of the vertices that
 * edges connect. Vertices are joined even when nothing is asked of them, since an edge whose vertex is missing is no edge
 * of the graph. A repeated edge is the union of its chains by length; walks may visit anything more than once.
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
        conditions.forEach(this::check);
        conditions.replaceAll(this::byKey);
        conditions.forEach(this::note);
        columns.forEach(this::note);
        pattern.hopConditions().values().forEach(this::note);

        List<String> tables = new ArrayList<>();
        List<String> joins = new ArrayList<>();
        List<HopFilter> hops = new ArrayList<>();
        for (Element element : pattern.elements().values()) {
            String name = ElementSql.quoted(element.variable());
            switch (element) {
                case Element.Vertex vertex ->
                    tables.add("(" + sql.vertices(vertex.tables(), vertex.used()) + ") AS " + name);
                case Element.Edge edge -> {
                    tables.add("(" + (edge.quantified() ? chains(edge, hops) : sql.steps(edge.steps(), edge.used()))
                            + ") AS " + name);
                    joins.add(sql.same(edge.variable(), "$s", edge.left().variable(), "$k", touching(edge, true)));
                    joins.add(sql.same(edge.variable(), "$d", edge.right().variable(), "$k", touching(edge, false)));
                }
            }
        }
        joins.removeIf(String::isEmpty);
        String where = joins.isEmpty() ? "" : " WHERE " + String.join(" AND ", joins);
        SqlSelect select = parse("SELECT 1 FROM " + String.join(", ", tables) + where);
        hops.forEach(hop -> hop.apply(select));
        select.setSelectList(columns);
        SqlNode condition = select.getWhere();
        for (SqlNode more : conditions) {
            condition = condition == null
                    ? more
                    : SqlStdOperatorTable.AND.createCall(more.getParserPosition(), condition, more);
        }
        select.setWhere(condition);
        return select;
    }

    /** The vertex tables among which the keys at one end of an edge must be told apart. */
    private Set<Integer> touching(Element.Edge edge, boolean left) {
        Set<Integer> tables = new LinkedHashSet<>((left ? edge.left() : edge.right()).tables());
        edge.steps().forEach(step -> tables.add(left ? pattern.start(step) : pattern.end(step)));
        return tables;
    }

    /** The chains of all lengths of a repeated edge. */
    private String chains(Element.Edge edge, List<HopFilter> hops) {
        List<String> chains = new ArrayList<>();
        for (int length = edge.min(); length <= edge.max(); length++) {
            chains.add(length == 0 ? stay(edge) : chain(edge, length));
        }
        SqlNode condition = pattern.hopConditions().get(edge.variable());
        if (condition != null) {
            hops.add(new HopFilter(edge.variable(), condition));
        }
        return String.join(" UNION ALL ", chains);
    }

    /** No step: where it starts is where it ends. */
    private String stay(Element.Edge edge) {
        String vertices = sql.vertices(edge.left().tables(), Set.of());
        return "SELECT " + sql.ends("$v", "$k", "$v", "$k") + " FROM (" + vertices + ") AS \"$v\"";
    }

    private String chain(Element.Edge edge, int length) {
        List<String> tables = new ArrayList<>();
        List<String> conditions = new ArrayList<>();
        Set<Integer> all = new LinkedHashSet<>();
        edge.steps().forEach(step -> {
            all.add(pattern.start(step));
            all.add(pattern.end(step));
        });
        for (int i = 1; i <= length; i++) {
            String hop = HopFilter.alias(edge.variable(), i);
            tables.add("(" + sql.steps(edge.steps(), edge.used()) + ") AS " + ElementSql.quoted(hop));
            if (i > 1) {
                String between = "$v" + i;
                tables.add("(" + sql.vertices(all, Set.of()) + ") AS " + ElementSql.quoted(between));
                conditions.add(sql.same(HopFilter.alias(edge.variable(), i - 1), "$d", between, "$k", all));
                conditions.add(sql.same(hop, "$s", between, "$k", all));
            }
        }
        String ends =
                sql.ends(HopFilter.alias(edge.variable(), 1), "$s", HopFilter.alias(edge.variable(), length), "$d");
        String where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
        return "SELECT " + ends + " FROM " + String.join(", ", tables) + where;
    }

    /** Puts the WHERE of a repeated edge on every hop of its chains, which are found by the names of their hops. */
    private record HopFilter(String variable, SqlNode condition) {
        static String alias(String variable, int hop) {
            return "$hop" + hop + "$" + variable;
        }

        void apply(SqlSelect outer) {
            outer.accept(new SqlBasicVisitor<@Nullable Void>() {
                @Override
                public @Nullable Void visit(SqlCall call) {
                    if (call instanceof SqlSelect select && !select.equals(outer)) {
                        filter(select);
                    }
                    return super.visit(call);
                }
            });
        }

        private void filter(SqlSelect select) {
            int hops = hops(select);
            for (int i = 1; i <= hops; i++) {
                SqlNode renamed = renamed(i);
                SqlNode where = select.getWhere();
                select.setWhere(
                        where == null
                                ? renamed
                                : SqlStdOperatorTable.AND.createCall(renamed.getParserPosition(), where, renamed));
            }
        }

        private int hops(SqlSelect select) {
            int hops = 0;
            while (directly(select, alias(variable, hops + 1))) {
                hops++;
            }
            return hops;
        }

        /** Whether an item of the select's own FROM has the alias. */
        private static boolean directly(SqlSelect select, String alias) {
            return items(select.getFrom()).anyMatch(item -> item.equals(alias));
        }

        private static Stream<String> items(@Nullable SqlNode from) {
            return switch (from) {
                case SqlJoin join -> Stream.concat(items(join.getLeft()), items(join.getRight()));
                case SqlBasicCall call
                when call.getKind() == SqlKind.AS -> Stream.of(((SqlIdentifier) call.operand(1)).getSimple());
                case null, default -> Stream.empty();
            };
        }

        private SqlNode renamed(int hop) {
            SqlNode copy = Objects.requireNonNull(condition.accept(new DeepCopy()));
            return Objects.requireNonNull(copy.accept(new SqlShuttle() {
                @Override
                public SqlNode visit(SqlIdentifier id) {
                    boolean own = id.names.size() > 1 && id.names.getFirst().equals(variable);
                    return own ? id.setName(0, alias(variable, hop)) : id;
                }
            }));
        }
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

    private SqlSelect parse(String text) {
        Statement statement = new SqlParser().parse(text).getFirst().statement();
        SqlParserPos place = match.getParserPosition();
        if (statement instanceof Statement.Query query && query.query() instanceof SqlSelect select) {
            return (SqlSelect) Objects.requireNonNull(select.accept(new Relocation(place)));
        }
        throw KadeException.internal("a pattern did not become a select: " + text, null);
    }
}
