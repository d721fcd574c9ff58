package io.kadedb.executor.reference;

import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.PathSelection;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.PhysicalPlan.JoinType;
import io.kadedb.planner.physical.PhysicalPlan.SortKey;
import io.kadedb.planner.physical.ScalarFunction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Makes random plans whose rows are determined but for their order. Columns whose name begins with {@code ~} hold numbers
 * that are only nearly so, or arrays: nothing is computed of them.
 */
final class RandomPlans {
    private static final int WIDEST = 7;

    private final Random random;
    private final List<RandomTables.Table> tables;
    private final List<@Nullable Object> parameters = new ArrayList<>();
    private final RandomScalars scalars;
    private final RandomLeaves leaves;
    private final RandomAggregates aggregates;
    private final RandomWindows windows;
    private Map<Integer, List<Field>> outer = Map.of();
    private int ids;
    private int names;

    RandomPlans(Random random, boolean edges, List<RandomTables.Table> tables) {
        this.random = random;
        this.tables = tables;
        this.scalars = new RandomScalars(random, edges, parameters);
        this.leaves = new RandomLeaves(random, tables, scalars);
        this.aggregates = new RandomAggregates(random);
        this.windows = new RandomWindows(random);
    }

    /** The values of the parameters the plans refer to. */
    List<@Nullable Object> parameters() {
        return parameters;
    }

    static boolean isExact(Field field) {
        return !field.name().startsWith("~");
    }

    private double rows() {
        return random.nextInt(1000);
    }

    private <T> T pick(List<T> choice) {
        return Samples.pick(choice, random);
    }

    private Field field(SqlType type, boolean nullable) {
        return new Field("x" + ++names, type, nullable);
    }

    private Expr condition(PhysicalPlan input, int depth) {
        return scalars.over(input.output(), outer).condition(depth);
    }

    static List<Expr> columns(List<Field> fields) {
        List<Expr> columns = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            columns.add(new Expr.Column(i, fields.get(i).type(), fields.get(i).nullable()));
        }
        return columns;
    }

    /** A plan of so many levels. */
    PhysicalPlan plan(int depth) {
        if (depth <= 0) {
            return leaves.leaf(outer);
        }
        PhysicalPlan plan = switch (random.nextInt(27)) {
            case 0, 1 -> filter(plan(depth - 1));
            case 2, 3 -> project(plan(depth - 1));
            case 4, 5, 6 -> aggregates.aggregate(exact(plan(depth - 1)));
            case 7 -> aggregates.groupingSets(exact(plan(depth - 1)));
            case 8, 9, 10, 11 -> join(plan(depth - 1), plan(random.nextInt(depth)));
            case 12 -> loop(plan(depth - 1), plan(random.nextInt(depth)));
            case 13 -> apply(plan(depth - 1), random.nextInt(depth));
            case 14, 15 -> sort(plan(depth - 1));
            case 16, 17 -> windows.window(exact(plan(depth - 1)));
            case 18 -> union(depth);
            case 19 -> setOperation(depth);
            case 20 -> keyJoin(plan(depth - 1));
            case 21 -> single(plan(depth - 1));
            case 22 -> leaves.check(outer);
            case 23 -> paths(depth);
            case 24 -> new RandomGapFills(random).over(exact(plan(depth - 1)));
            case 25 -> shared(depth);
            default -> recursion(depth);
        };
        return plan.output().size() > WIDEST ? narrowed(plan, WIDEST - 2) : plan;
    }

    static Expr number(long value) {
        return new Expr.Literal(value, SqlType.BIGINT);
    }

    private PhysicalPlan filter(PhysicalPlan input) {
        return new PhysicalPlan.Filter(input, condition(input, 2), rows());
    }

    private PhysicalPlan project(PhysicalPlan input) {
        scalars.over(input.output(), outer);
        List<Expr> expressions = new ArrayList<>();
        List<Field> output = new ArrayList<>();
        List<Expr> columns = columns(input.output());
        for (int i = random.nextInt(1, 6); i > 0; i--) {
            if (random.nextBoolean()) {
                int column = random.nextInt(columns.size());
                expressions.add(columns.get(column));
                output.add(input.output().get(column));
            } else {
                Expr made = scalars.of(pick(Samples.TYPES), 2);
                expressions.add(made);
                output.add(field(made.type(), made.nullable()));
            }
        }
        return new PhysicalPlan.Project(input, expressions, output);
    }

    private PhysicalPlan narrowed(PhysicalPlan input, int width) {
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            kept.add(random.nextInt(input.output().size()));
        }
        return picked(input, kept);
    }

    static PhysicalPlan picked(PhysicalPlan input, List<Integer> kept) {
        List<Expr> columns = columns(input.output());
        return new PhysicalPlan.Project(
                input,
                kept.stream().map(columns::get).toList(),
                kept.stream().map(input.output()::get).toList());
    }

    /** Without the columns that are only nearly determined. */
    private PhysicalPlan exact(PhysicalPlan input) {
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < input.output().size(); i++) {
            if (isExact(input.output().get(i))) {
                kept.add(i);
            }
        }
        if (kept.isEmpty()) {
            Expr one = new Expr.Literal(1L, SqlType.INTEGER);
            return new PhysicalPlan.Project(input, List.of(one), List.of(field(SqlType.INTEGER, false)));
        }
        return kept.size() == input.output().size() ? input : picked(input, kept);
    }

    private static List<Field> joined(PhysicalPlan left, PhysicalPlan right, JoinType type) {
        if (type.leftOnly()) {
            return left.output();
        }
        boolean leftMayLack = type == JoinType.RIGHT || type == JoinType.FULL;
        boolean rightMayLack = type == JoinType.LEFT || type == JoinType.FULL;
        List<Field> output = new ArrayList<>();
        left.output().forEach(f -> output.add(new Field(f.name(), f.type(), f.nullable() || leftMayLack)));
        right.output().forEach(f -> output.add(new Field(f.name(), f.type(), f.nullable() || rightMayLack)));
        return output;
    }

    private Expr pairCondition(PhysicalPlan left, PhysicalPlan right) {
        List<Field> both = new ArrayList<>(left.output());
        both.addAll(right.output());
        return scalars.over(both, outer).condition(1);
    }

    private PhysicalPlan join(PhysicalPlan left, PhysicalPlan right) {
        List<List<Integer>> pairs = new ArrayList<>();
        for (int l = 0; l < left.output().size(); l++) {
            for (int r = 0; r < right.output().size(); r++) {
                Field a = left.output().get(l);
                Field b = right.output().get(r);
                if (a.type().equals(b.type()) && Samples.TYPES.contains(a.type()) && isExact(a) && isExact(b)) {
                    pairs.add(List.of(l, r));
                }
            }
        }
        if (pairs.isEmpty()) {
            return loop(left, right);
        }
        if (random.nextInt(5) == 0) {
            return asof(left, right, pairs);
        }
        JoinType type = pick(List.of(JoinType.values()));
        int keys = type == JoinType.NULL_AWARE_ANTI ? 1 : random.nextInt(1, 3);
        List<Integer> leftKeys = new ArrayList<>();
        List<Integer> rightKeys = new ArrayList<>();
        for (int i = 0; i < keys; i++) {
            List<Integer> pair = pick(pairs);
            leftKeys.add(pair.get(0));
            rightKeys.add(pair.get(1));
        }
        Optional<Expr> residual = random.nextInt(3) == 0 ? Optional.of(pairCondition(left, right)) : Optional.empty();
        boolean nullsEqual = type != JoinType.NULL_AWARE_ANTI && random.nextInt(4) == 0;
        return new PhysicalPlan.HashJoin(
                left, right, type, leftKeys, rightKeys, residual, nullsEqual, joined(left, right, type), rows());
    }

    /** Of right rows with equal keys and times any may be the partner; so there are no others. */
    private PhysicalPlan asof(PhysicalPlan left, PhysicalPlan right, List<List<Integer>> pairs) {
        JoinType type = pick(List.of(JoinType.INNER, JoinType.LEFT, JoinType.RIGHT, JoinType.FULL));
        List<Integer> leftKeys = new ArrayList<>();
        List<Integer> kept = new ArrayList<>();
        List<Integer> rightKeys = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            List<Integer> pair = pick(pairs);
            leftKeys.add(pair.get(0));
            if (!kept.contains(pair.get(1))) {
                kept.add(pair.get(1));
            }
            rightKeys.add(kept.indexOf(pair.get(1)));
        }
        List<Field> output = kept.stream().map(right.output()::get).toList();
        PhysicalPlan distinct = new PhysicalPlan.Aggregate(right, kept, List.of(), output, rows());
        return new PhysicalPlan.AsofJoin(
                left,
                distinct,
                type,
                leftKeys.subList(1, leftKeys.size()),
                rightKeys.subList(1, rightKeys.size()),
                leftKeys.getFirst(),
                rightKeys.getFirst(),
                pick(List.of(ScalarFunction.GE, ScalarFunction.GT, ScalarFunction.LE, ScalarFunction.LT)),
                joined(left, distinct, type),
                rows());
    }

    private PhysicalPlan loop(PhysicalPlan left, PhysicalPlan right) {
        List<JoinType> types =
                List.of(JoinType.INNER, JoinType.LEFT, JoinType.RIGHT, JoinType.FULL, JoinType.SEMI, JoinType.ANTI);
        JoinType type = pick(types);
        Optional<Expr> condition = random.nextInt(4) == 0 ? Optional.empty() : Optional.of(pairCondition(left, right));
        return new PhysicalPlan.NestedLoopJoin(left, right, type, condition, joined(left, right, type), rows());
    }

    private PhysicalPlan apply(PhysicalPlan left, int depth) {
        int id = ++ids;
        Map<Integer, List<Field>> around = outer;
        Map<Integer, List<Field>> inside = new HashMap<>(around);
        inside.put(id, left.output());
        outer = inside;
        PhysicalPlan right = filter(plan(depth));
        outer = around;
        JoinType type = pick(List.of(JoinType.INNER, JoinType.LEFT, JoinType.SEMI, JoinType.ANTI));
        return new PhysicalPlan.Apply(id, left, right, type, joined(left, right, type), rows());
    }

    private List<SortKey> order(List<Integer> columns) {
        List<SortKey> keys = new ArrayList<>();
        columns.forEach(column -> keys.add(new SortKey(column, random.nextBoolean(), random.nextBoolean())));
        return keys;
    }

    private PhysicalPlan sort(PhysicalPlan input) {
        List<Integer> columns = RandomWindows.shuffled(input.output().size(), random);
        boolean part = input.output().stream().allMatch(RandomPlans::isExact) && random.nextBoolean();
        if (!part) {
            List<Integer> some = columns.subList(0, random.nextInt(1, columns.size() + 1)).stream()
                    .filter(column -> isExact(input.output().get(column)))
                    .toList();
            return some.isEmpty()
                    ? input
                    : new PhysicalPlan.Sort(input, order(some), Optional.empty(), Optional.empty(), rows());
        }
        Optional<Expr> offset = random.nextBoolean() ? Optional.of(number(random.nextInt(5))) : Optional.empty();
        Expr most = random.nextInt(10) == 0 ? new Expr.Literal(null, SqlType.BIGINT) : number(random.nextInt(20));
        return new PhysicalPlan.Sort(
                input, order(columns), offset, random.nextBoolean() ? Optional.of(most) : Optional.empty(), rows());
    }

    /** The input's rows with columns of these types. */
    private PhysicalPlan typed(PhysicalPlan input, List<Field> wanted) {
        scalars.over(input.output(), outer);
        List<Expr> expressions =
                wanted.stream().map(field -> scalars.of(field.type(), 1)).toList();
        List<Field> output = new ArrayList<>();
        expressions.forEach(made -> output.add(field(made.type(), made.nullable())));
        return new PhysicalPlan.Project(input, expressions, output);
    }

    private static List<Field> nullable(List<Field> fields) {
        return fields.stream().map(f -> new Field(f.name(), f.type(), true)).toList();
    }

    /** A plan with exact columns of types that expressions know. */
    private PhysicalPlan plain(int depth) {
        PhysicalPlan plan = exact(plan(depth));
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < plan.output().size(); i++) {
            if (Samples.TYPES.contains(plan.output().get(i).type())) {
                kept.add(i);
            }
        }
        return kept.isEmpty() ? leaves.scan(outer) : picked(plan, kept);
    }

    private PhysicalPlan union(int depth) {
        PhysicalPlan first = plain(depth - 1);
        List<PhysicalPlan> inputs = new ArrayList<>(List.of(first));
        for (int i = random.nextInt(1, 3); i > 0; i--) {
            inputs.add(typed(plan(random.nextInt(depth)), first.output()));
        }
        return new PhysicalPlan.UnionAll(inputs, nullable(first.output()));
    }

    private PhysicalPlan setOperation(int depth) {
        PhysicalPlan left = plain(depth - 1);
        PhysicalPlan right = random.nextBoolean() ? filter(left) : typed(plan(random.nextInt(depth)), left.output());
        return new PhysicalPlan.SetOperation(
                left,
                right,
                pick(List.of(PhysicalPlan.SetOperation.Kind.values())),
                random.nextBoolean(),
                nullable(left.output()),
                rows());
    }

    private PhysicalPlan keyJoin(PhysicalPlan input) {
        List<Integer> keys = new ArrayList<>();
        for (int i = 0; i < input.output().size(); i++) {
            if (input.output().get(i).type().equals(SqlType.BIGINT)) {
                keys.add(i);
            }
        }
        if (keys.isEmpty()) {
            return filter(input);
        }
        int table = random.nextInt(tables.size());
        List<Field> output = new ArrayList<>(input.output());
        output.addAll(nullable(tables.get(table).fields()));
        List<Integer> columns = new ArrayList<>();
        tables.get(table).fields().forEach(field -> columns.add(columns.size()));
        return new PhysicalPlan.KeyJoin(
                input, leaves.ref(table), Optional.empty(), List.of(pick(keys)), columns, output);
    }

    /** A scalar subquery: the one row beside all others. */
    private PhysicalPlan single(PhysicalPlan input) {
        PhysicalPlan value = plain(0);
        List<SortKey> order = order(RandomWindows.shuffled(value.output().size(), random));
        PhysicalPlan one =
                new PhysicalPlan.Sort(value, order, Optional.empty(), Optional.of(number(random.nextInt(2))), rows());
        PhysicalPlan aggregate = aggregates.single(one);
        return new PhysicalPlan.NestedLoopJoin(
                input, aggregate, JoinType.LEFT, Optional.empty(), joined(input, aggregate, JoinType.LEFT), rows());
    }

    /** Rows that a join reads on both sides. */
    private PhysicalPlan shared(int depth) {
        int id = ++ids;
        PhysicalPlan once = plain(random.nextInt(depth));
        PhysicalPlan rows = new PhysicalPlan.WorkingTable(id, once.output(), rows());
        PhysicalPlan left = random.nextBoolean() ? rows : filter(rows);
        JoinType type = pick(List.of(JoinType.INNER, JoinType.LEFT, JoinType.SEMI, JoinType.ANTI));
        PhysicalPlan body = new PhysicalPlan.HashJoin(
                left, rows, type, List.of(0), List.of(0), Optional.empty(), false, joined(left, rows, type), rows());
        return new PhysicalPlan.SharedRows(id, once, body);
    }

    /** A number that counts up to a bound, or what is reachable over the rows of a table. */
    private PhysicalPlan recursion(int depth) {
        int id = ++ids;
        PhysicalPlan other = plain(random.nextInt(depth));
        SqlType type = other.output().getFirst().type();
        List<Field> pair = List.of(field(SqlType.BIGINT, true), field(type, true));
        PhysicalPlan seed = new PhysicalPlan.Project(
                other,
                List.of(number(random.nextInt(3)), columns(other.output()).getFirst()),
                pair);
        PhysicalPlan working = new PhysicalPlan.WorkingTable(id, pair, rows());
        Expr counter = new Expr.Column(0, SqlType.BIGINT, true);
        PhysicalPlan part = new PhysicalPlan.Filter(
                working,
                RandomScalars.call(ScalarFunction.LT, SqlType.BOOLEAN, counter, number(random.nextInt(2, 5))),
                rows());
        Expr next = RandomScalars.call(ScalarFunction.ADD, SqlType.BIGINT, counter, number(1));
        PhysicalPlan step = new PhysicalPlan.Project(
                random.nextBoolean() ? part : filter(part),
                List.of(next, scalars.over(pair, outer).of(type, 2)),
                pair);
        return new PhysicalPlan.RecursiveUnion(id, seed, step, random.nextBoolean(), pair, rows());
    }

    /** Paths over edges that are pairs of small numbers. */
    private PhysicalPlan paths(int depth) {
        SqlType type = SqlType.BIGINT;
        List<Field> vertex = List.of(field(type, true));
        PhysicalPlan left = typed(plan(random.nextInt(depth)), vertex);
        PhysicalPlan right = typed(plan(random.nextInt(depth)), vertex);
        PhysicalPlan edges = typed(plan(random.nextInt(depth)), List.of(field(type, true), field(type, true)));
        PathSelection.Paths wanted = pick(
                List.of(PathSelection.Paths.ALL, PathSelection.Paths.SHORTEST, PathSelection.Paths.SHORTEST_GROUPS));
        PathSelection.Mode mode = pick(List.of(PathSelection.Mode.values()));
        boolean counted = wanted != PathSelection.Paths.ALL;
        PathSelection selection = new PathSelection(mode, wanted, counted ? 1 + random.nextInt(3) : 1);
        int min = random.nextInt(3);
        boolean bounded = selection.equals(PathSelection.ALL_WALKS) || random.nextBoolean();
        List<Field> output = new ArrayList<>(left.output());
        output.addAll(right.output());
        output.add(field(SqlType.BIGINT, false));
        List<PhysicalPlan.AggregateCall> calls = new ArrayList<>();
        if (wanted != PathSelection.Paths.SHORTEST && random.nextBoolean()) {
            calls.add(aggregates.call(edges.output(), 2, false).call());
            output.add(field(calls.getFirst().type(), true));
        }
        return new PhysicalPlan.PathSearch(
                left,
                edges,
                right,
                List.of(0),
                List.of(0),
                List.of(1),
                List.of(0),
                selection.tellsEdges() ? List.of(0, 1) : List.of(),
                Optional.empty(),
                selection,
                min,
                bounded ? Math.max(1, min + random.nextInt(3)) : Integer.MAX_VALUE,
                calls,
                output,
                rows());
    }
}
