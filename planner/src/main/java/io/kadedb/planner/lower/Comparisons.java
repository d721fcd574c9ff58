package io.kadedb.planner.lower;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.Expr.Call;
import io.kadedb.planner.physical.Expr.Literal;
import io.kadedb.planner.physical.ScalarFunction;
import io.kadedb.planner.types.TypeRules;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/** Comparisons with both sides in one type, constants in the column's where that is exact, so that scans can prune. */
final class Comparisons {
    private static final long DAY = 86_400_000_000L;

    private final ConstantFolding folding;

    Comparisons(ConstantFolding folding) {
        this.folding = folding;
    }

    Expr compare(ScalarFunction function, Expr left, Expr right, boolean nullable) {
        if (left.type().keepsBlanks() || right.type().keepsBlanks()) {
            return call(function, withoutBlanks(left), withoutBlanks(right), nullable);
        }
        if (left.equals(right) && left instanceof Expr.Column && !left.nullable() && function == ScalarFunction.EQ) {
            return ConstantFolding.TRUE;
        }
        if (left instanceof Literal && !(right instanceof Literal)) {
            return compare(mirrored(function), right, left, nullable);
        }
        if (right instanceof Literal literal && literal.value() != null) {
            Optional<Expr> asDate = dateComparison(function, left, literal, nullable);
            if (asDate.isPresent()) {
                return asDate.get();
            }
            if (left.type().id() == TypeId.CHAR && literal.value() instanceof String text) {
                // Trailing blanks of char(n) do not count; they are not stored either.
                return call(function, left, new Literal(text.stripTrailing(), SqlType.TEXT), nullable);
            }
            Optional<Literal> exact = exactly(literal, left.type());
            if (exact.isPresent()) {
                return call(function, left, exact.get(), nullable);
            }
        }
        SqlType common = common(left.type(), right.type());
        return call(function, cast(left, common), cast(right, common), nullable);
    }

    /** A text as it is compared where the other side is, or has been, a char(n). */
    private Expr withoutBlanks(Expr text) {
        return text instanceof Literal literal && literal.value() instanceof String value
                ? new Literal(value.stripTrailing(), SqlType.TEXT)
                : folding.cast(text, SqlType.TEXT);
    }

    private Expr call(ScalarFunction function, Expr left, Expr right, boolean nullable) {
        return folding.call(new Call(function, List.of(left, right), SqlType.BOOLEAN, nullable));
    }

    static SqlType common(SqlType a, SqlType b) {
        return TypeRules.common(a, b)
                .orElseThrow(() ->
                        KadeException.of(ErrorCode.UNDEFINED_FUNCTION, "operator does not exist: " + a + " = " + b));
    }

    /** Texts of any kind lie in memory alike: no cast. */
    Expr cast(Expr input, SqlType to) {
        boolean alike = input.type().isText() && to.isText() && !input.type().keepsBlanks();
        return alike ? input : folding.cast(input, to.keepsBlanks() ? SqlType.TEXT : to);
    }

    /** A numeric constant in the type of what it is compared with, if it keeps its value. */
    static Optional<Literal> exactly(Literal literal, SqlType to) {
        BigDecimal number = switch (literal.value()) {
            case Long value when literal.type().isInteger() -> BigDecimal.valueOf(value);
            case BigDecimal value -> value;
            case null, default -> null;
        };
        if (number == null || !to.isNumeric()) {
            return Optional.empty();
        }
        if (TypeRules.isFloat(to)) {
            double value = to.id() == TypeId.REAL ? number.floatValue() : number.doubleValue();
            return Optional.of(new Literal(value, to.id() == TypeId.REAL ? SqlType.DOUBLE : to))
                    .filter(l -> to.id() == TypeId.DOUBLE);
        }
        try {
            return switch (to.id()) {
                case SMALLINT -> Optional.of(new Literal((long) number.shortValueExact(), to));
                case INTEGER -> Optional.of(new Literal((long) number.intValueExact(), to));
                case BIGINT -> Optional.of(new Literal(number.longValueExact(), to));
                default -> {
                    BigDecimal scaled = number.setScale(to.scale(), RoundingMode.UNNECESSARY);
                    yield scaled.precision() <= to.precision()
                            ? Optional.of(new Literal(scaled, to))
                            : Optional.empty();
                }
            };
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }

    /** {@code cast(date as timestamp) <= timestamp '...'} as a comparison of dates. */
    private Optional<Expr> dateComparison(ScalarFunction function, Expr left, Literal right, boolean nullable) {
        if (!(left instanceof Expr.Cast cast)
                || cast.input().type().id() != TypeId.DATE
                || cast.type().id() != TypeId.TIMESTAMP
                || right.type().id() != TypeId.TIMESTAMP
                || !(right.value() instanceof Long micros)) {
            return Optional.empty();
        }
        boolean midnight = Math.floorMod(micros, DAY) == 0;
        long floor = Math.floorDiv(micros, DAY);
        long ceiling = midnight ? floor : floor + 1;
        return switch (function) {
            case LE, GT -> Optional.of(call(function, cast.input(), date(floor), nullable));
            case LT, GE -> Optional.of(call(function, cast.input(), date(ceiling), nullable));
            case EQ, NE ->
                midnight ? Optional.of(call(function, cast.input(), date(floor), nullable)) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Literal date(long day) {
        return new Literal(day, SqlType.DATE);
    }

    static ScalarFunction mirrored(ScalarFunction function) {
        return switch (function) {
            case LT -> ScalarFunction.GT;
            case LE -> ScalarFunction.GE;
            case GT -> ScalarFunction.LT;
            case GE -> ScalarFunction.LE;
            default -> function;
        };
    }
}
