package io.kadedb.planner.rules;

import io.kadedb.planner.functions.KadeFunction;
import io.kadedb.planner.physical.ScalarFunction;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlKind;

/**
 * Leaves out what constants say is never needed: NULL operands of operators that are NULL then, and branches of CASE and
 * COALESCE that are never taken or never reached. What they name, aggregates among it, is not computed and cannot fail,
 * as in PostgreSQL.
 */
final class KnownBranches extends RexShuttle {
    private final RexBuilder builder;

    private KnownBranches(RexBuilder builder) {
        this.builder = builder;
    }

    static RelNode rewrite(RelNode rel) {
        return rewrite(rel, new KnownBranches(rel.getCluster().getRexBuilder()));
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
        return Strictness.isNull(result) && result.getType().isNullable()
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
            if (!Strictness.isNeverTrue(condition)) {
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
            if (isValue(operand)) {
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

    private static boolean isTrue(RexNode condition) {
        return condition.isAlwaysTrue()
                || (condition.getKind() == SqlKind.IS_NOT_NULL
                        && isValue(((RexCall) condition).getOperands().getFirst()));
    }

    /** Whether it is a constant, with or without a sign, that is not NULL. */
    private static boolean isValue(RexNode node) {
        return switch (node) {
            case RexLiteral literal -> !literal.isNull();
            case RexCall call
            when call.getKind() == SqlKind.MINUS_PREFIX || call.getKind() == SqlKind.PLUS_PREFIX ->
                call.getOperands().getFirst() instanceof RexLiteral literal && !literal.isNull();
            default -> false;
        };
    }
}
