package io.kadedb.executor.reference;

import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.planner.physical.AggregateFunction;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.PhysicalPlan.AggregateCall;
import io.kadedb.planner.physical.PhysicalPlan.SortKey;
import io.kadedb.planner.types.TypeRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Makes random groupings and aggregates. */
final class RandomAggregates {
    private static final List<AggregateFunction> OF_PAIRS = List.of(
            AggregateFunction.CORR,
            AggregateFunction.COVAR_POP,
            AggregateFunction.COVAR_SAMP,
            AggregateFunction.REGR_COUNT,
            AggregateFunction.REGR_AVGX,
            AggregateFunction.REGR_AVGY,
            AggregateFunction.REGR_SXX,
            AggregateFunction.REGR_SYY,
            AggregateFunction.REGR_SXY,
            AggregateFunction.REGR_SLOPE,
            AggregateFunction.REGR_INTERCEPT,
            AggregateFunction.REGR_R2);

    private static final List<AggregateFunction> AT_KEYS = List.of(
            AggregateFunction.FIRST, AggregateFunction.LAST, AggregateFunction.ARG_MIN, AggregateFunction.ARG_MAX);

    private final Random random;
    private int names;

    RandomAggregates(Random random) {
        this.random = random;
    }

    /** A call and whether its value is not to be computed with: an array, or a sum that depends on the order of additions. */
    record Made(AggregateCall call, boolean approximate) {}

    PhysicalPlan aggregate(PhysicalPlan input) {
        PhysicalPlan below = withFraction(input);
        List<Integer> keys = keys(input, random.nextInt(4));
        List<AggregateCall> calls = new ArrayList<>();
        List<Field> output = new ArrayList<>();
        List<Integer> determined = new ArrayList<>();
        if (!keys.isEmpty() && random.nextInt(3) == 0) {
            int again = keys.get(random.nextInt(keys.size()));
            determined.add(random.nextBoolean() ? keys.indexOf(again) : keys.size());
            keys = new ArrayList<>(keys);
            keys.add(again);
        }
        keys.forEach(key -> output.add(input.output().get(key)));
        add(below, input.output().size(), keys.isEmpty() ? 1 : 0, calls, output);
        return keys.isEmpty() && calls.isEmpty()
                ? input
                : new PhysicalPlan.Aggregate(below, keys, determined, calls, output, random.nextInt(1000));
    }

    PhysicalPlan groupingSets(PhysicalPlan input) {
        PhysicalPlan below = withFraction(input);
        List<Integer> keys = keys(input, random.nextInt(1, 4));
        List<List<Integer>> sets = new ArrayList<>();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            List<Integer> set = new ArrayList<>();
            for (int place = 0; place < keys.size(); place++) {
                if (random.nextBoolean()) {
                    set.add(place);
                }
            }
            sets.add(set);
        }
        List<Field> output = new ArrayList<>();
        for (int key : keys) {
            Field field = input.output().get(key);
            output.add(new Field(field.name(), field.type(), true));
        }
        output.add(new Field("set", SqlType.INTEGER, false));
        List<AggregateCall> calls = new ArrayList<>();
        add(below, input.output().size(), 0, calls, output);
        return new PhysicalPlan.GroupingSets(below, keys, sets, calls, output, random.nextInt(1000));
    }

    /** The values of a row that is alone. */
    PhysicalPlan single(PhysicalPlan input) {
        Field field = input.output().getFirst();
        AggregateCall call = new AggregateCall(
                AggregateFunction.SINGLE_VALUE, List.of(0), false, Optional.empty(), List.of(), field.type());
        List<Field> output = List.of(new Field("single", field.type(), true));
        return new PhysicalPlan.Aggregate(input, List.of(), List.of(call), output, 1);
    }

    private void add(PhysicalPlan below, int width, int least, List<AggregateCall> calls, List<Field> output) {
        for (int i = random.nextInt(least, 4); i > 0; i--) {
            Made made = call(below.output(), width, true);
            calls.add(made.call());
            boolean counts = made.call().function() == AggregateFunction.COUNT
                    || made.call().function() == AggregateFunction.COUNT_STAR
                    || made.call().function() == AggregateFunction.REGR_COUNT;
            output.add(new Field(
                    (made.approximate() ? "~" : "a") + ++names, made.call().type(), !counts));
        }
    }

    /** Percentiles want their fraction in a column. */
    private static PhysicalPlan withFraction(PhysicalPlan input) {
        List<Expr> expressions = new ArrayList<>(RandomPlans.columns(input.output()));
        List<Field> output = new ArrayList<>(input.output());
        expressions.add(new Expr.Literal(0.3, SqlType.DOUBLE));
        output.add(new Field("fraction", SqlType.DOUBLE, false));
        return new PhysicalPlan.Project(input, expressions, output);
    }

    private List<Integer> keys(PhysicalPlan input, int wanted) {
        List<Integer> columns = RandomWindows.shuffled(input.output().size(), random);
        return List.copyOf(columns.subList(0, Math.min(wanted, columns.size())));
    }

    /**
     * An aggregate of one of the first columns.
     *
     * @param width how many there are, before the fraction
     * @param grouped whether it may have a filter, an order and DISTINCT
     */
    Made call(List<Field> fields, int width, boolean grouped) {
        int arg = random.nextInt(width);
        SqlType type = fields.get(arg).type();
        Optional<Integer> filter =
                grouped && random.nextInt(4) == 0 ? column(fields, width, SqlType.BOOLEAN) : Optional.empty();
        boolean distinct = grouped && random.nextInt(3) == 0;
        List<SortKey> byArgument = List.of(new SortKey(arg, random.nextBoolean(), random.nextBoolean()));
        switch (random.nextInt(grouped ? 12 : 7)) {
            case 0 -> {
                return new Made(call(AggregateFunction.COUNT_STAR, List.of(), filter, SqlType.BIGINT), false);
            }
            case 1 -> {
                return new Made(
                        new AggregateCall(
                                AggregateFunction.COUNT, List.of(arg), distinct, filter, List.of(), SqlType.BIGINT),
                        false);
            }
            case 2, 3 -> {
                if (type.equals(SqlType.BOOLEAN)) {
                    return new Made(
                            call(
                                    random.nextBoolean() ? AggregateFunction.BOOL_AND : AggregateFunction.BOOL_OR,
                                    List.of(arg),
                                    filter,
                                    type),
                            false);
                }
                List<AggregateFunction> bits =
                        List.of(AggregateFunction.BIT_AND, AggregateFunction.BIT_OR, AggregateFunction.BIT_XOR);
                if (type.isInteger() && random.nextInt(3) == 0) {
                    AggregateFunction function = bits.get(random.nextInt(bits.size()));
                    return new Made(
                            new AggregateCall(function, List.of(arg), distinct, filter, List.of(), type), false);
                }
                if (random.nextInt(3) == 0) {
                    // Of rows with equal keys any may give the value, which therefore is the key.
                    return new Made(call(Samples.pick(AT_KEYS, random), List.of(arg, arg), filter, type), false);
                }
                AggregateFunction function = random.nextBoolean() ? AggregateFunction.MIN : AggregateFunction.MAX;
                return new Made(call(function, List.of(arg), filter, type), false);
            }
            case 7 -> {
                SqlType array = SqlType.array(type);
                return new Made(
                        new AggregateCall(
                                AggregateFunction.ARRAY_AGG, List.of(arg), distinct, filter, byArgument, array),
                        true);
            }
            case 8 -> {
                return new Made(
                        new AggregateCall(AggregateFunction.MODE, List.of(arg), false, filter, byArgument, type),
                        false);
            }
            case 9 -> {
                return new Made(
                        new AggregateCall(
                                AggregateFunction.PERCENTILE_DISC,
                                List.of(arg, width),
                                false,
                                filter,
                                byArgument,
                                type),
                        false);
            }
            default -> {}
        }
        return ofKind(fields, arg, distinct, filter, byArgument, grouped, width);
    }

    private Made ofKind(
            List<Field> fields,
            int arg,
            boolean distinct,
            Optional<Integer> filter,
            List<SortKey> byArgument,
            boolean grouped,
            int width) {
        SqlType type = fields.get(arg).type();
        if (type.equals(SqlType.TEXT) && grouped) {
            return new Made(
                    new AggregateCall(AggregateFunction.STRING_AGG, List.of(arg), distinct, filter, byArgument, type),
                    false);
        }
        boolean floating = TypeRules.isFloat(type);
        if (type.equals(SqlType.DOUBLE) && random.nextBoolean()) {
            return ofDoubles(arg, filter, byArgument, grouped, width);
        }
        if (type.isNumeric()) {
            boolean average = random.nextBoolean();
            return new Made(
                    new AggregateCall(
                            average ? AggregateFunction.AVG : AggregateFunction.SUM,
                            List.of(arg),
                            distinct,
                            filter,
                            List.of(),
                            average ? TypeRules.average(type) : TypeRules.sum(type)),
                    floating);
        }
        return new Made(
                new AggregateCall(AggregateFunction.COUNT, List.of(arg), distinct, filter, List.of(), SqlType.BIGINT),
                false);
    }

    private Made ofDoubles(int arg, Optional<Integer> filter, List<SortKey> byArgument, boolean grouped, int width) {
        SqlType type = SqlType.DOUBLE;
        if (grouped && random.nextInt(3) == 0) {
            return new Made(
                    new AggregateCall(
                            AggregateFunction.PERCENTILE_CONT, List.of(arg, width), false, filter, byArgument, type),
                    true);
        }
        if (random.nextBoolean()) {
            AggregateFunction function = Samples.pick(OF_PAIRS, random);
            boolean counts = function == AggregateFunction.REGR_COUNT;
            return new Made(call(function, List.of(arg, arg), filter, counts ? SqlType.BIGINT : type), !counts);
        }
        AggregateFunction function = Samples.pick(
                List.of(
                        AggregateFunction.VAR_POP,
                        AggregateFunction.VAR_SAMP,
                        AggregateFunction.STDDEV_POP,
                        AggregateFunction.STDDEV_SAMP),
                random);
        return new Made(call(function, List.of(arg), filter, type), true);
    }

    private Optional<Integer> column(List<Field> fields, int width, SqlType type) {
        for (int i = 0; i < width; i++) {
            if (fields.get(i).type().equals(type)) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    private static AggregateCall call(
            AggregateFunction function, List<Integer> args, Optional<Integer> filter, SqlType type) {
        return new AggregateCall(function, args, false, filter, List.of(), type);
    }
}
