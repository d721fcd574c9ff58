package io.kadedb.planner.gapfill;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.planner.gapfill.LogicalGapFill.Bound;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;

/** What conditions below a grouping say of the range of a time. */
final class GapFillBounds {
    private final List<Bound> starts = new ArrayList<>();
    private final List<Bound> finishes = new ArrayList<>();

    /**
     * The bounds of a column.
     *
     * @throws KadeException 22023 if the time is no column
     */
    static GapFillBounds of(RelNode rel, RexNode time) {
        if (!(time instanceof RexInputRef column)) {
            throw invalid(
                    "missing time_bucket_gapfill argument: ts needs to be a column if start or finish is not given");
        }
        GapFillBounds bounds = new GapFillBounds();
        bounds.collect(rel, column.getIndex());
        return bounds;
    }

    static KadeException invalid(String message) {
        return KadeException.of(ErrorCode.INVALID_PARAMETER_VALUE, message)
                .hint("give start and finish as arguments, or in WHERE by comparisons of the time with constants");
    }

    List<Bound> starts() {
        return required(starts, "start");
    }

    List<Bound> finishes() {
        return required(finishes, "finish");
    }

    private static List<Bound> required(List<Bound> bounds, String name) {
        if (bounds.isEmpty()) {
            throw invalid("missing time_bucket_gapfill argument: could not infer " + name + " from WHERE clause");
        }
        return bounds;
    }

    private void collect(RelNode rel, int column) {
        switch (rel) {
            case Filter filter -> {
                RelOptUtil.conjunctions(filter.getCondition()).forEach(conjunct -> bound(conjunct, column));
                collect(filter.getInput(), column);
            }
            case Project project -> {
                if (project.getProjects().get(column) instanceof RexInputRef ref) {
                    collect(project.getInput(), ref.getIndex());
                }
            }
            case Join join -> {
                int left = join.getLeft().getRowType().getFieldCount();
                if (column < left && !join.getJoinType().generatesNullsOnLeft()) {
                    collect(join.getLeft(), column);
                } else if (column >= left && !join.getJoinType().generatesNullsOnRight()) {
                    collect(join.getRight(), column - left);
                }
            }
            default -> {}
        }
    }

    private void bound(RexNode conjunct, int column) {
        if (!(conjunct instanceof RexCall call) || call.getOperands().size() != 2) {
            return;
        }
        RexNode first = call.getOperands().get(0);
        RexNode second = call.getOperands().get(1);
        if (isColumn(first, column) && isSimple(second)) {
            bound(call.getKind(), second);
        } else if (isColumn(second, column) && isSimple(first)) {
            bound(call.getKind().reverse(), first);
        }
    }

    private void bound(SqlKind kind, RexNode value) {
        switch (kind) {
            case GREATER_THAN_OR_EQUAL -> starts.add(new Bound(value, true));
            case GREATER_THAN -> starts.add(new Bound(value, false));
            case LESS_THAN_OR_EQUAL -> finishes.add(new Bound(value, true));
            case LESS_THAN -> finishes.add(new Bound(value, false));
            case EQUALS -> {
                starts.add(new Bound(value, true));
                finishes.add(new Bound(value, true));
            }
            default -> {}
        }
    }

    private static boolean isColumn(RexNode node, int column) {
        return node instanceof RexInputRef ref && ref.getIndex() == column;
    }

    /** Whether an expression has one value for the whole query. */
    static boolean isSimple(RexNode node) {
        boolean[] subQuery = {false};
        node.accept(new RexShuttle() {
            @Override
            public RexNode visitSubQuery(RexSubQuery query) {
                subQuery[0] = true;
                return query;
            }
        });
        return !subQuery[0] && RelOptUtil.InputFinder.bits(node).isEmpty() && RexUtil.isDeterministic(node);
    }
}
