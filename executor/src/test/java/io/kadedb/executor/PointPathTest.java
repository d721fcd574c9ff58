package io.kadedb.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.executor.api.PreparedPlan;
import io.kadedb.executor.api.QueryContext;
import io.kadedb.executor.api.QueryResult;
import io.kadedb.executor.kernel.RandomExpressions;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.PhysicalPlan.Modify;
import io.kadedb.planner.physical.ScalarFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Plans of one row: run the direct way again and again, they do what they do the general way. */
class PointPathTest {
    private static final int ROWS = 20;

    @Test
    void theDirectWayDoesWhatTheGeneralWayDoes() {
        long seed = Long.getLong("kadedb.seed", System.nanoTime());
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        int direct = 0;
        for (int round = 0; round < 600; round++) {
            direct += round(random, "round " + round + " of seed " + seed);
        }
        assertThat(direct).isGreaterThan(500);
    }

    private static int round(Random random, String name) {
        List<Field> fields = new ArrayList<>();
        for (SqlType type : RandomExpressions.COLUMNS) {
            fields.add(new Field("c" + fields.size(), type, true));
        }
        try (Plans plans = new Plans(1)) {
            PhysicalPlan.TableScan scan = plans.transaction.table("t", fields, rows(random));
            Parameters parameters = new Parameters(random);
            PhysicalPlan plan = plan(random, scan, fields, parameters);
            Optional<PreparedPlan> prepared = plans.executor.prepare(plan);
            if (prepared.isEmpty()) {
                return 0;
            }
            try (PreparedPlan ready = prepared.get()) {
                for (int repeat = 0; repeat < 4; repeat++) {
                    QueryContext context = plans.context(parameters.values());
                    assertThat(outcome(plans, () -> ready.execute(context)))
                            .as("%s, repeat %d: %s with %s", name, repeat, plan, context.parameters())
                            .isEqualTo(outcome(plans, () -> plans.executor.execute(plan, context)));
                }
            }
            return 1;
        }
    }

    private static List<List<@Nullable Object>> rows(Random random) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            List<@Nullable Object> row = new ArrayList<>();
            for (SqlType type : RandomExpressions.COLUMNS) {
                row.add(RandomExpressions.values(type, 1, 0.2, random).getFirst());
            }
            row.set(0, (Object) (long) (i - 9));
            rows.add(row);
        }
        return rows;
    }

    private static PhysicalPlan plan(
            Random random, PhysicalPlan.TableScan scan, List<Field> fields, Parameters parameters) {
        RandomExpressions generator = new RandomExpressions(random);
        PhysicalPlan row;
        if (random.nextInt(4) == 0) {
            List<Expr> values = new ArrayList<>();
            for (Field field : fields) {
                values.add(parameters.constant(field.type()));
            }
            row = new PhysicalPlan.Values(List.of(values), fields);
        } else {
            Optional<Expr> filter = random.nextInt(3) == 0
                    ? Optional.of(parameters.replacing(generator.condition(2)))
                    : Optional.empty();
            List<Expr> key = List.of(parameters.constant(fields.getFirst().type()));
            row = new PhysicalPlan.KeyLookup(
                    scan.table(), scan.columns(), Optional.empty(), List.of(key), filter, fields, 1);
        }
        if (random.nextInt(3) == 0) {
            row = new PhysicalPlan.Filter(row, parameters.replacing(generator.condition(2)), 1);
        }
        if (random.nextInt(5) > 0) {
            List<Expr> computed = new ArrayList<>();
            List<Field> output = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                computed.add(parameters.replacing(generator.any(3)));
                output.add(new Field("e" + i, computed.getLast().type(), true));
            }
            row = new PhysicalPlan.Project(row, computed, output);
        }
        return random.nextBoolean() ? row : Modify.counting(scan.table(), Modify.Operation.INSERT, row);
    }

    /** The rows given, the rows written, and the error if there is one. */
    private static List<@Nullable Object> outcome(Plans plans, Supplier<QueryResult> run) {
        plans.transaction.written.clear();
        List<@Nullable Object> outcome = new ArrayList<>();
        try (QueryResult result = run.get()) {
            outcome.addAll(Plans.rows(result));
        } catch (KadeException e) {
            outcome.add(e.code() + " " + e.messageText());
        }
        outcome.add(List.copyOf(plans.transaction.written));
        return outcome;
    }

    @Test
    void whileAResultIsOpenAnotherRunIsIndependent() {
        List<Field> fields = List.of(new Field("k", SqlType.BIGINT, false));
        try (Plans plans = new Plans(1)) {
            PhysicalPlan.TableScan scan = plans.transaction.table("t", fields, List.of(List.of(1L), List.of(2L)));
            PhysicalPlan plan = new PhysicalPlan.KeyLookup(
                    scan.table(),
                    scan.columns(),
                    Optional.empty(),
                    List.of(List.of(new Expr.Parameter(0, SqlType.BIGINT))),
                    Optional.empty(),
                    fields,
                    1);
            PreparedPlan prepared = plans.executor.prepare(plan).orElseThrow();
            try (QueryResult first = prepared.execute(plans.context(List.of(1L)))) {
                try (QueryResult second = prepared.execute(plans.context(List.of(2L)))) {
                    assertThat(Plans.rows(first)).isEqualTo(List.of(List.of(1L)));
                    prepared.close();
                    assertThat(Plans.rows(second)).isEqualTo(List.of(List.of(2L)));
                }
            }
        }
    }

    @Test
    void onlyPlansOfOneRowAreDirect() {
        List<Field> fields = List.of(new Field("k", SqlType.BIGINT, false));
        try (Plans plans = new Plans(1)) {
            PhysicalPlan.TableScan scan = plans.transaction.table("t", fields, List.of());
            List<Expr> one = List.of(new Expr.Literal(1L, SqlType.BIGINT));
            PhysicalPlan values = new PhysicalPlan.Values(List.of(one, one), fields);
            Expr random = new Expr.Call(ScalarFunction.RANDOM, List.of(), SqlType.DOUBLE, false);
            PhysicalPlan row = new PhysicalPlan.Values(List.of(one), fields);
            PhysicalPlan drawn =
                    new PhysicalPlan.Project(row, List.of(random), List.of(new Field("r", SqlType.DOUBLE, false)));
            assertThat(plans.executor.prepare(scan)).isEmpty();
            assertThat(plans.executor.prepare(values)).isEmpty();
            assertThat(plans.executor.prepare(drawn)).isEmpty();
            assertThat(plans.executor.prepare(Modify.counting(scan.table(), Modify.Operation.INSERT, row)
                            .returning(List.of(0))))
                    .isEmpty();
        }
    }

    /** Parameters in the place of constants, with new values for each run. */
    private static final class Parameters {
        private final Random random;
        private final List<SqlType> types = new ArrayList<>();

        Parameters(Random random) {
            this.random = random;
        }

        List<@Nullable Object> values() {
            List<@Nullable Object> values = new ArrayList<>();
            for (SqlType type : types) {
                values.add(RandomExpressions.values(type, 1, 0.15, random).getFirst());
            }
            return values;
        }

        Expr constant(SqlType type) {
            return random.nextInt(3) == 0
                    ? new Expr.Literal(
                            RandomExpressions.values(type, 1, 0.15, random).getFirst(), type)
                    : parameter(type);
        }

        private Expr parameter(SqlType type) {
            types.add(type);
            return new Expr.Parameter(types.size() - 1, type);
        }

        Expr replacing(Expr expression) {
            return switch (expression) {
                case Expr.Literal literal -> random.nextBoolean() ? parameter(literal.type()) : literal;
                case Expr.Cast cast -> new Expr.Cast(replacing(cast.input()), cast.type());
                case Expr.Call call ->
                    new Expr.Call(
                            call.function(),
                            call.args().stream().map(this::replacing).toList(),
                            call.type(),
                            call.nullable());
                case Expr.Case cases ->
                    new Expr.Case(
                            cases.whens().stream()
                                    .map(when -> new Expr.When(replacing(when.condition()), replacing(when.result())))
                                    .toList(),
                            replacing(cases.otherwise()),
                            cases.type(),
                            cases.nullable());
                case Expr.InList in -> new Expr.InList(replacing(in.input()), in.values(), in.nullable());
                case Expr.Column column -> random.nextInt(6) == 0 ? parameter(column.type()) : column;
                case Expr.Parameter parameter -> parameter;
                case Expr.SessionValue value -> value;
                case Expr.OuterColumn outer -> outer;
            };
        }
    }
}
