package io.kadedb.planner.rules;

import io.kadedb.planner.graph.LogicalPathSearch;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * Joins a relation with the end of a path search that its condition is about, instead of with what was found: the search
 * then begins, or ends, at fewer vertices. A search joins its ends with what it finds, so the rows are the same.
 */
final class PathSearchEnds {
    private final RexBuilder builder;

    private PathSearchEnds(RexBuilder builder) {
        this.builder = builder;
    }

    static RelNode rewrite(RelNode rel) {
        return new PathSearchEnds(rel.getCluster().getRexBuilder()).visit(rel);
    }

    private RelNode visit(RelNode rel) {
        List<RelNode> inputs = rel.getInputs().stream().map(this::visit).toList();
        RelNode copy = inputs.equals(rel.getInputs()) ? rel : rel.copy(rel.getTraitSet(), inputs);
        if (!(copy instanceof Join join) || join.getJoinType() != JoinRelType.INNER) {
            return copy;
        }
        int left = join.getLeft().getRowType().getFieldCount();
        int right = join.getRight().getRowType().getFieldCount();
        if (search(join.getRight()) != null) {
            return joined(join, join.getLeft(), join.getRight(), join.getCondition(), false);
        }
        if (search(join.getLeft()) != null) {
            RexNode mirrored = moved(join.getCondition(), i -> i < left ? i + right : i - left);
            return joined(join, join.getRight(), join.getLeft(), mirrored, true);
        }
        return join;
    }

    private static @Nullable LogicalPathSearch search(RelNode rel) {
        RelNode below = rel instanceof Project project ? project.getInput() : rel;
        return below instanceof LogicalPathSearch search ? search : null;
    }

    /**
     * The join with its condition moved to an end of the search, if it is about one.
     *
     * @param condition over the other side's columns, then the search's side's
     * @param mirrored whether the search was the left side
     */
    private RelNode joined(Join join, RelNode other, RelNode searching, RexNode condition, boolean mirrored) {
        LogicalPathSearch search =
                (LogicalPathSearch) (searching instanceof Project project ? project.getInput() : searching);
        int width = other.getRowType().getFieldCount();
        int left = search.left().getRowType().getFieldCount();
        int right = search.right().getRowType().getFieldCount();
        ImmutableBitSet own = ImmutableBitSet.range(width);
        ImmutableBitSet begin = ImmutableBitSet.range(width, width + left);
        ImmutableBitSet end = ImmutableBitSet.range(width + left, width + left + right);
        List<RexNode> atBegin = new ArrayList<>();
        List<RexNode> atEnd = new ArrayList<>();
        List<RexNode> above = new ArrayList<>();
        for (RexNode conjunct : RelOptUtil.conjunctions(past(condition, searching, width))) {
            ImmutableBitSet used = RelOptUtil.InputFinder.bits(conjunct);
            boolean equality = conjunct.getKind() == SqlKind.EQUALS && used.intersects(own);
            boolean both = equality && RexUtil.isDeterministic(conjunct);
            if (both && own.union(begin).contains(used) && used.intersects(begin)) {
                atBegin.add(conjunct);
            } else if (both && own.union(end).contains(used) && used.intersects(end)) {
                atEnd.add(conjunct);
            } else {
                above.add(conjunct);
            }
        }
        if (atBegin.isEmpty() && atEnd.isEmpty()) {
            return join;
        }
        boolean first = !atBegin.isEmpty();
        above.addAll(first ? atEnd : List.of());
        RelNode found = first ? beginning(search, other, atBegin) : ending(search, other, atEnd);
        // The columns of the search with the other side's in front of them.
        int total = found.getRowType().getFieldCount();
        int at = first ? 0 : left + right;
        List<RexNode> columns = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            columns.add(RexInputRef.of(at + i, found.getRowType()));
        }
        for (int i = 0; i < total; i++) {
            if (i < at || i >= at + width) {
                columns.add(RexInputRef.of(i, found.getRowType()));
            }
        }
        if (!above.isEmpty()) {
            RexNode rest = replaced(RexUtil.composeConjunction(builder, above), columns);
            found = LogicalFilter.create(found, rest);
        }
        List<RexNode> ofOther = columns.subList(0, width);
        List<RexNode> ofSearch = new ArrayList<>();
        for (int i = 0; i < searching.getRowType().getFieldCount(); i++) {
            RexNode item = searching instanceof Project project
                    ? project.getProjects().get(i)
                    : RexInputRef.of(i, searching.getRowType());
            ofSearch.add(replaced(item, columns.subList(width, total)));
        }
        List<RexNode> output = new ArrayList<>(mirrored ? ofSearch : ofOther);
        output.addAll(mirrored ? ofOther : ofSearch);
        return LogicalProject.create(found, List.of(), output, join.getRowType().getFieldNames(), Set.of());
    }

    private RelNode beginning(LogicalPathSearch search, RelNode other, List<RexNode> conditions) {
        int width = other.getRowType().getFieldCount();
        RelNode begin = LogicalJoin.create(
                other,
                search.left(),
                List.of(),
                RexUtil.composeConjunction(builder, conditions),
                Set.of(),
                JoinRelType.INNER);
        LogicalPathSearch.Spec spec = search.spec();
        return new LogicalPathSearch(
                begin,
                search.edges(),
                search.right(),
                spec.withLeftKeys(
                        spec.leftKeys().stream().map(key -> key + width).toList()));
    }

    private RelNode ending(LogicalPathSearch search, RelNode other, List<RexNode> conditions) {
        int width = other.getRowType().getFieldCount();
        int left = search.left().getRowType().getFieldCount();
        int right = search.right().getRowType().getFieldCount();
        RexNode condition =
                moved(RexUtil.composeConjunction(builder, conditions), i -> i < width ? i + right : i - width - left);
        RelNode end = LogicalJoin.create(search.right(), other, List.of(), condition, Set.of(), JoinRelType.INNER);
        return new LogicalPathSearch(search.left(), search.edges(), end, search.spec());
    }

    /** The condition over the columns of the search itself instead of those of a projection over it. */
    private static RexNode past(RexNode condition, RelNode searching, int width) {
        if (!(searching instanceof Project project)) {
            return condition;
        }
        return condition.accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef ref) {
                return ref.getIndex() < width
                        ? ref
                        : RexUtil.shift(project.getProjects().get(ref.getIndex() - width), width);
            }
        });
    }

    private static RexNode replaced(RexNode node, List<RexNode> columns) {
        return node.accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef ref) {
                return columns.get(ref.getIndex());
            }
        });
    }

    private static RexNode moved(RexNode node, IntUnaryOperator place) {
        return node.accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef ref) {
                return new RexInputRef(place.applyAsInt(ref.getIndex()), ref.getType());
            }
        });
    }
}
