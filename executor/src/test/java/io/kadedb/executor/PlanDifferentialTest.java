package io.kadedb.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.planner.physical.AggregateFunction;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.PhysicalPlan.AggregateCall;
import io.kadedb.planner.physical.PhysicalPlan.JoinType;
import io.kadedb.planner.physical.PhysicalPlan.SortKey;
import io.kadedb.planner.physical.ScalarFunction;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Random rows through plans, against what a row-at-a-time evaluation gives. */
class PlanDifferentialTest {
    private static final List<Field> FIELDS = List.of(
            new Field("k", SqlType.BIGINT, true),
            new Field("t", SqlType.TEXT, true),
            new Field("d", SqlType.DATE, true),
            new Field("n", SqlType.decimal(12, 2), true));

    private static final List<JoinType> TYPES = List.of(JoinType.values());

    private static List<List<@Nullable Object>> randomRows(Random random, int rows, int keys) {
        List<List<@Nullable Object>> out = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            int key = random.nextInt(keys);
            out.add(Arrays.asList(
                    random.nextInt(10) == 0 ? null : (Object) (key * (keys > 100 ? 1_000_003L : 1L)),
                    random.nextInt(10) == 0 ? null : "text " + "x".repeat(key % 9) + key % 13,
                    random.nextInt(10) == 0 ? null : (Object) (long) (key % 17),
                    random.nextInt(10) == 0 ? null : BigDecimal.valueOf(random.nextInt(100_000) - 50_000, 2)));
        }
        return out;
    }

    private static List<String> sorted(List<List<@Nullable Object>> rows) {
        return rows.stream().map(String::valueOf).sorted().toList();
    }

    private static Expr column(int index) {
        Field field = Plans.concat(FIELDS, FIELDS).get(index);
        return new Expr.Column(index, field.type(), true);
    }

    @Test
    void joinsGiveWhatNestedLoopsGive() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        int[][] keySets = {{0}, {1}, {0, 1}, {2}, {0, 2, 3}};
        for (int round = 0; round < 40; round++) {
            int keyRange = random.nextBoolean() ? 20 : 3_000;
            List<List<@Nullable Object>> left =
                    randomRows(random, random.nextInt(5) == 0 ? 0 : random.nextInt(600), keyRange);
            List<List<@Nullable Object>> right =
                    randomRows(random, random.nextInt(5) == 0 ? 0 : random.nextInt(300), keyRange);
            int[] keys = keySets[random.nextInt(keySets.length)];
            JoinType type = TYPES.get(random.nextInt(TYPES.size()));
            keys = type == JoinType.NULL_AWARE_ANTI ? new int[] {keys[0]} : keys;
            boolean nullsEqual = type != JoinType.NULL_AWARE_ANTI && random.nextInt(4) == 0;
            boolean conditional = random.nextInt(3) == 0;
            Optional<Expr> residual = conditional
                    ? Optional.of(
                            new Expr.Call(ScalarFunction.LE, List.of(column(3), column(7)), SqlType.BOOLEAN, true))
                    : Optional.empty();
            BiPredicate<List<@Nullable Object>, List<@Nullable Object>> test = (l, r) -> !conditional
                    || (l.get(3) instanceof BigDecimal a && r.get(3) instanceof BigDecimal b && a.compareTo(b) <= 0);
            List<Integer> ordinals = Arrays.stream(keys).boxed().toList();
            List<Field> output = type.leftOnly() ? FIELDS : Plans.concat(FIELDS, FIELDS);
            try (Plans plans = new Plans(1 + random.nextInt(3))) {
                PhysicalPlan l = plans.transaction.table("l", FIELDS, left);
                PhysicalPlan r = plans.transaction.table("r", FIELDS, right);
                PhysicalPlan join =
                        new PhysicalPlan.HashJoin(l, r, type, ordinals, ordinals, residual, nullsEqual, output, 1);
                assertThat(sorted(plans.run(join)))
                        .as(
                                "seed %d round %d %s keys %s nullsEqual %s residual %s",
                                seed, round, type, ordinals, nullsEqual, conditional)
                        .isEqualTo(sorted(NaiveRows.join(left, right, type, keys, nullsEqual, test, 4, 4)));
                if (type != JoinType.NULL_AWARE_ANTI) {
                    PhysicalPlan loop = new PhysicalPlan.NestedLoopJoin(l, r, type, residual, output, 1);
                    assertThat(sorted(plans.run(loop)))
                            .as("seed %d round %d loop %s", seed, round, type)
                            .isEqualTo(sorted(NaiveRows.join(left, right, type, new int[0], true, test, 4, 4)));
                }
            }
        }
    }

    @Test
    void aggregatesGiveWhatMapsGive() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 60; round++) {
            List<List<@Nullable Object>> rows = randomRows(
                    random, random.nextInt(4) == 0 ? 0 : random.nextInt(9_000), random.nextBoolean() ? 20 : 5_000);
            List<Integer> keys = List.of(
                            List.<Integer>of(), List.of(0), List.of(1), List.of(0, 1), List.of(2), List.of(3, 1, 2))
                    .get(random.nextInt(6));
            List<AggregateCall> calls = List.of(
                    call(AggregateFunction.COUNT_STAR, List.of(), false, SqlType.BIGINT),
                    call(AggregateFunction.COUNT, List.of(1), true, SqlType.BIGINT),
                    call(AggregateFunction.SUM, List.of(3), false, SqlType.decimal(38, 2)),
                    call(AggregateFunction.MIN, List.of(1), false, SqlType.TEXT),
                    call(AggregateFunction.MAX, List.of(0), false, SqlType.BIGINT));
            List<Field> output = new ArrayList<>();
            keys.forEach(k -> output.add(FIELDS.get(k)));
            calls.forEach(c -> output.add(new Field(c.function().sqlName(), c.type(), true)));
            try (Plans plans = new Plans(1 + random.nextInt(3))) {
                PhysicalPlan scan = plans.transaction.table("t", FIELDS, rows);
                PhysicalPlan aggregate = new PhysicalPlan.Aggregate(scan, keys, calls, output, 1);
                assertThat(sorted(plans.run(aggregate)))
                        .as("seed %d round %d keys %s", seed, round, keys)
                        .isEqualTo(sorted(naiveAggregate(rows, keys)));
            }
        }
    }

    private static AggregateCall call(AggregateFunction function, List<Integer> args, boolean distinct, SqlType type) {
        return new AggregateCall(function, args, distinct, Optional.empty(), List.of(), type);
    }

    private static List<List<@Nullable Object>> naiveAggregate(List<List<@Nullable Object>> rows, List<Integer> keys) {
        Map<List<@Nullable Object>, List<List<@Nullable Object>>> groups = new LinkedHashMap<>();
        if (keys.isEmpty()) {
            groups.put(List.of(), new ArrayList<>());
        }
        for (List<@Nullable Object> row : rows) {
            List<@Nullable Object> key = new ArrayList<>();
            keys.forEach(k -> key.add(row.get(k)));
            groups.computeIfAbsent(key, k -> new ArrayList<>()).add(row);
        }
        List<List<@Nullable Object>> out = new ArrayList<>();
        groups.forEach((key, members) -> {
            List<@Nullable Object> row = new ArrayList<>(key);
            row.add((long) members.size());
            row.add(members.stream()
                    .map(m -> m.get(1))
                    .filter(Objects::nonNull)
                    .distinct()
                    .count());
            row.add(members.stream()
                    .map(m -> (BigDecimal) m.get(3))
                    .filter(Objects::nonNull)
                    .reduce(BigDecimal::add)
                    .orElse(null));
            row.add(members.stream()
                    .map(m -> (String) m.get(1))
                    .filter(Objects::nonNull)
                    .min(Comparator.naturalOrder())
                    .orElse(null));
            row.add(members.stream()
                    .map(m -> (Long) m.get(0))
                    .filter(Objects::nonNull)
                    .max(Comparator.naturalOrder())
                    .orElse(null));
            out.add(row);
        });
        return out;
    }

    @Test
    void sortsAreStableAndPutNullsWhereAsked() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 60; round++) {
            List<List<@Nullable Object>> rows = randomRows(random, random.nextInt(20_000), 5_000);
            List<SortKey> keys = List.of(
                    new SortKey(random.nextInt(4), random.nextBoolean(), random.nextBoolean()),
                    new SortKey(random.nextInt(4), random.nextBoolean(), random.nextBoolean()));
            Optional<Expr> offset = random.nextBoolean() ? Optional.of(number(random.nextInt(30))) : Optional.empty();
            Optional<Expr> fetch = random.nextBoolean() ? Optional.of(number(random.nextInt(100))) : Optional.empty();
            try (Plans plans = new Plans(1)) {
                PhysicalPlan scan = plans.transaction.table("t", FIELDS, rows);
                List<List<@Nullable Object>> expected = new ArrayList<>(rows);
                Comparator<List<@Nullable Object>> order = (a, b) -> compare(a, b, keys);
                expected.sort(order);
                int from = Math.min(
                        expected.size(), offset.map(PlanDifferentialTest::value).orElse(0));
                int to = Math.min(
                        expected.size(), fetch.map(f -> from + value(f)).orElse(expected.size()));
                assertThat(plans.run(new PhysicalPlan.Sort(scan, keys, offset, fetch, 1)))
                        .as("seed %d round %d %s", seed, round, keys)
                        .isEqualTo(expected.subList(from, to));
            }
        }
    }

    private static Expr number(int value) {
        return new Expr.Literal((long) value, SqlType.BIGINT);
    }

    private static int value(Expr literal) {
        return literal instanceof Expr.Literal(Object value, SqlType type) && value instanceof Long number
                ? number.intValue()
                : -1;
    }

    @SuppressWarnings("unchecked")
    private static int compare(List<@Nullable Object> a, List<@Nullable Object> b, List<SortKey> keys) {
        for (SortKey key : keys) {
            Object x = a.get(key.column());
            Object y = b.get(key.column());
            int order;
            if (x == null || y == null) {
                order = (x == null) == (y == null) ? 0 : (x == null) == key.nullsFirst() ? -1 : 1;
            } else {
                order = key.descending()
                        ? ((Comparable<Object>) y).compareTo(x)
                        : ((Comparable<Object>) x).compareTo(y);
            }
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    @Test
    void setOperationsCountRows() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 40; round++) {
            List<Field> fields = FIELDS.subList(0, 2);
            List<List<@Nullable Object>> left = narrow(randomRows(random, random.nextInt(400), 20));
            List<List<@Nullable Object>> right = narrow(randomRows(random, random.nextInt(400), 20));
            boolean all = random.nextBoolean();
            PhysicalPlan.SetOperation.Kind kind = random.nextBoolean()
                    ? PhysicalPlan.SetOperation.Kind.INTERSECT
                    : PhysicalPlan.SetOperation.Kind.EXCEPT;
            List<List<@Nullable Object>> rest = new ArrayList<>(right);
            List<List<@Nullable Object>> expected = new ArrayList<>();
            for (List<@Nullable Object> row : all ? left : new ArrayList<>(new LinkedHashSet<>(left))) {
                boolean there = all ? rest.remove(row) : rest.contains(row);
                if (there == (kind == PhysicalPlan.SetOperation.Kind.INTERSECT)) {
                    expected.add(row);
                }
            }
            try (Plans plans = new Plans(2)) {
                PhysicalPlan l = plans.transaction.table("l", fields, left);
                PhysicalPlan r = plans.transaction.table("r", fields, right);
                assertThat(sorted(plans.run(new PhysicalPlan.SetOperation(l, r, kind, all, fields, 1))))
                        .as("seed %d round %d %s %s", seed, round, kind, all)
                        .isEqualTo(sorted(expected));
            }
        }
    }

    private static List<List<@Nullable Object>> narrow(List<List<@Nullable Object>> rows) {
        List<List<@Nullable Object>> narrow = new ArrayList<>();
        rows.forEach(row -> narrow.add(new ArrayList<>(row.subList(0, 2))));
        return narrow;
    }
}
