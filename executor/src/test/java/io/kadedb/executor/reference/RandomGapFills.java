package io.kadedb.executor.reference;

import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.planner.physical.AggregateFunction;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.PhysicalPlan.AggregateCall;
import io.kadedb.planner.physical.PhysicalPlan.GapFill;
import io.kadedb.planner.physical.ScalarFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** Makes random gap filling over groupings by buckets of integers. */
final class RandomGapFills {
    private final Random random;

    RandomGapFills(Random random) {
        this.random = random;
    }

    /** The input's rows by buckets of one of its integers; the input itself if it has none. */
    PhysicalPlan over(PhysicalPlan input) {
        List<Integer> integers = IntStream.range(0, input.output().size())
                .filter(i -> input.output().get(i).type().isInteger())
                .boxed()
                .toList();
        if (integers.isEmpty()) {
            return input;
        }
        int column = Samples.pick(integers, random);
        Field time = input.output().get(column);
        Expr.Literal width = new Expr.Literal((long) random.nextInt(1, 8), time.type());
        List<Expr> expressions = new ArrayList<>(RandomPlans.columns(input.output()));
        Expr parts = call(ScalarFunction.DIVIDE, expressions.get(column), width, time);
        expressions.add(call(ScalarFunction.MULTIPLY, parts, width, time));
        List<Field> output = new ArrayList<>(input.output());
        output.add(new Field("bucket", time.type(), time.nullable()));
        PhysicalPlan below = new PhysicalPlan.Project(input, expressions, output);

        List<Integer> keys = new ArrayList<>(List.of(output.size() - 1));
        keys.addAll(RandomWindows.shuffled(input.output().size(), random)
                .subList(0, random.nextInt(Math.min(3, input.output().size() + 1))));
        List<Field> grouped = new ArrayList<>(keys.stream().map(output::get).toList());
        int value = random.nextInt(input.output().size());
        SqlType type = output.get(value).type();
        List<AggregateCall> calls = List.of(
                new AggregateCall(
                        AggregateFunction.COUNT_STAR, List.of(), false, Optional.empty(), List.of(), SqlType.BIGINT),
                new AggregateCall(AggregateFunction.MAX, List.of(value), false, Optional.empty(), List.of(), type));
        grouped.add(new Field("count", SqlType.BIGINT, false));
        grouped.add(new Field("most", type, true));
        PhysicalPlan groups = new PhysicalPlan.Aggregate(below, keys, calls, grouped, 10);
        return fill(groups, keys.size(), width);
    }

    private static Expr call(ScalarFunction function, Expr a, Expr b, Field time) {
        return new Expr.Call(function, List.of(a, b), time.type(), time.nullable());
    }

    private PhysicalPlan fill(PhysicalPlan groups, int keys, Expr.Literal width) {
        List<Field> output = new ArrayList<>();
        for (int i = 0; i < groups.output().size(); i++) {
            Field field = groups.output().get(i);
            output.add(i < keys ? field : new Field(field.name(), field.type(), true));
        }
        List<GapFill.Fill> fills = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            boolean interpolated = random.nextInt(3) == 0;
            int value = keys + (interpolated ? 0 : random.nextInt(2));
            fills.add(new GapFill.Fill(
                    interpolated ? GapFill.Method.INTERPOLATE : GapFill.Method.LOCF,
                    value,
                    List.of(),
                    List.of(),
                    !interpolated && random.nextBoolean()));
            output.add(new Field("fill" + i, groups.output().get(value).type(), true));
        }
        long start = random.nextInt(-20, 20);
        long finish = start + random.nextInt(-1, 40);
        return new GapFill(
                groups,
                0,
                IntStream.range(1, keys).boxed().toList(),
                width,
                Optional.empty(),
                List.of(new GapFill.Bound(new Expr.Literal(start, width.type()), random.nextBoolean())),
                List.of(new GapFill.Bound(new Expr.Literal(finish, width.type()), random.nextBoolean())),
                fills,
                output);
    }
}
