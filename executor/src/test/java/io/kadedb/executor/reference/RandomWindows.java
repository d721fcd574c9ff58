package io.kadedb.executor.reference;

import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.PhysicalPlan.SortKey;
import io.kadedb.planner.physical.ScalarFunction;
import io.kadedb.planner.physical.WindowCall;
import io.kadedb.planner.physical.WindowFrame;
import io.kadedb.planner.physical.WindowFrame.Bound;
import io.kadedb.planner.physical.WindowFrame.Mode;
import io.kadedb.planner.physical.WindowFrame.Place;
import io.kadedb.planner.physical.WindowFunction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Makes random windows: functions that look at places have an order that leaves nothing open. */
final class RandomWindows {
    private final Random random;
    private final RandomAggregates aggregates;
    private int names;

    RandomWindows(Random random) {
        this.random = random;
        this.aggregates = new RandomAggregates(random);
    }

    static List<Integer> shuffled(int size, Random random) {
        List<Integer> columns = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            columns.add(i);
        }
        Collections.shuffle(columns, random);
        return columns;
    }

    private SortKey key(int column) {
        return new SortKey(column, random.nextBoolean(), random.nextBoolean());
    }

    PhysicalPlan window(PhysicalPlan input) {
        int width = input.output().size();
        List<Integer> partition = shuffled(width, random).subList(0, random.nextInt(Math.min(3, width + 1)));
        return random.nextInt(4) == 0 ? ranged(input, partition) : ordered(input, partition);
    }

    private PhysicalPlan ordered(PhysicalPlan input, List<Integer> partition) {
        int width = input.output().size();
        boolean total = random.nextBoolean();
        List<SortKey> order = new ArrayList<>();
        for (int column : shuffled(width, random).subList(0, total ? width : random.nextInt(Math.min(3, width + 1)))) {
            order.add(key(column));
        }
        List<WindowCall> calls = new ArrayList<>();
        List<Field> output = new ArrayList<>(input.output());
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            if (random.nextBoolean()) {
                aggregated(input, frame(total, !order.isEmpty()), calls, output);
            } else {
                positional(input, total, frame(total, !order.isEmpty()), calls, output);
            }
        }
        return new PhysicalPlan.Window(input, List.copyOf(partition), order, calls, output);
    }

    private void aggregated(PhysicalPlan input, WindowFrame frame, List<WindowCall> calls, List<Field> output) {
        RandomAggregates.Made made =
                aggregates.call(input.output(), input.output().size(), false);
        calls.add(new WindowCall.Aggregated(made.call(), frame));
        output.add(new Field(
                (made.approximate() ? "~w" : "w") + ++names, made.call().type(), true));
    }

    private void positional(
            PhysicalPlan input, boolean total, WindowFrame frame, List<WindowCall> calls, List<Field> output) {
        List<WindowFunction> ranks = List.of(
                WindowFunction.RANK, WindowFunction.DENSE_RANK, WindowFunction.PERCENT_RANK, WindowFunction.CUME_DIST);
        WindowFunction function = Samples.pick(total ? List.of(WindowFunction.values()) : ranks, random);
        int arg = random.nextInt(input.output().size());
        SqlType value = input.output().get(arg).type();
        Optional<Integer> number = number(input.output());
        List<Integer> args = switch (function) {
            case ROW_NUMBER, RANK, DENSE_RANK, PERCENT_RANK, CUME_DIST -> List.of();
            case FIRST_VALUE, LAST_VALUE -> List.of(arg);
            case LAG, LEAD ->
                number.isPresent() && random.nextBoolean() ? List.of(arg, number.get(), arg) : List.of(arg);
            case NTILE -> number.map(List::of).orElse(List.of());
            case NTH_VALUE -> number.map(column -> List.of(arg, column)).orElse(List.of());
        };
        if (args.isEmpty() && (function == WindowFunction.NTILE || function == WindowFunction.NTH_VALUE)) {
            return;
        }
        SqlType type = switch (function) {
            case ROW_NUMBER, RANK, DENSE_RANK -> SqlType.BIGINT;
            case NTILE -> SqlType.INTEGER;
            case PERCENT_RANK, CUME_DIST -> SqlType.DOUBLE;
            default -> value;
        };
        calls.add(new WindowCall.Positional(function, args, frame, type));
        output.add(new Field("p" + ++names, type, true));
    }

    private static Optional<Integer> number(List<Field> fields) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).type().equals(SqlType.INTEGER)) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    private WindowFrame frame(boolean total, boolean ordered) {
        Mode mode = Samples.pick(
                total ? List.of(Mode.values()) : ordered ? List.of(Mode.RANGE, Mode.GROUPS) : List.of(Mode.RANGE),
                random);
        List<Place> places = mode == Mode.RANGE
                ? List.of(Place.UNBOUNDED_PRECEDING, Place.CURRENT_ROW, Place.UNBOUNDED_FOLLOWING)
                : List.of(Place.values());
        Place start = Samples.pick(places.subList(0, places.size() - 1), random);
        Place end = Samples.pick(
                places.stream()
                        .filter(place -> place.compareTo(start) >= 0 && place != Place.UNBOUNDED_PRECEDING)
                        .toList(),
                random);
        return new WindowFrame(mode, bound(start), bound(end), exclusion(total), Optional.empty());
    }

    private WindowFrame.Exclusion exclusion(boolean total) {
        List<WindowFrame.Exclusion> choice = total
                ? List.of(WindowFrame.Exclusion.values())
                : List.of(WindowFrame.Exclusion.NO_OTHERS, WindowFrame.Exclusion.GROUP);
        return random.nextBoolean() ? WindowFrame.Exclusion.NO_OTHERS : Samples.pick(choice, random);
    }

    private Bound bound(Place place) {
        boolean offset = place == Place.PRECEDING || place == Place.FOLLOWING;
        return offset
                ? new Bound(
                        place,
                        Optional.of(new Expr.Literal((long) random.nextInt(4), SqlType.BIGINT)),
                        Optional.empty())
                : Bound.of(place);
    }

    /** RANGE with offsets: what each row's frame ends at are columns below the window. */
    private PhysicalPlan ranged(PhysicalPlan input, List<Integer> partition) {
        Optional<Integer> column = number(input.output());
        if (column.isEmpty()) {
            return ordered(input, partition);
        }
        int width = input.output().size();
        boolean descending = random.nextBoolean();
        long before = random.nextInt(4);
        long after = random.nextInt(4);
        Expr key = new Expr.Cast(
                new Expr.Column(
                        column.get(),
                        SqlType.INTEGER,
                        input.output().get(column.get()).nullable()),
                SqlType.BIGINT);
        List<Expr> expressions = new ArrayList<>(RandomPlans.columns(input.output()));
        List<Field> output = new ArrayList<>(input.output());
        expressions.add(key);
        expressions.add(limit(descending ? ScalarFunction.ADD : ScalarFunction.SUBTRACT, key, before));
        expressions.add(limit(descending ? ScalarFunction.SUBTRACT : ScalarFunction.ADD, key, after));
        for (String name : List.of("key", "from", "to")) {
            output.add(new Field(name, SqlType.BIGINT, key.nullable()));
        }
        PhysicalPlan below = new PhysicalPlan.Project(input, expressions, output);
        WindowFrame frame = new WindowFrame(
                Mode.RANGE,
                random.nextInt(4) == 0 ? Bound.of(Place.CURRENT_ROW) : bound(Place.PRECEDING, before, width + 1),
                random.nextInt(4) == 0 ? Bound.of(Place.UNBOUNDED_FOLLOWING) : bound(Place.FOLLOWING, after, width + 2),
                exclusion(false),
                Optional.of(width));
        List<WindowCall> calls = new ArrayList<>();
        List<Field> all = new ArrayList<>(below.output());
        aggregated(below, frame, calls, all);
        SortKey order = new SortKey(column.get(), descending, random.nextBoolean());
        return new PhysicalPlan.Window(below, List.copyOf(partition), List.of(order), calls, all);
    }

    private static Bound bound(Place place, long offset, int limit) {
        return new Bound(place, Optional.of(new Expr.Literal(offset, SqlType.BIGINT)), Optional.of(limit));
    }

    private static Expr limit(ScalarFunction function, Expr key, long offset) {
        return RandomScalars.call(function, SqlType.BIGINT, key, new Expr.Literal(offset, SqlType.BIGINT));
    }
}
