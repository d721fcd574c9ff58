package io.kadedb.executor.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.executor.MemoryTransaction;
import io.kadedb.executor.Plans;
import io.kadedb.planner.physical.AggregateFunction;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.PhysicalPlan.AggregateCall;
import io.kadedb.planner.physical.PhysicalPlan.JoinType;
import io.kadedb.planner.physical.PhysicalPlan.SortKey;
import io.kadedb.planner.physical.ScalarFunction;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Single nodes over more rows than {@link ReferenceTest} tries: many batches, hash tables that grow, ties. */
class LargeInputsTest {
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final MemoryTransaction.Cut CUT = new MemoryTransaction.Cut(3_000, 1_024, false);

    private static final List<Field> FIELDS = List.of(
            new Field("k", SqlType.BIGINT, true),
            new Field("t", SqlType.TEXT, true),
            new Field("d", SqlType.DATE, true),
            new Field("n", SqlType.decimal(12, 2), true));

    private final long seed = Long.getLong("kadedb.reference.seed", System.nanoTime());
    private final Random random = new Random(seed);

    LargeInputsTest() {
        System.out.println("seed " + seed);
    }

    private List<List<@Nullable Object>> rows(int rows, int keys) {
        List<List<@Nullable Object>> made = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            int key = random.nextInt(keys);
            made.add(Arrays.asList(
                    random.nextInt(10) == 0 ? null : (Object) (key * (keys > 100 ? 1_000_003L : 1L)),
                    random.nextInt(10) == 0 ? null : "text " + "x".repeat(key % 9) + key % 13,
                    random.nextInt(10) == 0 ? null : (Object) (long) (key % 17),
                    random.nextInt(10) == 0 ? null : BigDecimal.valueOf(random.nextInt(100_000) - 50_000, 2)));
        }
        return made;
    }

    private static PhysicalPlan scan(long table, int columns) {
        return new PhysicalPlan.TableScan(
                new PhysicalPlan.TableRef(table, "public", "t" + table, 1),
                IntStream.range(0, columns).boxed().toList(),
                Optional.empty(),
                FIELDS.subList(0, columns),
                1);
    }

    @SafeVarargs
    private static List<List<@Nullable Object>> expected(PhysicalPlan plan, List<List<@Nullable Object>>... tables) {
        Map<Long, List<List<@Nullable Object>>> rows = new HashMap<>();
        for (List<List<@Nullable Object>> table : tables) {
            rows.put(rows.size() + 1L, table);
        }
        return new PlanEvaluator(rows, Scope.EMPTY).rows(plan);
    }

    @SafeVarargs
    private static List<List<@Nullable Object>> actual(
            PhysicalPlan plan, int threads, List<List<@Nullable Object>>... tables) {
        try (Plans plans = new Plans(threads, CUT, List.of(), UTC)) {
            for (List<List<@Nullable Object>> table : tables) {
                plans.transaction.table("t", FIELDS, table);
            }
            return plans.run(plan);
        }
    }

    @SafeVarargs
    private void check(PhysicalPlan plan, List<List<@Nullable Object>>... tables) {
        assertThat(RowDifferences.between(plan, expected(plan, tables), actual(plan, 1 + random.nextInt(3), tables)))
                .as("seed %d: %s", seed, plan)
                .isEmpty();
    }

    private static Expr column(int index) {
        return new Expr.Column(index, FIELDS.get(index % FIELDS.size()).type(), true);
    }

    @Test
    void joins() {
        List<List<Integer>> keySets = List.of(List.of(0), List.of(1), List.of(0, 1), List.of(2), List.of(0, 2, 3));
        for (int round = 0; round < 40; round++) {
            int range = random.nextBoolean() ? 20 : 3_000;
            List<List<@Nullable Object>> left = rows(random.nextInt(5) == 0 ? 0 : random.nextInt(600), range);
            List<List<@Nullable Object>> right = rows(random.nextInt(5) == 0 ? 0 : random.nextInt(150), range);
            JoinType type = Samples.pick(List.of(JoinType.values()), random);
            boolean nullAware = type == JoinType.NULL_AWARE_ANTI;
            List<Integer> all = Samples.pick(keySets, random);
            List<Integer> keys = nullAware ? all.subList(0, 1) : all;
            Optional<Expr> residual = random.nextInt(3) == 0
                    ? Optional.of(
                            new Expr.Call(ScalarFunction.LE, List.of(column(3), column(7)), SqlType.BOOLEAN, true))
                    : Optional.empty();
            List<Field> output = new ArrayList<>(FIELDS);
            output.addAll(type.leftOnly() ? List.of() : FIELDS);
            PhysicalPlan l = scan(1, 4);
            PhysicalPlan r = scan(2, 4);
            boolean nullsEqual = !nullAware && random.nextInt(4) == 0;
            check(new PhysicalPlan.HashJoin(l, r, type, keys, keys, residual, nullsEqual, output, 1), left, right);
            if (!nullAware) {
                check(new PhysicalPlan.NestedLoopJoin(l, r, type, residual, output, 1), left, right);
            }
        }
    }

    @Test
    void aggregates() {
        List<List<Integer>> keySets =
                List.of(List.of(), List.of(0), List.of(1), List.of(0, 1), List.of(2), List.of(3, 1, 2));
        for (int round = 0; round < 60; round++) {
            List<Integer> keys = Samples.pick(keySets, random);
            List<AggregateCall> calls = List.of(
                    call(AggregateFunction.COUNT_STAR, List.of(), false, SqlType.BIGINT),
                    call(AggregateFunction.COUNT, List.of(1), true, SqlType.BIGINT),
                    call(AggregateFunction.SUM, List.of(3), false, SqlType.decimal(38, 2)),
                    call(AggregateFunction.MIN, List.of(1), false, SqlType.TEXT),
                    call(AggregateFunction.MAX, List.of(0), false, SqlType.BIGINT));
            List<Field> output = new ArrayList<>();
            keys.forEach(key -> output.add(FIELDS.get(key)));
            calls.forEach(call -> output.add(new Field(call.function().sqlName(), call.type(), true)));
            check(
                    new PhysicalPlan.Aggregate(scan(1, 4), keys, calls, output, 1),
                    rows(random.nextInt(4) == 0 ? 0 : random.nextInt(9_000), random.nextBoolean() ? 20 : 5_000));
        }
    }

    private static AggregateCall call(AggregateFunction function, List<Integer> args, boolean distinct, SqlType type) {
        return new AggregateCall(function, args, distinct, Optional.empty(), List.of(), type);
    }

    /** One thread leaves ties as they were. */
    @Test
    void sortsAreStable() {
        for (int round = 0; round < 60; round++) {
            List<SortKey> keys = List.of(
                    new SortKey(random.nextInt(4), random.nextBoolean(), random.nextBoolean()),
                    new SortKey(random.nextInt(4), random.nextBoolean(), random.nextBoolean()));
            Optional<Expr> offset =
                    random.nextBoolean() ? Optional.of(RandomPlans.number(random.nextInt(30))) : Optional.empty();
            Optional<Expr> fetch =
                    random.nextBoolean() ? Optional.of(RandomPlans.number(random.nextInt(100))) : Optional.empty();
            PhysicalPlan sort = new PhysicalPlan.Sort(scan(1, 4), keys, offset, fetch, 1);
            List<List<@Nullable Object>> rows = rows(random.nextInt(20_000), 5_000);
            assertThat(actual(sort, 1, rows)).as("seed %d: %s", seed, sort).isEqualTo(expected(sort, rows));
        }
    }

    @Test
    void setOperations() {
        for (int round = 0; round < 40; round++) {
            PhysicalPlan.SetOperation.Kind kind =
                    Samples.pick(List.of(PhysicalPlan.SetOperation.Kind.values()), random);
            check(
                    new PhysicalPlan.SetOperation(
                            scan(1, 2), scan(2, 2), kind, random.nextBoolean(), FIELDS.subList(0, 2), 1),
                    rows(random.nextInt(400), 20),
                    rows(random.nextInt(400), 20));
        }
    }
}
