package io.kadedb.planner.rel;

import io.kadedb.planner.functions.AssignOperator;
import io.kadedb.planner.functions.KadeFrameOffset;
import io.kadedb.planner.functions.KadeFunction;
import io.kadedb.planner.functions.KadeOperatorTable;
import io.kadedb.planner.functions.KadeSessionFunction;
import io.kadedb.planner.functions.KadeTableFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql2rel.SqlRexContext;
import org.apache.calcite.sql2rel.SqlRexConvertlet;
import org.apache.calcite.sql2rel.SqlRexConvertletTable;
import org.apache.calcite.sql2rel.StandardConvertletTable;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Turns calls into algebra: our own as they are, CAST without Calcite's literal tricks, the rest Calcite's way. */
@SuppressWarnings("ReferenceEquality") // operators are constants
final class KadeConvertlets implements SqlRexConvertletTable {
    static final KadeConvertlets INSTANCE = new KadeConvertlets();

    private KadeConvertlets() {}

    @Override
    public @Nullable SqlRexConvertlet get(SqlCall call) {
        SqlOperator operator = call.getOperator();
        if (operator == KadeOperatorTable.REGEX_NOT_MATCH) {
            return (context, node) -> negated(context, node, KadeOperatorTable.REGEX_MATCH);
        }
        if (operator == KadeOperatorTable.REGEX_NOT_IMATCH) {
            return (context, node) -> negated(context, node, KadeOperatorTable.REGEX_IMATCH);
        }
        boolean rows =
                call.getOperandList().stream().anyMatch(operand -> operand != null && operand.getKind() == SqlKind.ROW);
        boolean ours = operator instanceof KadeFunction
                || operator instanceof KadeSessionFunction
                || operator instanceof KadeFrameOffset
                || operator instanceof KadeTableFunction
                || operator instanceof SqlAggFunction
                || (operator instanceof SqlBinaryOperator && isOurs(operator))
                || operator.getName().equals("$interval");
        if (ours) {
            return KadeConvertlets::asWritten;
        }
        if (InListComparisons.isOne(call)) {
            return InListComparisons::convert;
        }
        if (RowComparisons.isOne(call)) {
            return RowComparisons::convert;
        }
        if (!rows && isComparison(call.getKind())) {
            // Operands stay in their types; the plan casts them.
            return (context, node) -> context.getRexBuilder().makeCall(node.getOperator(), operands(context, node));
        }
        if (operator instanceof AssignOperator) {
            return KadeConvertlets::cast;
        }
        if (call.getKind() == SqlKind.CAST) {
            return KadeConvertlets::cast;
        }
        return StandardConvertletTable.INSTANCE.get(call);
    }

    private static boolean isComparison(SqlKind kind) {
        return switch (kind) {
            case EQUALS,
                    NOT_EQUALS,
                    LESS_THAN,
                    LESS_THAN_OR_EQUAL,
                    GREATER_THAN,
                    GREATER_THAN_OR_EQUAL,
                    IS_DISTINCT_FROM,
                    IS_NOT_DISTINCT_FROM -> true;
            default -> false;
        };
    }

    private static boolean isOurs(SqlOperator operator) {
        return switch (operator.getKind()) {
            case PLUS, MINUS, TIMES, DIVIDE, MOD -> true;
            default -> KadeOperatorTable.ofOperator(operator).isPresent();
        };
    }

    private static RexNode asWritten(SqlRexContext context, SqlCall call) {
        return context.getRexBuilder().makeCall(type(context, call), call.getOperator(), operands(context, call));
    }

    private static RexNode negated(SqlRexContext context, SqlCall call, SqlOperator positive) {
        RexBuilder builder = context.getRexBuilder();
        RexNode match = builder.makeCall(type(context, call), positive, operands(context, call));
        return builder.makeCall(SqlStdOperatorTable.NOT, match);
    }

    private static RexNode cast(SqlRexContext context, SqlCall call) {
        RexNode input = context.convertExpression(call.operand(0));
        RelDataType type = type(context, call);
        return input.getType().equals(type) ? input : context.getRexBuilder().makeAbstractCast(type, input, false);
    }

    private static RelDataType type(SqlRexContext context, SqlCall call) {
        return context.getValidator().getValidatedNodeType(call);
    }

    private static List<RexNode> operands(SqlRexContext context, SqlCall call) {
        List<RexNode> operands = new ArrayList<>();
        for (SqlNode operand : call.getOperandList()) {
            if (operand instanceof SqlIdentifier name && name.isStar()) {
                continue; // count(*)
            }
            operands.add(
                    operand instanceof SqlIntervalQualifier field
                            ? ((KadeRexBuilder) context.getRexBuilder())
                                    .text(field.getUnit().name().toLowerCase(Locale.ROOT))
                            : context.convertExpression(operand));
        }
        return operands;
    }
}
