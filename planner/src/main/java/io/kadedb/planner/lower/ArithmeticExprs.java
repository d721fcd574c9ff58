package io.kadedb.planner.lower;

import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.Expr.Call;
import io.kadedb.planner.physical.ScalarFunction;
import io.kadedb.planner.types.TypeRules;
import java.util.List;

/**
 * Arithmetic with operands as kernels want them. Integers and floats: both operands in the result's type. Decimals: sums,
 * differences and remainders have operands of the result's scale; factors, dividends and divisors keep their own. Dates
 * and times: a timestamp or time comes first, then the interval; an interval comes before its factor.
 */
final class ArithmeticExprs {
    private final ConstantFolding folding;

    ArithmeticExprs(ConstantFolding folding) {
        this.folding = folding;
    }

    Expr call(ScalarFunction function, List<Expr> args, SqlType type, boolean nullable) {
        Expr left = args.get(0);
        Expr right = args.get(1);
        if (left.type().isNumeric() && right.type().isNumeric()) {
            return make(function, number(function, left, type), number(function, right, type), type, nullable);
        }
        if (TypeRules.isDateTime(left.type()) && TypeRules.isDateTime(right.type())) {
            SqlType common = Comparisons.common(left.type(), right.type());
            return make(function, folding.cast(left, common), folding.cast(right, common), type, nullable);
        }
        if (comesSecond(function, left, right)) {
            // interval + date, integer + date, number * interval, time + date: the other way round.
            Expr swap = left;
            left = right;
            right = swap;
        }
        return make(function, first(left, type), second(left, right), type, nullable);
    }

    private static boolean comesSecond(ScalarFunction function, Expr left, Expr right) {
        boolean interval = left.type().id() == TypeId.INTERVAL
                && right.type().id() != TypeId.INTERVAL
                && !right.type().isNumeric();
        boolean time = function == ScalarFunction.ADD
                && left.type().id() == TypeId.TIME
                && right.type().id() == TypeId.DATE;
        return interval || time || left.type().isNumeric();
    }

    private Expr make(ScalarFunction function, Expr left, Expr right, SqlType type, boolean nullable) {
        return folding.call(new Call(function, List.of(left, right), type, nullable));
    }

    private Expr number(ScalarFunction function, Expr operand, SqlType result) {
        if (result.id() != TypeId.DECIMAL) {
            return folding.cast(operand, result);
        }
        SqlType own = TypeRules.asDecimal(operand.type());
        boolean sameScale = function == ScalarFunction.ADD
                || function == ScalarFunction.SUBTRACT
                || function == ScalarFunction.MODULO;
        if (sameScale && own.scale() != result.scale()) {
            int whole = own.precision() - own.scale();
            own = TypeRules.capped(Math.min(whole + result.scale(), SqlType.MAX_DECIMAL_PRECISION), result.scale());
        }
        return folding.cast(operand, own);
    }

    /** A date that is moved by an interval is a timestamp first. */
    private Expr first(Expr operand, SqlType result) {
        boolean moved = operand.type().id() == TypeId.DATE
                && (result.id() == TypeId.TIMESTAMP || result.id() == TypeId.TIMESTAMPTZ);
        return moved ? folding.cast(operand, result) : operand;
    }

    private Expr second(Expr left, Expr right) {
        if (right.type().isNumeric() && left.type().id() == TypeId.INTERVAL) {
            return folding.cast(right, SqlType.DOUBLE);
        }
        if (right.type().id() == TypeId.TIME && left.type().id() == TypeId.DATE) {
            return folding.cast(right, SqlType.INTERVAL);
        }
        return right;
    }
}
