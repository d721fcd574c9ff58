package io.kadedb.planner.rules;

import io.kadedb.planner.functions.KadeFunction;
import io.kadedb.planner.physical.ScalarFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.jspecify.annotations.Nullable;

/** When the operands of CASE, COALESCE, AND and OR are computed: the condition under which what is being walked is reached. */
final class BranchGuards {
    private static final Set<SqlKind> BRANCHES = Set.of(SqlKind.CASE, SqlKind.COALESCE, SqlKind.AND, SqlKind.OR);

    private final RexBuilder builder;
    private @Nullable RexNode guard;

    BranchGuards(RexBuilder builder) {
        this.builder = builder;
    }

    static boolean hasBranches(RexCall call) {
        return BRANCHES.contains(call.getKind())
                || (call.getOperator() instanceof KadeFunction function
                        && function.function() == ScalarFunction.COALESCE);
    }

    /** True for the rows for which the current place is reached; null if that is all of them. */
    @Nullable
    RexNode guard() {
        return guard;
    }

    /** The call with its operands walked in order, each under its guard. */
    RexNode walk(RexCall call, UnaryOperator<RexNode> walk) {
        RexNode around = guard;
        List<RexNode> operands = new ArrayList<>();
        for (int i = 0; i < call.getOperands().size(); i++) {
            RexNode operand = walk.apply(call.getOperands().get(i));
            operands.add(operand);
            boolean isLast = i == call.getOperands().size() - 1;
            if (call.getKind() != SqlKind.CASE) {
                guard = isLast ? guard : and(guard, goesOn(call), operand);
            } else if (i % 2 == 0 && !isLast) {
                guard = and(guard, SqlStdOperatorTable.IS_TRUE, operand);
            } else if (!isLast) {
                guard = around;
                for (int earlier = 0; earlier < i; earlier += 2) {
                    guard = and(guard, SqlStdOperatorTable.IS_NOT_TRUE, operands.get(earlier));
                }
            }
        }
        guard = around;
        return call.clone(call.getType(), operands);
    }

    /** What an operand is if the next one is computed. */
    private static SqlOperator goesOn(RexCall call) {
        return switch (call.getKind()) {
            case AND -> SqlStdOperatorTable.IS_NOT_FALSE;
            case OR -> SqlStdOperatorTable.IS_NOT_TRUE;
            default -> SqlStdOperatorTable.IS_NULL;
        };
    }

    /** What comes first decides whether the other is computed. A condition that may change says nothing. */
    private @Nullable RexNode and(@Nullable RexNode first, SqlOperator test, RexNode tested) {
        if (!RexUtil.isDeterministic(tested)) {
            return first;
        }
        RexNode condition = builder.makeCall(test, tested);
        return first == null
                ? condition
                : builder.makeCall(SqlStdOperatorTable.CASE, first, condition, builder.makeLiteral(false));
    }
}
