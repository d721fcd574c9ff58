package io.kadedb.planner.graph;

import static io.kadedb.planner.graph.ElementSql.quoted;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What repeats, once, as SQL: where it starts and where it ends, perhaps what tells the edge from others, then {@code
 * $length}. A path in parentheses is a join, in which each of its variables is in scope.
 */
final class HopSql {
    private final ElementSql sql;
    private final Candidates candidates;
    private final Function<Element, Set<String>> used;

    /**
     * @param used the properties that expressions ask of an element
     */
    HopSql(ElementSql sql, Candidates candidates, Function<Element, Set<String>> used) {
        this.sql = sql;
        this.candidates = candidates;
        this.used = used;
    }

    /** The rows of single hops of a repeated edge: those with other ends in groups where something is aggregated. */
    String hops(Element.Edge edge) {
        boolean tells = edge.repeat().filter(Element.Repeat::tellsEdges).isPresent();
        List<Element.Edge> edges = edge.body().map(Body::edges).orElse(List.of(edge));
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < sql.identity(); i++) {
            keys.add(column(edges.getFirst(), "$s", i));
        }
        for (int i = 0; i < sql.identity(); i++) {
            keys.add(column(edges.getLast(), "$d", i));
        }
        if (tells) {
            sql.edgeKey().forEach(column -> keys.add(quoted(edges.getFirst().variable()) + "." + quoted(column)));
        }
        List<String> from = new ArrayList<>();
        for (Element.Edge single : edges) {
            from.add("(" + sql.steps(single.steps(), used.apply(single), tells) + ") AS " + quoted(single.variable()));
        }
        String joined = edge.body().map(body -> from(body, from)).orElseGet(() -> String.join(", ", from));
        boolean aggregated = !edge.aggregates().isEmpty();
        return "SELECT " + String.join(", ", keys) + ", " + (aggregated ? "count(*)" : "CAST(1 AS bigint)") + " AS "
                + quoted(ElementSql.LENGTH) + " FROM " + joined
                + (aggregated ? " GROUP BY " + String.join(", ", keys) : "");
    }

    private static String column(Element element, String prefix, int ordinal) {
        return quoted(element.variable()) + "." + quoted(ElementSql.column(prefix, ordinal));
    }

    /** The edges of a path joined with its vertices; a vertex at an end that nothing is asked of is left out. */
    private String from(Body body, List<String> edges) {
        StringBuilder text = new StringBuilder(edges.getFirst());
        int last = body.vertices().size() - 1;
        for (int i = 0; i <= last; i++) {
            Element.Vertex vertex = body.vertices().get(i);
            Set<Integer> reached = i == 0
                    ? candidates.starts(body.edges().getFirst().steps())
                    : candidates.ends(body.edges().get(i - 1).steps());
            boolean end = i == 0 || i == last;
            if (!end || !used.apply(vertex).isEmpty() || !vertex.tables().containsAll(reached)) {
                text.append(" JOIN (").append(sql.vertices(vertex.tables(), used.apply(vertex)));
                text.append(") AS ").append(quoted(vertex.variable())).append(" ON ");
                Element.Edge beside = body.edges().get(i == 0 ? 0 : i - 1);
                text.append(same(beside, i == 0 ? "$s" : "$d", vertex, reached));
            }
            if (i > 0 && i < last) {
                Element.Edge next = body.edges().get(i);
                text.append(" JOIN ").append(edges.get(i)).append(" ON ");
                text.append(same(next, "$s", vertex, candidates.starts(next.steps())));
            }
        }
        return text.toString();
    }

    private String same(Element.Edge edge, String end, Element.Vertex vertex, Set<Integer> touching) {
        Set<Integer> tables = new LinkedHashSet<>(vertex.tables());
        tables.addAll(touching);
        return sql.same(0, 0, tables).stream()
                .map(key -> column(edge, end, key.left())
                        + (key.nullsEqual() ? " IS NOT DISTINCT FROM " : " = ")
                        + column(vertex, "$k", key.right()))
                .collect(Collectors.joining(" AND "));
    }
}
