package io.kadedb.planner.graph;

import io.kadedb.common.catalog.PropertyGraphDefinition;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import io.kadedb.parser.ParsedStatement;
import io.kadedb.parser.SqlParser;
import io.kadedb.parser.ast.KadeTypeNameSpec;
import io.kadedb.parser.ast.PlainSelect;
import io.kadedb.parser.ast.Statement;
import io.kadedb.parser.graph.PathPrefix;
import io.kadedb.parser.graph.SqlGraphTable;
import io.kadedb.planner.physical.PathSelection;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * One GRAPH_TABLE as a SELECT: its columns and conditions over the pattern, in which each variable is in scope like a
 * table.
 */
final class PatternQuery {
    private final SqlGraphTable match;
    private final ElementSql sql;
    private final Pattern pattern;
    private final PatternProperties properties;
    private final HopSql hops;

    PatternQuery(PropertyGraphDefinition graph, SqlGraphTable match) {
        this.match = match;
        this.sql = new ElementSql(graph);
        this.pattern = new Pattern(graph, match.clauses(), sql);
        this.properties = new PatternProperties(graph, pattern);
        this.hops = new HopSql(sql, pattern.candidates(), properties::used);
    }

    SqlSelect select() {
        MatchExpressions expressions = new MatchExpressions(pattern);
        List<SqlNode> columns = new ArrayList<>();
        for (SqlNode column : properties.expanded(match.columns())) {
            properties.checkQualified(column);
            columns.add(expressions.column(column));
        }
        columns.forEach(properties::note);
        SqlNode from = null;
        SqlNode where = null;
        List<SqlNode> ons = new ArrayList<>();
        for (int clause = 0; clause < match.clauses().size(); clause++) {
            List<SqlNode> conditions = new ArrayList<>();
            for (SqlNode condition : pattern.conditions(clause)) {
                properties.checkQualified(condition);
                properties.checkDeclared(condition, clause);
                properties.check(condition);
                conditions.add(properties.byKey(expressions.condition(condition)));
            }
            conditions.forEach(properties::note);
            where = clause == 0 ? conjunction(conditions) : where;
            ons.add(clause == 0 ? null : conjunction(conditions));
        }
        pattern.hopConditions().values().forEach(properties::noteHop);
        pattern.hopCosts().values().forEach(properties::noteHop);
        pattern.edges().forEach(edge -> edge.aggregates().forEach(properties::noteHop));
        for (int clause = 0; clause < match.clauses().size(); clause++) {
            SqlNode leaf = leaf(clause);
            from = from == null ? leaf : joined(from, leaf, clause, ons.get(clause));
        }
        return PlainSelect.of(
                match.getParserPosition(),
                new SqlNodeList(columns, match.columns().getParserPosition()),
                from,
                where);
    }

    /** What came before with an optional part, where the vertices they share are the same. */
    private SqlNode joined(SqlNode before, SqlNode part, int clause, @Nullable SqlNode condition) {
        SqlParserPos pos = part.getParserPosition();
        List<SqlNode> conditions = new ArrayList<>();
        for (Element element : pattern.elements(clause)) {
            if (element instanceof Element.Edge edge && !edge.isRepeated()) {
                conditions.addAll(same(edge, true, pos));
                conditions.addAll(same(edge, false, pos));
            } else if (element instanceof Element.Vertex vertex
                    && pattern.stands().containsKey(vertex)) {
                Element.Vertex same = Objects.requireNonNull(pattern.stands().get(vertex));
                Set<Integer> tables = new LinkedHashSet<>(vertex.tables());
                tables.addAll(same.tables());
                conditions.addAll(equal(vertex.variable(), "$k", same.variable(), tables, pos));
            }
        }
        if (condition != null) {
            conditions.add(condition);
        }
        SqlNode on = conjunction(conditions);
        return new SqlJoin(
                pos,
                before,
                SqlLiteral.createBoolean(false, pos),
                JoinType.LEFT.symbol(pos),
                part,
                JoinConditionType.ON.symbol(pos),
                on == null ? SqlLiteral.createBoolean(true, pos) : on);
    }

    /** That an edge of an optional part begins or ends at a vertex of a part before. */
    private List<SqlNode> same(Element.Edge edge, boolean left, SqlParserPos pos) {
        Element.Vertex vertex = (left ? edge.left() : edge.right()).vertex();
        return vertex.clause() == edge.clause()
                ? List.of()
                : equal(edge.variable(), left ? "$s" : "$d", vertex.variable(), pattern.touching(edge, left), pos);
    }

    private List<SqlNode> equal(String variable, String prefix, String vertex, Set<Integer> tables, SqlParserPos pos) {
        List<SqlNode> conditions = new ArrayList<>();
        for (KeyMatch key : sql.same(0, 0, tables)) {
            SqlOperator operator =
                    key.nullsEqual() ? SqlStdOperatorTable.IS_NOT_DISTINCT_FROM : SqlStdOperatorTable.EQUALS;
            conditions.add(operator.createCall(
                    pos,
                    new SqlIdentifier(List.of(variable, ElementSql.column(prefix, key.left())), pos),
                    new SqlIdentifier(List.of(vertex, ElementSql.column("$k", key.right())), pos)));
        }
        return conditions;
    }

    private static @Nullable SqlNode conjunction(List<SqlNode> conditions) {
        SqlNode all = null;
        for (SqlNode more : conditions) {
            all = all == null ? more : SqlStdOperatorTable.AND.createCall(more.getParserPosition(), all, more);
        }
        return all;
    }

    /** The part of the pattern of one MATCH, with the queries of its elements, which are written as text and read at once. */
    private SqlGraphPattern leaf(int clause) {
        List<String> texts = new ArrayList<>();
        List<SqlParserPos> places = new ArrayList<>();
        List<PatternVariable> variables = new ArrayList<>();
        List<Element> elements = pattern.elements(clause);
        for (Element element : elements) {
            int first = texts.size();
            int hidden = 0;
            switch (element) {
                case Element.Vertex vertex -> texts.add(sql.vertices(vertex.tables(), properties.used(vertex)));
                case Element.Edge edge
                when edge.isRepeated() -> {
                    hidden = 2 * sql.identity() + edgeKeys(edge) + (priced(edge) ? 1 : 0);
                    texts.add(hops.hops(edge));
                    texts.add(sql.vertices(pattern.passed(edge), Set.of()));
                    texts.add(sql.vertices((edge.isSearched() ? edge.right() : edge.left()).tables(), Set.of()));
                }
                case Element.Edge edge -> texts.add(sql.steps(edge.steps(), properties.used(edge)));
            }
            SqlIdentifier name = new SqlIdentifier(element.variable(), element.pos());
            variables.add(new PatternVariable(name, first, texts.size() - first, hidden));
            while (places.size() < texts.size()) {
                places.add(element.pos());
            }
        }
        List<SqlNode> queries = queries(texts, places);
        for (int i = 0; i < elements.size(); i++) {
            if (elements.get(i) instanceof Element.Edge edge && edge.isRepeated()) {
                complete((SqlSelect) queries.get(variables.get(i).firstQuery()), edge);
            }
        }
        return new SqlGraphPattern(variables, shape(elements), queries, match.getParserPosition());
    }

    /** Adds to the query of single hops what was written as expressions. */
    private void complete(SqlSelect hops, Element.Edge edge) {
        hops.setWhere(pattern.hopConditions().get(edge.variable()));
        SqlNode cost = pattern.hopCosts().get(edge.variable());
        if (cost != null) {
            SqlParserPos pos = cost.getParserPosition();
            SqlNode number = SqlStdOperatorTable.CAST.createCall(pos, cost, KadeTypeNameSpec.spec(SqlType.DOUBLE, pos));
            SqlNode named = SqlStdOperatorTable.AS.createCall(pos, number, new SqlIdentifier("$cost", pos));
            hops.getSelectList().add(2 * sql.identity() + edgeKeys(edge), named);
            SqlNodeList group = hops.getGroup();
            if (group != null) {
                group.add(number.clone(pos));
            }
        }
        for (int i = 0; i < edge.aggregates().size(); i++) {
            SqlNode call = edge.aggregates().get(i);
            SqlParserPos pos = call.getParserPosition();
            SqlIdentifier name = new SqlIdentifier(MatchExpressions.aggregate(i), pos);
            hops.getSelectList().add(SqlStdOperatorTable.AS.createCall(pos, call, name));
        }
    }

    private MatchShape shape(List<Element> elements) {
        List<MatchShape.Edge> edges = new ArrayList<>();
        int identity = sql.identity();
        for (Element element : elements) {
            if (!(element instanceof Element.Edge edge)) {
                continue;
            }
            edges.add(new MatchShape.Edge(
                    elements.indexOf(edge),
                    new MatchShape.End(
                            elements.indexOf(edge.left().vertex()), sql.same(0, 0, pattern.touching(edge, true))),
                    new MatchShape.End(
                            elements.indexOf(edge.right().vertex()),
                            sql.same(identity, 0, pattern.touching(edge, false))),
                    edge.repeat().map(repeat -> repetition(edge, repeat))));
        }
        return new MatchShape(edges, identity);
    }

    private MatchShape.Repetition repetition(Element.Edge edge, Element.Repeat repeat) {
        Set<Integer> passed = pattern.passed(edge);
        Optional<MatchShape.Search> search = Optional.empty();
        if (edge.isSearched()) {
            Set<Integer> all = new LinkedHashSet<>(passed);
            all.addAll(edge.left().tables());
            all.addAll(edge.right().tables());
            List<Integer> keys =
                    sql.same(0, 0, all).stream().map(KeyMatch::left).toList();
            search = Optional.of(new MatchShape.Search(selection(repeat.prefix()), keys, edgeKeys(edge), priced(edge)));
        }
        return new MatchShape.Repetition(
                repeat.min(), repeat.max(), sql.same(0, 0, passed), sql.same(sql.identity(), 0, passed), search);
    }

    /** How many columns of a hop tell its edge from others. */
    private int edgeKeys(Element.Edge edge) {
        return edge.repeat().filter(Element.Repeat::tellsEdges).isPresent()
                ? sql.edgeKey().size()
                : 0;
    }

    private boolean priced(Element.Edge edge) {
        return pattern.hopCosts().containsKey(edge.variable());
    }

    /** Any paths may be the shortest. */
    private static PathSelection selection(PathPrefix prefix) {
        PathSelection.Mode mode = PathSelection.Mode.valueOf(prefix.mode().name());
        PathSelection.Paths paths = switch (prefix.selector()) {
            case ALL -> PathSelection.Paths.ALL;
            case ANY, ANY_SHORTEST, SHORTEST -> PathSelection.Paths.SHORTEST;
            case ALL_SHORTEST, SHORTEST_GROUPS -> PathSelection.Paths.SHORTEST_GROUPS;
            case ANY_CHEAPEST, CHEAPEST -> PathSelection.Paths.CHEAPEST;
        };
        return new PathSelection(mode, paths, prefix.count());
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
