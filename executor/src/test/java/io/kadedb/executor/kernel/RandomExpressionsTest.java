package io.kadedb.executor.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import io.kadedb.executor.reference.ExprEvaluator;
import io.kadedb.executor.reference.Refusal;
import io.kadedb.executor.reference.Scope;
import io.kadedb.planner.physical.Expr;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Kernels against the reference, over random expressions, nulls, encodings and selections. */
class RandomExpressionsTest {
    private static final int ROWS = 150;

    @Test
    void kernelsAgreeWithTheReference() {
        long seed = Long.getLong("kadedb.seed", System.nanoTime());
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        int compared = 0;
        for (int round = 0; round < 1500; round++) {
            compared += round(random, "round " + round + " of seed " + seed);
        }
        assertThat(compared).isGreaterThan(500);
    }

    private static int round(Random random, String name) {
        RandomExpressions generator = new RandomExpressions(random);
        List<List<@Nullable Object>> columns = new ArrayList<>();
        try (Fixture fixture = new Fixture()) {
            List<ColumnVector> vectors = new ArrayList<>();
            for (SqlType type : RandomExpressions.COLUMNS) {
                double nulls = random.nextInt(3) == 0 ? 0.2 : 0;
                List<@Nullable Object> values = RandomExpressions.values(type, ROWS, nulls, random);
                columns.add(values);
                boolean encode = random.nextInt(3) == 0;
                vectors.add(encode ? fixture.dictionaryVector(type, values) : fixture.vector(type, values));
            }
            Batch batch = new Batch(ROWS, vectors);
            Expr expression = generator.any(3);
            int[] selection = selection(random);
            List<@Nullable Object> expected = new ArrayList<>();
            ExprEvaluator reference = new ExprEvaluator(Scope.EMPTY);
            try {
                for (int row : rows(selection)) {
                    expected.add(reference.value(expression, row(columns, row)));
                }
            } catch (Refusal e) {
                // Which rows fail first may differ; that failing rows fail has tests of its own.
                return 0;
            }
            compare(name, fixture, batch, expression, selection, expected);
            return 1;
        }
    }

    private static List<@Nullable Object> row(List<List<@Nullable Object>> columns, int index) {
        List<@Nullable Object> row = new ArrayList<>();
        columns.forEach(column -> row.add(column.get(index)));
        return row;
    }

    private static void compare(
            String name,
            Fixture fixture,
            Batch batch,
            Expr expression,
            int @Nullable [] selection,
            List<@Nullable Object> expected) {
        int[] rows = rows(selection);
        List<@Nullable Object> actual = new ArrayList<>();
        try (ExpressionEvaluator evaluator =
                new CpuKernels().expression(expression, Fixture.context(), fixture.memory)) {
            for (int repeat = 0; repeat < 2; repeat++) {
                actual.clear();
                ColumnVector result = evaluator.evaluate(batch, selection, rows.length);
                assertThat(result.length()).isEqualTo(ROWS);
                for (int row : rows) {
                    actual.add(Values.get(result, row));
                }
            }
        } catch (KadeException e) {
            throw new AssertionError(name + ": " + expression, e);
        }
        assertThat(actual).as("%s: %s", name, expression).isEqualTo(expected);
        if (expression.type().equals(SqlType.BOOLEAN)) {
            try (PredicateEvaluator predicate =
                    new CpuKernels().predicate(expression, Fixture.context(), fixture.memory)) {
                int[] out = selection == null ? new int[ROWS] : selection.clone();
                int kept = predicate.select(batch, selection == null ? null : out, rows.length, out);
                List<Integer> wanted = new ArrayList<>();
                for (int i = 0; i < rows.length; i++) {
                    if (Boolean.TRUE.equals(expected.get(i))) {
                        wanted.add(rows[i]);
                    }
                }
                assertThat(Arrays.stream(out, 0, kept).boxed().toList())
                        .as("%s: %s", name, expression)
                        .isEqualTo(wanted);
            }
        }
    }

    private static int[] rows(int @Nullable [] selection) {
        if (selection != null) {
            return selection;
        }
        int[] all = new int[ROWS];
        Arrays.setAll(all, i -> i);
        return all;
    }

    private static int @Nullable [] selection(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> null;
            case 1 -> random.ints(ROWS / 2, 0, ROWS).sorted().distinct().toArray();
            default -> random.ints(5, 0, ROWS).sorted().distinct().toArray();
        };
    }
}
