package io.kadedb.executor.kernel;

import static io.kadedb.common.type.SqlType.BOOLEAN;
import static io.kadedb.common.type.SqlType.DOUBLE;
import static io.kadedb.common.type.SqlType.INTEGER;
import static io.kadedb.common.type.SqlType.TEXT;
import static io.kadedb.common.type.SqlType.TIMESTAMP;
import static io.kadedb.executor.kernel.Evaluations.assertValue;
import static io.kadedb.executor.kernel.Evaluations.literal;

import io.kadedb.common.type.SqlType;
import io.kadedb.executor.kernel.value.ValueParser;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.ScalarFunction;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes down what a function gives for constants, and checks it. */
final class FunctionExamples {
    private FunctionExamples() {}

    static Expr.Literal t(String text) {
        return literal(text, TEXT);
    }

    static Expr.Literal i(long value) {
        return literal(value, INTEGER);
    }

    static Expr.Literal d(double value) {
        return literal(value, DOUBLE);
    }

    static Expr.Literal n(String value) {
        BigDecimal number = new BigDecimal(value);
        return literal(number, SqlType.decimal(18, number.scale()));
    }

    static Expr.Literal b(boolean value) {
        return literal(value, BOOLEAN);
    }

    /** What the text is as a value of the type. */
    static Expr.Literal parsed(String text, SqlType type) {
        return literal(ValueParser.parse(text, type, ZoneOffset.UTC), type);
    }

    static Expr.Literal ts(String value) {
        return parsed(value, TIMESTAMP);
    }

    /** Checks the result of a call with those constants in every way it might run; of doubles to nine digits. */
    static void check(ScalarFunction function, SqlType type, @Nullable Object expected, Expr.Literal... args) {
        if (expected instanceof Double number && !(number.isNaN() || number.isInfinite())) {
            assertValue(
                    true,
                    inputs -> new Expr.Call(
                            ScalarFunction.LT,
                            List.of(
                                    new Expr.Call(
                                            ScalarFunction.ABS,
                                            List.of(new Expr.Call(
                                                    ScalarFunction.SUBTRACT,
                                                    List.of(new Expr.Call(function, inputs, type, true), d(number)),
                                                    DOUBLE,
                                                    true)),
                                            DOUBLE,
                                            true),
                                    d(1e-9)),
                            BOOLEAN,
                            true),
                    args);
            return;
        }
        assertValue(expected, inputs -> new Expr.Call(function, inputs, type, true), args);
    }
}
