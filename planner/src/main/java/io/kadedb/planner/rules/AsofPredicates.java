package io.kadedb.planner.rules;

import io.kadedb.planner.rel.LogicalAsofJoin;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * Where conditions on an ASOF join go. Those on left columns hold before it as well as behind it. None on right columns
 * may go below it, since another row would become the nearest; but what is known of the left side's keys and times also
 * bounds the right rows that can be partners.
 *
 * @param toRight over the right side's columns
 */
record AsofPredicates(List<RexNode> toLeft, List<RexNode> toRight, List<RexNode> above) {

    static AsofPredicates of(LogicalAsofJoin join, List<RexNode> conditions) {
        AsofPredicates parts = new AsofPredicates(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        int leftFields = join.getLeft().getRowType().getFieldCount();
        boolean keepsRight = join.type().generatesNullsOnLeft();
        for (RexNode condition : conditions) {
            boolean left = !keepsRight
                    && RexUtil.isDeterministic(condition)
                    && RelOptUtil.InputFinder.bits(condition).length() <= leftFields;
            (left ? parts.toLeft : parts.above).add(condition);
        }
        if (!keepsRight) {
            Set<RexNode> known = new LinkedHashSet<>(parts.toLeft);
            known.addAll(KnownPredicates.of(join.getLeft()));
            known.stream().filter(KnownPredicates::isSimple).forEach(condition -> parts.bound(join, condition));
        }
        return parts;
    }

    /** Adds what a condition on one left column says of right rows. */
    private void bound(LogicalAsofJoin join, RexNode condition) {
        int leftFields = join.getLeft().getRowType().getFieldCount();
        int column = RelOptUtil.InputFinder.bits(condition).nth(0);
        for (RexNode key : join.keys()) {
            Equality.of(key, leftFields)
                    .filter(equality -> equality.left() == column)
                    .ifPresent(equality -> {
                        RexNode partner = column(join.getRight(), equality.right());
                        toRight.add(condition.accept(new InputReferences(index -> partner)));
                    });
        }
        RexBuilder builder = join.getCluster().getRexBuilder();
        RexNode equal =
                builder.makeCall(SqlStdOperatorTable.EQUALS, join.comparison().getOperands());
        Equality.of(equal, leftFields)
                .filter(times -> times.left() == column)
                .flatMap(times -> limit(join, condition, column(join.getRight(), times.right())))
                .ifPresent(toRight::add);
    }

    private static RexNode column(RelNode rel, int index) {
        return rel.getCluster().getRexBuilder().makeInputRef(rel, index);
    }

    /** Partners of a row before a limit are before it too, if partners are those before the row. */
    private static Optional<RexNode> limit(LogicalAsofJoin join, RexNode condition, RexNode time) {
        RexBuilder builder = join.getCluster().getRexBuilder();
        boolean before = switch (join.comparison().getKind()) {
            case GREATER_THAN_OR_EQUAL, GREATER_THAN -> true;
            default -> false;
        };
        if (!(condition instanceof RexCall call) || call.getOperands().size() != 2) {
            return Optional.empty();
        }
        boolean first = call.getOperands().get(0) instanceof RexInputRef;
        RexNode other = call.getOperands().get(first ? 1 : 0);
        boolean single = first || call.getOperands().get(1) instanceof RexInputRef;
        // A column may be compared with itself.
        if (!single || !RelOptUtil.InputFinder.bits(other).isEmpty()) {
            return Optional.empty();
        }
        boolean fits = switch (first ? call.getKind() : call.getKind().reverse()) {
            case EQUALS -> true;
            case LESS_THAN, LESS_THAN_OR_EQUAL -> before;
            case GREATER_THAN, GREATER_THAN_OR_EQUAL -> !before;
            default -> false;
        };
        return fits
                ? Optional.of(builder.makeCall(
                        before ? SqlStdOperatorTable.LESS_THAN_OR_EQUAL : SqlStdOperatorTable.GREATER_THAN_OR_EQUAL,
                        time,
                        other))
                : Optional.empty();
    }
}
