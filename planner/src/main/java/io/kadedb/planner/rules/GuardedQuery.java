package io.kadedb.planner.rules;

import io.kadedb.common.type.SqlType;
import io.kadedb.parser.ast.SqlTypes;
import io.kadedb.planner.functions.KadeFunction;
import io.kadedb.planner.physical.ScalarFunction;
import io.kadedb.planner.rel.KadeMetadata;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;

/**
 * A query that has no rows anywhere in it where a condition of the outer row is not true, so that nothing in it can fail
 * there. What it gives then is of no use.
 */
final class GuardedQuery {
    /** Functions that fail for some values of their types, but for those out of range. */
    private static final Set<ScalarFunction> FAILING = EnumSet.of(
            ScalarFunction.DIVIDE,
            ScalarFunction.MODULO,
            ScalarFunction.DIV,
            ScalarFunction.SQRT,
            ScalarFunction.LN,
            ScalarFunction.LOG10,
            ScalarFunction.POWER,
            ScalarFunction.ACOS,
            ScalarFunction.ASIN,
            ScalarFunction.SUBSTRING,
            ScalarFunction.TO_DATE,
            ScalarFunction.TO_TIMESTAMP,
            ScalarFunction.TO_NUMBER,
            ScalarFunction.MAKE_DATE,
            ScalarFunction.MAKE_TIME,
            ScalarFunction.MAKE_TIMESTAMP,
            ScalarFunction.SINGLE_ROW);

    private GuardedQuery() {}

    /** Whether it can fail by what it computes, in subqueries too; numbers out of range do not count. */
    static boolean mayFail(RelNode rel) {
        boolean[] fails = {false};
        rel.accept(new RexShuttle() {
            @Override
            public RexNode visitCall(RexCall call) {
                fails[0] |= fails(call);
                return super.visitCall(call);
            }

            @Override
            public RexNode visitSubQuery(RexSubQuery query) {
                fails[0] |= mayFail(query);
                return super.visitSubQuery(query);
            }
        });
        return fails[0] || rel.getInputs().stream().anyMatch(GuardedQuery::mayFail);
    }

    /** Whether the subquery can fail, also by giving more than one row. */
    static boolean mayFail(RexSubQuery query) {
        Double most = KadeMetadata.instance().getMaxRowCount(query.rel);
        boolean isOneRow = query.getKind() != SqlKind.SCALAR_QUERY || (most != null && most <= 1);
        return !isOneRow || mayFail(query.rel);
    }

    private static boolean fails(RexCall call) {
        return switch (call.getKind()) {
            case DIVIDE, MOD -> !isOtherThanZero(call.getOperands().get(1));
            case CAST -> isOfText(call.getOperands().getFirst()) && !isOfText(call);
            default -> call.getOperator() instanceof KadeFunction function && FAILING.contains(function.function());
        };
    }

    private static boolean isOtherThanZero(RexNode divisor) {
        BigDecimal value = divisor instanceof RexLiteral literal ? literal.getValueAs(BigDecimal.class) : null;
        return value != null && value.signum() != 0;
    }

    private static boolean isOfText(RexNode node) {
        SqlType type = SqlTypes.fromRelDataType(node.getType());
        return type.isText();
    }

    /**
     * The query with filters wherever rows come from nothing.
     *
     * @param guard the condition as it is seen from within the query, without columns of its own
     */
    static RelNode of(RelNode rel, RexNode guard) {
        List<RelNode> inputs = new ArrayList<>();
        for (RelNode input : rel.getInputs()) {
            inputs.add(of(input, guard));
        }
        RelNode copy = inputs.isEmpty() ? rel : rel.copy(rel.getTraitSet(), inputs);
        boolean ofNothing = inputs.isEmpty()
                || (rel instanceof Aggregate aggregate
                        && aggregate.getGroupSets().stream().anyMatch(set -> set.isEmpty()));
        return ofNothing ? LogicalFilter.create(copy, guard) : copy;
    }
}
