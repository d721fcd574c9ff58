package io.kadedb.planner.rules;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/** Which columns a condition needs not to be NULL, and what NULL constants make of it. */
final class Strictness {
    /** Operators that are NULL when an operand is. */
    private static final Set<SqlKind> STRICT = EnumSet.of(
            SqlKind.EQUALS,
            SqlKind.NOT_EQUALS,
            SqlKind.LESS_THAN,
            SqlKind.LESS_THAN_OR_EQUAL,
            SqlKind.GREATER_THAN,
            SqlKind.GREATER_THAN_OR_EQUAL,
            SqlKind.PLUS,
            SqlKind.MINUS,
            SqlKind.TIMES,
            SqlKind.DIVIDE,
            SqlKind.MOD,
            SqlKind.MINUS_PREFIX,
            SqlKind.CAST,
            SqlKind.LIKE,
            SqlKind.NOT);

    private Strictness() {}

    /** Columns of which a NULL makes the condition not true. */
    static ImmutableBitSet refusesNulls(RexNode condition) {
        if (!(condition instanceof RexCall call)) {
            return nullIfNull(condition);
        }
        return switch (call.getKind()) {
            case AND -> {
                ImmutableBitSet any = ImmutableBitSet.of();
                for (RexNode operand : call.getOperands()) {
                    any = any.union(refusesNulls(operand));
                }
                yield any;
            }
            case OR -> {
                ImmutableBitSet all = refusesNulls(call.getOperands().getFirst());
                for (RexNode operand : call.getOperands()) {
                    all = all.intersect(refusesNulls(operand));
                }
                yield all;
            }
            case IS_NOT_NULL, IS_TRUE, IS_FALSE -> nullIfNull(call.getOperands().getFirst());
            default -> nullIfNull(condition);
        };
    }

    /** Columns of which a NULL makes the expression NULL. */
    private static ImmutableBitSet nullIfNull(RexNode node) {
        if (node instanceof RexInputRef ref) {
            return ImmutableBitSet.of(ref.getIndex());
        }
        if (!(node instanceof RexCall call) || !STRICT.contains(call.getKind())) {
            return ImmutableBitSet.of();
        }
        ImmutableBitSet any = ImmutableBitSet.of();
        for (RexNode operand : call.getOperands()) {
            any = any.union(nullIfNull(operand));
        }
        return any;
    }

    /** Whether the condition is false or NULL for every row, as its constants alone say. */
    static boolean isNeverTrue(RexNode condition) {
        return isNever(condition, true);
    }

    /** Whether the condition has another value or NULL for every row. */
    private static boolean isNever(RexNode condition, boolean value) {
        if ((value ? condition.isAlwaysFalse() : condition.isAlwaysTrue()) || isNull(condition)) {
            return true;
        }
        return condition instanceof RexCall call
                && switch (call.getKind()) {
                    case AND, OR -> {
                        boolean one = (call.getKind() == SqlKind.AND) == value;
                        yield one
                                ? call.getOperands().stream().anyMatch(operand -> isNever(operand, value))
                                : call.getOperands().stream().allMatch(operand -> isNever(operand, value));
                    }
                    case NOT -> isNever(call.getOperands().getFirst(), !value);
                    default -> false;
                };
    }

    /** Whether the expression is NULL for every row, whatever else is in it. */
    static boolean isNull(RexNode node) {
        return isNull(node, Strictness::isNull);
    }

    /** The same of an expression whose operands are NULL only where they are written so. */
    static boolean isNullByLiteral(RexNode node) {
        return isNull(node, RexLiteral::isNullLiteral);
    }

    private static boolean isNull(RexNode node, Predicate<RexNode> ofOperand) {
        if (RexLiteral.isNullLiteral(node)) {
            return true;
        }
        if (!(node instanceof RexCall call)) {
            return false;
        }
        return switch (call.getKind()) {
            case AND, OR -> call.getOperands().stream().allMatch(ofOperand);
            default ->
                STRICT.contains(call.getKind()) && call.getOperands().stream().anyMatch(ofOperand);
        };
    }
}
