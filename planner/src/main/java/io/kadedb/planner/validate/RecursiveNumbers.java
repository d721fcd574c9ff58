package io.kadedb.planner.validate;

import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.parser.ast.KadeTypeNameSpec;
import io.kadedb.planner.types.TypeRules;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.IntBinaryOperator;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Gives numbers like 1.0 and round(x, 2) in the seed of a recursive query all the digits there are: the table has the types of the
 * seed, and the numbers that the step makes of a constant have more digits than it.
 */
final class RecursiveNumbers {
    private RecursiveNumbers() {}

    /** Changes the first of both terms. */
    static void widen(SqlBasicCall union) {
        if (!(union.operand(1) instanceof SqlSelect step)) {
            return;
        }
        SqlNode first = union.operand(0);
        switch (first) {
            case SqlSelect select
            when select.getFrom() == null || select.getFrom().getKind() != SqlKind.VALUES -> {
                SqlNodeList items = select.getSelectList();
                for (int i = 0; i < items.size() && i < step.getSelectList().size(); i++) {
                    items.set(i, item(items.get(i), step.getSelectList().get(i)));
                }
            }
            default -> {}
        }
    }

    private static SqlNode item(SqlNode item, SqlNode step) {
        if (item.getKind() == SqlKind.AS) {
            SqlCall as = (SqlCall) item;
            as.setOperand(0, item(as.operand(0), step));
            return as;
        }
        OptionalInt digits = digits(item);
        if (digits.isEmpty()) {
            return item;
        }
        int own = digits.getAsInt();
        int scale = keepsScale(SqlUtil.stripAs(step), own) ? own : Math.max(own, TypeRules.MIN_QUOTIENT_SCALE);
        SqlType type = SqlType.decimal(SqlType.MAX_DECIMAL_PRECISION, scale);
        return SqlStdOperatorTable.CAST.createCall(
                item.getParserPosition(), item, KadeTypeNameSpec.spec(type, item.getParserPosition()));
    }

    /** How many digits behind the point a number has that is made of constants, or rounded; empty where nobody knows. */
    private static OptionalInt digits(SqlNode node) {
        if (node instanceof SqlNumericLiteral literal) {
            return literal.getTypeName() != SqlTypeName.DECIMAL || literal.isInteger()
                    ? OptionalInt.empty()
                    : OptionalInt.of(Objects.requireNonNullElse(literal.getScale(), 0));
        }
        if (!(node instanceof SqlCall call)) {
            return OptionalInt.empty();
        }
        return switch (call.getKind()) {
            case PLUS_PREFIX, MINUS_PREFIX -> digits(call.operand(0));
            case PLUS, MINUS -> digits(call, Math::max);
            case TIMES -> digits(call, Integer::sum);
            case DIVIDE -> digits(call, (a, b) -> Math.max(TypeRules.MIN_QUOTIENT_SCALE, Math.max(a, b)));
            default -> rounded(call);
        };
    }

    private static OptionalInt digits(SqlCall call, IntBinaryOperator both) {
        OptionalInt left = digits(call.operand(0));
        OptionalInt right = digits(call.operand(1));
        boolean known =
                (left.isPresent() || isWhole(call.operand(0))) && (right.isPresent() || isWhole(call.operand(1)));
        return known && (left.isPresent() || right.isPresent())
                ? OptionalInt.of(both.applyAsInt(left.orElse(0), right.orElse(0)))
                : OptionalInt.empty();
    }

    private static boolean isWhole(SqlNode node) {
        return node instanceof SqlNumericLiteral literal && literal.isInteger();
    }

    /** To how many digits {@code round(x, n)} and {@code trunc(x, n)} round: these are of numbers with digits alone. */
    private static OptionalInt rounded(SqlCall call) {
        String name = call.getOperator().getName();
        return (name.equals("round") || name.equals("trunc"))
                        && call.operandCount() == 2
                        && call.operand(1) instanceof SqlNumericLiteral places
                        && places.isInteger()
                        && places.intValue(true) >= 0
                        && places.intValue(true) < SqlType.MAX_DECIMAL_PRECISION
                ? OptionalInt.of(places.intValue(true))
                : OptionalInt.empty();
    }

    /** Whether the step gives no number more digits behind the point. */
    private static boolean keepsScale(SqlNode step, int scale) {
        return switch (step.getKind()) {
            case IDENTIFIER -> step instanceof SqlIdentifier;
            case LITERAL ->
                step instanceof SqlNumericLiteral number
                        && (number.isInteger() || Objects.requireNonNullElse(number.getScale(), 0) <= scale);
            case PLUS, MINUS ->
                keepsScale(((SqlCall) step).operand(0), scale) && keepsScale(((SqlCall) step).operand(1), scale);
            case PLUS_PREFIX, MINUS_PREFIX -> keepsScale(((SqlCall) step).operand(0), scale);
            case CAST ->
                ((SqlCall) step).operand(1) instanceof SqlDataTypeSpec type
                        && type.getTypeNameSpec() instanceof KadeTypeNameSpec spec
                        && spec.type().id() == TypeId.DECIMAL
                        && spec.type().scale() <= scale;
            default ->
                step instanceof SqlCall call
                        && rounded(call).isPresent()
                        && rounded(call).getAsInt() <= scale;
        };
    }
}
