package io.kadedb.executor.kernel;

import static io.kadedb.common.type.SqlType.BIGINT;
import static io.kadedb.common.type.SqlType.BOOLEAN;
import static io.kadedb.common.type.SqlType.DOUBLE;
import static io.kadedb.common.type.SqlType.INTEGER;
import static io.kadedb.common.type.SqlType.REAL;
import static io.kadedb.common.type.SqlType.SMALLINT;
import static io.kadedb.executor.kernel.Evaluations.assertFails;
import static io.kadedb.executor.kernel.Evaluations.assertValue;
import static io.kadedb.executor.kernel.Evaluations.literal;
import static io.kadedb.planner.physical.ScalarFunction.ADD;
import static io.kadedb.planner.physical.ScalarFunction.AND;
import static io.kadedb.planner.physical.ScalarFunction.DIVIDE;
import static io.kadedb.planner.physical.ScalarFunction.EQ;
import static io.kadedb.planner.physical.ScalarFunction.MODULO;
import static io.kadedb.planner.physical.ScalarFunction.MULTIPLY;
import static io.kadedb.planner.physical.ScalarFunction.NEGATE;
import static io.kadedb.planner.physical.ScalarFunction.NOT;
import static io.kadedb.planner.physical.ScalarFunction.OR;
import static io.kadedb.planner.physical.ScalarFunction.SUBTRACT;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.type.SqlType;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.ScalarFunction;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ArithmeticTest {
    private static Function<List<Expr>, Expr> of(ScalarFunction function, SqlType type) {
        return args -> new Expr.Call(function, args, type, true);
    }

    private static void integers(@Nullable Object expected, SqlType type, ScalarFunction function, Object a, Object b) {
        assertValue(expected, of(function, type), literal(a, type), literal(b, type));
    }

    private static void overflows(String message, SqlType type, ScalarFunction function, Object a, Object b) {
        assertFails(
                ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, message, of(function, type), literal(a, type), literal(b, type));
    }

    @Test
    void integersAreExactOrFail() {
        integers(3, INTEGER, ADD, 1, 2);
        integers(-1, INTEGER, SUBTRACT, 1, 2);
        integers(-6, BIGINT, MULTIPLY, -3, 2);
        integers(Integer.MAX_VALUE, INTEGER, ADD, Integer.MAX_VALUE - 1, 1);
        integers(Long.MIN_VALUE, BIGINT, SUBTRACT, -1L, Long.MAX_VALUE);
        overflows("integer out of range", INTEGER, ADD, Integer.MAX_VALUE, 1);
        overflows("integer out of range", INTEGER, SUBTRACT, Integer.MIN_VALUE, 1);
        overflows("integer out of range", INTEGER, MULTIPLY, 65_536, 65_536);
        overflows("smallint out of range", SMALLINT, ADD, 32_767, 1);
        overflows("smallint out of range", SMALLINT, MULTIPLY, 256, 256);
        overflows("bigint out of range", BIGINT, ADD, Long.MAX_VALUE, 1L);
        overflows("bigint out of range", BIGINT, SUBTRACT, Long.MIN_VALUE, 1L);
        overflows("bigint out of range", BIGINT, SUBTRACT, 0L, Long.MIN_VALUE);
        overflows("bigint out of range", BIGINT, MULTIPLY, Long.MIN_VALUE, -1L);
        overflows("bigint out of range", BIGINT, MULTIPLY, 1L << 32, 1L << 31);
        integers(1L << 62, BIGINT, MULTIPLY, 1L << 31, 1L << 31);
    }

    @Test
    void divisionTruncatesAndKeepsTheSignOfTheDividend() {
        integers(3, INTEGER, DIVIDE, 7, 2);
        integers(-3, INTEGER, DIVIDE, -7, 2);
        integers(-1, INTEGER, MODULO, -7, 2);
        integers(1, INTEGER, MODULO, 7, -2);
        integers(0, INTEGER, MODULO, Integer.MIN_VALUE, -1);
        integers(0, BIGINT, MODULO, Long.MIN_VALUE, -1);
        overflows("integer out of range", INTEGER, DIVIDE, Integer.MIN_VALUE, -1);
        overflows("bigint out of range", BIGINT, DIVIDE, Long.MIN_VALUE, -1L);
        for (SqlType type : List.of(SMALLINT, INTEGER, BIGINT)) {
            assertFails(
                    ErrorCode.DIVISION_BY_ZERO,
                    "division by zero",
                    of(DIVIDE, type),
                    literal(1, type),
                    literal(0, type));
            assertFails(
                    ErrorCode.DIVISION_BY_ZERO,
                    "division by zero",
                    of(MODULO, type),
                    literal(1, type),
                    literal(0, type));
        }
    }

    @Test
    void nullsGiveNull() {
        for (ScalarFunction function : List.of(ADD, SUBTRACT, MULTIPLY, DIVIDE, MODULO)) {
            for (SqlType type :
                    List.of(SMALLINT, INTEGER, BIGINT, REAL, DOUBLE, SqlType.decimal(10, 2), SqlType.decimal(30, 2))) {
                Object one = type.id() == io.kadedb.common.type.TypeId.DECIMAL
                        ? new BigDecimal("1.00")
                        : type.isInteger() ? (Object) 1L : (Object) 1.0;
                assertValue(null, of(function, type), literal(null, type), literal(one, type));
                assertValue(null, of(function, type), literal(one, type), literal(null, type));
            }
        }
    }

    @Test
    void doublesFailWhereTheyWouldLoseTheValue() {
        assertValue(0.75, of(SUBTRACT, DOUBLE), literal(1.0, DOUBLE), literal(0.25, DOUBLE));
        assertValue(4.0, of(DIVIDE, DOUBLE), literal(1.0, DOUBLE), literal(0.25, DOUBLE));
        assertValue((double) 0.3f, of(ADD, REAL), literal((double) 0.1f, REAL), literal((double) 0.2f, REAL));
        overflows("value out of range: overflow", DOUBLE, MULTIPLY, 1e200, 1e200);
        overflows("value out of range: underflow", DOUBLE, MULTIPLY, 1e-200, 1e-200);
        overflows("value out of range: overflow", REAL, MULTIPLY, 1e30, 1e30);
        overflows("value out of range: overflow", DOUBLE, ADD, Double.MAX_VALUE, Double.MAX_VALUE);
        assertValue(
                Double.POSITIVE_INFINITY,
                of(ADD, DOUBLE),
                literal(Double.POSITIVE_INFINITY, DOUBLE),
                literal(1.0, DOUBLE));
        assertValue(Double.NaN, of(DIVIDE, DOUBLE), literal(Double.NaN, DOUBLE), literal(0.0, DOUBLE));
        assertFails(
                ErrorCode.DIVISION_BY_ZERO,
                "division by zero",
                of(DIVIDE, DOUBLE),
                literal(1.0, DOUBLE),
                literal(0.0, DOUBLE));
        assertValue(0.0, of(MULTIPLY, DOUBLE), literal(0.0, DOUBLE), literal(5.0, DOUBLE));
    }

    private static Expr.Literal decimal(String value, int precision) {
        BigDecimal d = new BigDecimal(value);
        return literal(d, SqlType.decimal(precision, d.scale()));
    }

    private static void decimals(
            String expected, int precision, ScalarFunction function, Expr.Literal a, Expr.Literal b) {
        BigDecimal d = new BigDecimal(expected);
        assertValue(d, of(function, SqlType.decimal(precision, d.scale())), a, b);
    }

    @Test
    void decimalsAreExact() {
        decimals("3.30", 11, ADD, decimal("1.10", 10), decimal("2.20", 10));
        decimals("3.125", 11, ADD, decimal("1.1", 10), decimal("2.025", 10));
        decimals("-0.925", 11, SUBTRACT, decimal("1.1", 10), decimal("2.025", 10));
        decimals("2.4200", 16, MULTIPLY, decimal("1.10", 8), decimal("2.20", 8));
        decimals("2.4200", 30, MULTIPLY, decimal("1.10", 15), decimal("2.20", 15));
        decimals("-2.4200", 38, MULTIPLY, decimal("-1.10", 25), decimal("2.20", 12));
        decimals(
                "99999999999999999999999999999999999998",
                38,
                ADD,
                decimal("99999999999999999999999999999999999990", 38),
                decimal("8", 5));
        decimals("0.333333", 10, DIVIDE, decimal("1.00", 5), decimal("3", 5));
        decimals("0.666667", 10, DIVIDE, decimal("2.00", 5), decimal("3", 5));
        decimals("-0.666667", 30, DIVIDE, decimal("-2.00", 25), decimal("3", 5));
        decimals("0.5", 10, DIVIDE, decimal("1.25", 5), decimal("2.50", 5));
        decimals("1.10", 10, MODULO, decimal("5.30", 10), decimal("2.1", 10));
        decimals("-1.10", 30, MODULO, decimal("-5.30", 30), decimal("2.1", 10));
        assertFails(
                ErrorCode.DIVISION_BY_ZERO,
                "division by zero",
                of(DIVIDE, SqlType.decimal(20, 4)),
                decimal("1.00", 5),
                decimal("0.00", 5));
        assertFails(
                ErrorCode.DIVISION_BY_ZERO,
                "division by zero",
                of(MODULO, SqlType.decimal(20, 4)),
                decimal("1.00", 5),
                decimal("0.00", 5));
        overflows(
                "numeric field overflow", SqlType.decimal(38, 0), ADD, new BigDecimal("9".repeat(38)), BigDecimal.ONE);
        overflows(
                "numeric field overflow",
                SqlType.decimal(38, 0),
                MULTIPLY,
                new BigDecimal("9".repeat(20)),
                new BigDecimal("9".repeat(20)));
        overflows("numeric field overflow", SqlType.decimal(4, 0), ADD, new BigDecimal("9999"), BigDecimal.ONE);
    }

    @Test
    void negates() {
        assertValue(-5, of(NEGATE, INTEGER), literal(5, INTEGER));
        assertValue(-5.5, of(NEGATE, DOUBLE), literal(5.5, DOUBLE));
        assertValue(
                new BigDecimal("-5.5"),
                of(NEGATE, SqlType.decimal(30, 1)),
                literal(new BigDecimal("5.5"), SqlType.decimal(30, 1)));
        assertFails(
                ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE,
                "integer out of range",
                of(NEGATE, INTEGER),
                literal(Integer.MIN_VALUE, INTEGER));
        assertFails(
                ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE,
                "smallint out of range",
                of(NEGATE, SMALLINT),
                literal((int) Short.MIN_VALUE, SMALLINT));
        assertFails(
                ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE,
                "bigint out of range",
                of(NEGATE, BIGINT),
                literal(Long.MIN_VALUE, BIGINT));
    }

    @Test
    void logicHasThreeValues() {
        Boolean[] values = {true, false, null};
        for (Boolean a : values) {
            for (Boolean b : values) {
                boolean unknown = a == null || b == null;
                boolean anyFalse = Boolean.FALSE.equals(a) || Boolean.FALSE.equals(b);
                boolean anyTrue = Boolean.TRUE.equals(a) || Boolean.TRUE.equals(b);
                Boolean and = anyFalse ? Boolean.FALSE : unknown ? null : Boolean.TRUE;
                Boolean or = anyTrue ? Boolean.TRUE : unknown ? null : Boolean.FALSE;
                assertValue(and, of(AND, BOOLEAN), literal(a, BOOLEAN), literal(b, BOOLEAN));
                assertValue(or, of(OR, BOOLEAN), literal(a, BOOLEAN), literal(b, BOOLEAN));
            }
            assertValue(a == null ? null : !a, of(NOT, BOOLEAN), literal(a, BOOLEAN));
            assertValue(a == null, of(ScalarFunction.IS_NULL, BOOLEAN), literal(a, BOOLEAN));
            assertValue(a != null, of(ScalarFunction.IS_NOT_NULL, BOOLEAN), literal(a, BOOLEAN));
            assertValue(Boolean.TRUE.equals(a), of(ScalarFunction.IS_TRUE, BOOLEAN), literal(a, BOOLEAN));
            assertValue(!Boolean.TRUE.equals(a), of(ScalarFunction.IS_NOT_TRUE, BOOLEAN), literal(a, BOOLEAN));
            assertValue(Boolean.FALSE.equals(a), of(ScalarFunction.IS_FALSE, BOOLEAN), literal(a, BOOLEAN));
            assertValue(!Boolean.FALSE.equals(a), of(ScalarFunction.IS_NOT_FALSE, BOOLEAN), literal(a, BOOLEAN));
        }
    }

    @Test
    void branchesThatNoRowReachesDoNotFail() {
        Function<List<Expr>, Expr> guarded = args -> new Expr.Case(
                List.of(new Expr.When(
                        Evaluations.call(EQ, BOOLEAN, args.get(1), literal(0, INTEGER)), literal(null, INTEGER))),
                Evaluations.call(DIVIDE, INTEGER, args.get(0), args.get(1)),
                INTEGER,
                true);
        assertValue(null, guarded, literal(1, INTEGER), literal(0, INTEGER));
        assertValue(4, guarded, literal(8, INTEGER), literal(2, INTEGER));
        Function<List<Expr>, Expr> coalesce = args -> Evaluations.call(
                ScalarFunction.COALESCE,
                INTEGER,
                args.get(0),
                Evaluations.call(DIVIDE, INTEGER, literal(1, INTEGER), literal(0, INTEGER)));
        assertValue(7, coalesce, literal(7, INTEGER));
        assertFails(ErrorCode.DIVISION_BY_ZERO, "division by zero", coalesce, literal(null, INTEGER));
        Function<List<Expr>, Expr> and = args -> Evaluations.call(
                AND,
                BOOLEAN,
                Evaluations.call(ScalarFunction.NE, BOOLEAN, args.get(0), literal(0, INTEGER)),
                Evaluations.call(
                        ScalarFunction.GT,
                        BOOLEAN,
                        Evaluations.call(DIVIDE, INTEGER, literal(10, INTEGER), args.get(0)),
                        literal(3, INTEGER)));
        assertValue(false, and, literal(0, INTEGER));
        assertValue(true, and, literal(2, INTEGER));
        assertValue(false, and, literal(5, INTEGER));
    }
}
