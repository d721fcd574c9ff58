package io.kadedb.planner.graph;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalUnion;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

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
        List<RelNode> elements = new ArrayList<>(
                match.getInputs().stream().map(element -> element.getInput(0)).toList());
        for (MatchShape.Edge edge : shape.edges()) {
            edge.repetition().ifPresent(r -> elements.set(edge.variable(), chains(edge, r)));
        }
        Crossed crossed = new Crossed(elements);
        for (MatchShape.Edge edge : shape.edges()) {
            crossed.equate(edge.variable(), edge.left(), edge.atLeft());
            crossed.equate(edge.variable(), edge.right(), edge.atRight());
        }
        RelNode all = crossed.filtered();
        return exposed(all, crossed);
    }

    /** Only the columns that expressions can see. */
    private RelNode exposed(RelNode all, Crossed crossed) {
        List<RexNode> columns = new ArrayList<>();
        for (int i = 0; i < match.getInputs().size(); i++) {
            int hidden = hidden(i);
            for (var field : match.getInput(i).getRowType().getFieldList()) {
                RexNode column = crossed.column(i, hidden + field.getIndex());
                boolean same = column.getType().equals(field.getType());
                columns.add(same ? column : builder.makeAbstractCast(field.getType(), column, false));
            }
        }
        boolean whole = columns.size() == all.getRowType().getFieldCount();
        return whole
                ? all
                : LogicalProject.create(
                        all, List.of(), columns, match.getRowType().getFieldNames(), Set.of());
    }

    private int hidden(int element) {
        return match.getInput(element).getInput(0).getRowType().getFieldCount()
                - match.getInput(element).getRowType().getFieldCount();
    }

    /** The chains of all lengths of a repeated edge: where they start and end, and their length. */
    private RelNode chains(MatchShape.Edge edge, MatchShape.Repetition repetition) {
        List<RelNode> queries = match.getInput(edge.variable()).getInputs();
        List<RelNode> chains = new ArrayList<>();
        for (int length = repetition.min(); length <= repetition.max(); length++) {
            chains.add(length == 0 ? stay(queries) : chain(queries, repetition, length));
        }
        return chains.size() == 1 ? chains.getFirst() : LogicalUnion.create(chains, true);
    }

    /** No step: where it starts is where it ends. */
    private RelNode stay(List<RelNode> queries) {
        Crossed vertex = new Crossed(List.of(queries.get(2)));
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
        Crossed crossed = new Crossed(parts);
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

    private RelNode ends(Crossed crossed, int first, int start, int last, int end, int length, RelDataType wanted) {
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

    /** Relations side by side, and the conditions on them. */
    private final class Crossed {
        private final List<Integer> offsets = new ArrayList<>();
        private final List<RexNode> conditions = new ArrayList<>();
        private final RelNode rel;

        Crossed(List<RelNode> relations) {
            RelNode all = relations.getFirst();
            offsets.add(0);
            for (RelNode next : relations.subList(1, relations.size())) {
                offsets.add(all.getRowType().getFieldCount());
                all = LogicalJoin.create(all, next, List.of(), builder.makeLiteral(true), Set.of(), JoinRelType.INNER);
            }
            this.rel = all;
        }

        RexNode column(int relation, int column) {
            return builder.makeInputRef(rel, offsets.get(relation) + column);
        }

        void equate(int left, int right, List<KeyMatch> keys) {
            for (KeyMatch key : keys) {
                conditions.add(builder.makeCall(
                        key.nullsEqual() ? SqlStdOperatorTable.IS_NOT_DISTINCT_FROM : SqlStdOperatorTable.EQUALS,
                        column(left, key.left()),
                        column(right, key.right())));
            }
        }

        RelNode filtered() {
            return Optional.of(conditions)
                    .filter(all -> !all.isEmpty())
                    .<RelNode>map(all -> LogicalFilter.create(rel, RexUtil.composeConjunction(builder, all)))
                    .orElse(rel);
        }
    }
}
