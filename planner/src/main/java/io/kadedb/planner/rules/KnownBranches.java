package io.kadedb.planner.rules;

import io.kadedb.planner.functions.KadeFunction;
import io.kadedb.planner.lower.ExprBuilder;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.Expr.Literal;
import io.kadedb.planner.physical.ScalarFunction;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/**
 * Leaves out what constants say is never needed: NULL operands of operators that are NULL then, and branches of CASE and
 * COALESCE that are never taken or never reached. What they name, aggregates among it, is not computed and cannot fail,
 * as in PostgreSQL.
 */
final class KnownBranches extends RexShuttle {
    private final RexBuilder builder;
    private final ExprBuilder constants;

    private KnownBranches(RexBuilder builder, ExprBuilder constants) {
        this.builder = builder;
        this.constants = constants;
    }

    /** The relation without them; the builder computes what constants give. */
    static RelNode rewrite(RelNode rel, ExprBuilder constants) {
        return rewrite(rel, new KnownBranches(rel.getCluster().getRexBuilder(), constants));
    }

    private static RelNode rewrite(RelNode rel, KnownBranches branches) {
        List<RelNode> inputs = new ArrayList<>();
        for (RelNode input : rel.getInputs()) {
            inputs.add(rewrite(input, branches));
        }
        RelNode result = inputs.equals(rel.getInputs()) ? rel : rel.copy(rel.getTraitSet(), inputs);
        return result.accept(branches);
    }

    @Override
    public RexNode visitCall(RexCall call) {
        RexNode result = super.visitCall(call);
        if (result.getKind() == SqlKind.CASE) {
            return caseOf((RexCall) result);
        }
        if (result instanceof RexCall function && isCoalesce(function)) {
            return coalesce(function);
        }
        // What is NULL within has become a literal by now.
        return Strictness.isNullByLiteral(result) && result.getType().isNullable()
                ? builder.makeNullLiteral(result.getType())
                : result;
    }

    private static boolean isCoalesce(RexCall call) {
        return call.getKind() == SqlKind.COALESCE
                || (call.getOperator() instanceof KadeFunction function
                        && function.function() == ScalarFunction.COALESCE
                        && function.getName().equalsIgnoreCase("coalesce"));
    }

    private RexNode caseOf(RexCall call) {
        List<RexNode> operands = call.getOperands();
        List<RexNode> kept = new ArrayList<>();
        RexNode otherwise = operands.getLast();
        for (int i = 0; i + 1 < operands.size(); i += 2) {
            RexNode condition = operands.get(i);
            if (isTrue(condition)) {
                otherwise = operands.get(i + 1);
                break;
            }
            if (!isNeverTrue(condition)) {
                kept.add(condition);
                kept.add(operands.get(i + 1));
            }
        }
        if (kept.isEmpty()) {
            return typed(call, otherwise);
        }
        kept.add(otherwise);
        return kept.size() == operands.size() ? call : call.clone(call.getType(), kept);
    }

    private RexNode coalesce(RexCall call) {
        List<RexNode> kept = new ArrayList<>();
        for (RexNode operand : call.getOperands()) {
            if (!Strictness.isNull(operand)) {
                kept.add(operand);
            }
            if (value(operand) != null) {
                break;
            }
        }
        if (kept.isEmpty()) {
            return builder.makeNullLiteral(call.getType());
        }
        if (kept.size() == 1) {
            return typed(call, kept.getFirst());
        }
        return kept.size() == call.getOperands().size() ? call : call.clone(call.getType(), kept);
    }

    private RexNode typed(RexCall call, RexNode value) {
        return value.getType().equals(call.getType()) ? value : builder.makeAbstractCast(call.getType(), value, false);
    }

    private boolean isTrue(RexNode condition) {
        return Boolean.TRUE.equals(value(condition));
    }

    private boolean isNeverTrue(RexNode condition) {
        return Boolean.FALSE.equals(value(condition)) || Strictness.isNeverTrue(condition);
    }

    /** What an expression of constants gives; null if it is none, gives NULL or fails. */
    private @Nullable Object value(RexNode node) {
        return RexUtil.isConstant(node) && constants.build(node, KnownBranches::noColumn) instanceof Literal literal
                ? literal.value()
                : null;
    }

    private static Expr noColumn(int index) {
        throw new IllegalStateException("a constant with column " + index);
    }
}
