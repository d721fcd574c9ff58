package io.kadedb.planner.graph;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalUnion;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;

/**
 * Replaces matches by what they stand for. Elements are joined by the keys of the vertices that edges connect; vertices
 * are joined even when nothing is asked of them, since an edge whose vertex is missing is no edge of the graph. A
 * repeated edge is the union of its chains by length; walks may visit anything more than once.
 */
public final class MatchExpansion {
    private final GraphMatch match;
    private final MatchShape shape;
    private final RexBuilder builder;

    private MatchExpansion(GraphMatch match) {
        this.match = match;
        this.shape = match.shape();
        this.builder = match.getCluster().getRexBuilder();
    }

    /** The relation without matches, also in its subqueries. */
    public static RelNode expand(RelNode rel) {
        List<RelNode> inputs =
                rel.getInputs().stream().map(MatchExpansion::expand).toList();
        RelNode copy = inputs.equals(rel.getInputs()) ? rel : rel.copy(rel.getTraitSet(), inputs);
        if (copy instanceof GraphMatch match) {
            return new MatchExpansion(match).expanded();
        }
        return copy.accept(new RexShuttle() {
            @Override
            public RexNode visitSubQuery(RexSubQuery query) {
                RelNode inner = expand(query.rel);
                RexSubQuery visited = (RexSubQuery) super.visitSubQuery(query);
                return inner.equals(query.rel) ? visited : visited.clone(inner);
            }
        });
    }

    private RelNode expanded() {
        List<RelNode> elements = new ArrayList<>();
        for (int i = 0; i < match.getInputs().size(); i++) {
            elements.add(match.getInput(i).getInput(0));
        }
        List<MatchShape.Edge> searches = new ArrayList<>();
        List<MatchShape.Edge> joins = new ArrayList<>();
        for (MatchShape.Edge edge : shape.edges()) {
            boolean search =
                    edge.repetition().flatMap(MatchShape.Repetition::search).isPresent();
            (search ? searches : joins).add(edge);
            if (!search) {
                edge.repetition().ifPresent(r -> elements.set(edge.variable(), chains(edge, r)));
            }
        }
        JoinedElements joined = new JoinedElements(elements, joins, searches);
        for (MatchShape.Edge edge : searches) {
            MatchShape.Repetition repetition = edge.repetition().orElseThrow();
            joined.search(edge, repetition, repetition.search().orElseThrow(), queries(edge), shape.keyWidth());
        }
        return exposed(joined.all());
    }

    private List<RelNode> queries(MatchShape.Edge edge) {
        return match.getInput(edge.variable()).getInputs();
    }

    /** Only the columns that expressions can see. */
    private RelNode exposed(JoinedElements.Component all) {
        List<RexNode> columns = new ArrayList<>();
        for (int i = 0; i < match.getInputs().size(); i++) {
            for (var field : match.getInput(i).getRowType().getFieldList()) {
                RexNode column = all.column(i, hidden(i) + field.getIndex());
                boolean same = column.getType().equals(field.getType());
                columns.add(same ? column : builder.makeAbstractCast(field.getType(), column, false));
            }
        }
        boolean whole = columns.size() == all.rel().getRowType().getFieldCount() && inOrder(columns);
        return whole
                ? all.rel()
                : LogicalProject.create(
                        all.rel(), List.of(), columns, match.getRowType().getFieldNames(), Set.of());
    }

    private static boolean inOrder(List<RexNode> columns) {
        for (int i = 0; i < columns.size(); i++) {
            if (!(columns.get(i) instanceof RexInputRef ref) || ref.getIndex() != i) {
                return false;
            }
        }
        return true;
    }

    private int hidden(int element) {
        return match.getInput(element).getInput(0).getRowType().getFieldCount()
                - match.getInput(element).getRowType().getFieldCount();
    }

    /** The chains of all lengths of a repeated edge: where they start and end, and their length. */
    private RelNode chains(MatchShape.Edge edge, MatchShape.Repetition repetition) {
        List<RelNode> queries = queries(edge);
        List<RelNode> chains = new ArrayList<>();
        for (int length = repetition.min(); length <= repetition.max(); length++) {
            chains.add(length == 0 ? stay(queries) : chain(queries, repetition, length));
        }
        return chains.size() == 1 ? chains.getFirst() : LogicalUnion.create(chains, true);
    }

    /** No step: where it starts is where it ends. */
    private RelNode stay(List<RelNode> queries) {
        CrossedRelations vertex = new CrossedRelations(List.of(queries.get(2)));
        return ends(vertex, 0, 0, 0, 0, 0, queries.getFirst().getRowType());
    }

    private RelNode chain(List<RelNode> queries, MatchShape.Repetition repetition, int length) {
        List<RelNode> parts = new ArrayList<>();
        for (int hop = 0; hop < length; hop++) {
            if (hop > 0) {
                parts.add(queries.get(1));
            }
            parts.add(queries.get(0));
        }
        CrossedRelations crossed = new CrossedRelations(parts);
        for (int between = 1; between < parts.size(); between += 2) {
            crossed.equate(between - 1, between, repetition.toEnd());
            crossed.equate(between, between + 1, repetition.toStart());
        }
        int last = parts.size() - 1;
        return ends(
                crossed,
                0,
                0,
                last,
                shape.keyWidth(),
                length,
                queries.getFirst().getRowType());
    }

    private RelNode ends(
            CrossedRelations crossed, int first, int start, int last, int end, int length, RelDataType wanted) {
        List<RexNode> columns = new ArrayList<>();
        for (int i = 0; i < shape.keyWidth(); i++) {
            columns.add(crossed.column(first, start + i));
        }
        for (int i = 0; i < shape.keyWidth(); i++) {
            columns.add(crossed.column(last, end + i));
        }
        RelDataType type = wanted.getFieldList().get(columns.size()).getType();
        columns.add(builder.makeExactLiteral(BigDecimal.valueOf(length), type));
        List<String> names = wanted.getFieldNames().subList(0, columns.size());
        return LogicalProject.create(crossed.filtered(), List.of(), columns, names, Set.of());
    }
}
