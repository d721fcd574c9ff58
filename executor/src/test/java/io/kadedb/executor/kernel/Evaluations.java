package io.kadedb.executor.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.ScalarFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates an expression over constants in every way the engine might: folded, over plain and dictionary-encoded
 * columns, with a mix of both, and with a selection around rows that must not be touched.
 */
final class Evaluations {
    private Evaluations() {}

    static Expr.Literal literal(@Nullable Object value, SqlType type) {
        return new Expr.Literal(value instanceof Integer i ? (Long) (long) i : value, type);
    }

    static Expr call(ScalarFunction function, SqlType type, Expr... args) {
        return new Expr.Call(function, List.of(args), type, true);
    }

    static void assertValue(@Nullable Object expected, Function<List<Expr>, Expr> expression, Expr.Literal... args) {
        assertValue("UTC", expected, expression, args);
    }

    static void assertValue(
            String zone, @Nullable Object expected, Function<List<Expr>, Expr> expression, Expr.Literal... args) {
        Object wanted = expected instanceof Integer i ? (Long) (long) i : expected;
        for (int variant = 0; variant < variants(args); variant++) {
            assertThat(evaluate(zone, expression, variant, args))
                    .as("variant %d of %s", variant, expression.apply(List.of(args)))
                    .isEqualTo(wanted);
        }
    }

    static void assertFails(
            ErrorCode code, String message, Function<List<Expr>, Expr> expression, Expr.Literal... args) {
        for (int variant = 0; variant < variants(args); variant++) {
            int v = variant;
            assertThatThrownBy(() -> evaluate("UTC", expression, v, args))
                    .as("variant %d of %s", variant, expression.apply(List.of(args)))
                    .isInstanceOfSatisfying(
                            KadeException.class, e -> assertThat(e.code()).isEqualTo(code))
                    .hasMessage(message);
        }
    }

    private static int variants(Expr.Literal... args) {
        return 2 + 2 * (1 << args.length);
    }

    /** Variant 0 and 1: all constant; later: a bit for each argument says whether it is a column, plain or encoded. */
    private static @Nullable Object evaluate(
            String zone, Function<List<Expr>, Expr> expression, int variant, Expr.Literal... args) {
        boolean parameters = variant == 1;
        boolean dictionary = variant >= 2 && (variant & 1) == 1;
        int columns = variant < 2 ? 0 : (variant - 2) >> 1;
        try (Fixture fixture = new Fixture()) {
            List<Expr> inputs = new ArrayList<>();
            List<@Nullable Object> bound = new ArrayList<>();
            List<ColumnVector> vectors = new ArrayList<>();
            for (int i = 0; i < args.length; i++) {
                Expr.Literal arg = args[i];
                if (((columns >> i) & 1) != 0 && arg.type().id() != TypeId.NULL) {
                    inputs.add(new Expr.Column(vectors.size(), arg.type(), true));
                    List<@Nullable Object> values = Arrays.asList(null, arg.value(), null, arg.value());
                    vectors.add(
                            dictionary
                                    ? fixture.dictionaryVector(arg.type(), values)
                                    : fixture.vector(arg.type(), values));
                } else if (parameters) {
                    inputs.add(new Expr.Parameter(bound.size(), arg.type()));
                    bound.add(arg.value());
                } else {
                    inputs.add(arg);
                }
            }
            if (vectors.isEmpty()) {
                vectors.add(fixture.vector(SqlType.INTEGER, List.of(1L, 2L, 3L, 4L)));
            }
            Expr whole = expression.apply(inputs);
            try (ExpressionEvaluator evaluator =
                    new CpuKernels().expression(whole, Fixture.context(zone, bound), fixture.memory)) {
                Batch batch = new Batch(4, vectors);
                Object value = Values.get(evaluator.evaluate(batch, new int[] {1, 2}, 1), 1);
                Object again = Values.get(evaluator.evaluate(batch, new int[] {3}, 1), 3);
                assertThat(again).isEqualTo(value);
                if (whole.type().id() == TypeId.BOOLEAN) {
                    checkPredicate(whole, Fixture.context(zone, bound), batch, value, fixture);
                }
                return value;
            }
        }
    }

    private static void checkPredicate(
            Expr condition, EvaluationContext context, Batch batch, @Nullable Object value, Fixture fixture) {
        try (PredicateEvaluator predicate = new CpuKernels().predicate(condition, context, fixture.memory)) {
            int[] out = new int[2];
            assertThat(predicate.select(batch, new int[] {1, 3}, 2, out)).isEqualTo(Boolean.TRUE.equals(value) ? 2 : 0);
        }
    }
}
