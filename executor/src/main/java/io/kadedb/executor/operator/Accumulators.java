package io.kadedb.executor.operator;

import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.planner.physical.AggregateFunction;
import io.kadedb.planner.physical.PhysicalPlan.AggregateCall;
import io.kadedb.planner.physical.PhysicalPlan.SortKey;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** Chooses the accumulator of an aggregate call. */
final class Accumulators {
    private Accumulators() {}

    static Accumulator of(AggregateCall call, List<Field> input, ZoneId zone, MemoryPool memory) {
        return switch (call.function()) {
            case COUNT_STAR, COUNT -> new CountAccumulator(memory);
            case SUM -> sum(argument(call, input), call.type(), false, memory);
            case AVG -> sum(argument(call, input), call.type(), true, memory);
            case MIN -> extreme(argument(call, input), false, memory);
            case MAX -> extreme(argument(call, input), true, memory);
            case BOOL_AND -> new BooleanAccumulator(true, memory);
            case BOOL_OR -> new BooleanAccumulator(false, memory);
            case BIT_AND, BIT_OR, BIT_XOR -> new BitsAccumulator(call.function(), memory);
            case STDDEV_SAMP, STDDEV_POP, VAR_SAMP, VAR_POP ->
                new VarianceAccumulator(call.function(), call.type(), memory);
            case STRING_AGG -> textList(call, input, memory);
            case ARRAY_AGG -> array(call, input, memory);
            case CORR,
                    COVAR_POP,
                    COVAR_SAMP,
                    REGR_COUNT,
                    REGR_AVGX,
                    REGR_AVGY,
                    REGR_SXX,
                    REGR_SYY,
                    REGR_SXY,
                    REGR_SLOPE,
                    REGR_INTERCEPT,
                    REGR_R2 -> new PairAccumulator(call.function(), memory);
            case PERCENTILE_CONT, PERCENTILE_DISC, MODE ->
                new OrderedSetAccumulator(
                        call.function(),
                        call.args().stream().map(input::get).toList(),
                        call.orderBy().getFirst().descending(),
                        memory);
            case JSON_AGG,
                    JSON_AGG_STRICT,
                    JSON_OBJECT_AGG,
                    JSON_OBJECT_AGG_STRICT,
                    JSON_OBJECT_AGG_UNIQUE,
                    JSON_OBJECT_AGG_UNIQUE_STRICT -> documents(call, input, zone, memory);
            case FIRST -> valueAt(call, input, false, true, memory);
            case LAST -> valueAt(call, input, true, true, memory);
            case ARG_MIN -> valueAt(call, input, false, false, memory);
            case ARG_MAX -> valueAt(call, input, true, false, memory);
            case ANY_VALUE -> new FirstValueAccumulator(argument(call, input), false, memory);
            case SINGLE_VALUE -> new FirstValueAccumulator(argument(call, input), true, memory);
        };
    }

    private static SqlType argument(AggregateCall call, List<Field> input) {
        return input.get(call.args().getFirst()).type();
    }

    private static Accumulator sum(SqlType argument, SqlType result, boolean average, MemoryPool memory) {
        return switch (argument.layout()) {
            case FLOAT32, FLOAT64 -> new DoubleSumAccumulator(result, average, memory);
            case INT16, INT32, INT64, INT128 -> new ExactSumAccumulator(argument, result, average, memory);
            case BIT, INTERVAL, BYTES16, VARBYTES -> throw KadeException.internal("no sum of " + argument, null);
        };
    }

    private static Accumulator extreme(SqlType type, boolean greatest, MemoryPool memory) {
        return switch (type.layout()) {
            case BIT, INT16, INT32, INT64, FLOAT32, FLOAT64 -> new ExtremeAccumulator(type, greatest, memory);
            case INT128, INTERVAL, BYTES16, VARBYTES -> new WideExtremeAccumulator(type, greatest, memory);
        };
    }

    private static Accumulator valueAt(
            AggregateCall call, List<Field> input, boolean greatest, boolean nulls, MemoryPool memory) {
        SqlType key = input.get(call.args().get(1)).type();
        return new ValueAtAccumulator(argument(call, input), key, greatest, nulls, memory);
    }

    private static Accumulator documents(AggregateCall call, List<Field> input, ZoneId zone, MemoryPool memory) {
        List<Field> arguments = new ArrayList<>();
        List<SortKey> order = ordered(call, input, arguments);
        return new DocumentAccumulator(arguments, call.function(), call.type(), order, zone, memory);
    }

    private static Accumulator array(AggregateCall call, List<Field> input, MemoryPool memory) {
        List<Field> arguments = new ArrayList<>();
        List<SortKey> order = ordered(call, input, arguments);
        return new ArrayAccumulator(arguments, order, call.type(), memory);
    }

    private static Accumulator textList(AggregateCall call, List<Field> input, MemoryPool memory) {
        List<Field> arguments = new ArrayList<>();
        List<SortKey> order = ordered(call, input, arguments);
        return new TextListAccumulator(arguments, call.args().size() > 1, order, memory);
    }

    /** Gathers the arguments and, behind them, the columns they are ordered by; gives the order over them. */
    private static List<SortKey> ordered(AggregateCall call, List<Field> input, List<Field> arguments) {
        List<SortKey> order = new ArrayList<>();
        call.args().forEach(ordinal -> arguments.add(input.get(ordinal)));
        for (SortKey key : call.orderBy()) {
            order.add(new SortKey(arguments.size(), key.descending(), key.nullsFirst()));
            arguments.add(input.get(key.column()));
        }
        return order;
    }

    /** The input columns an accumulator is given, in order. */
    static int[] columns(AggregateCall call) {
        List<Integer> columns = new ArrayList<>(call.args());
        if (keepsRows(call.function())) {
            call.orderBy().forEach(key -> columns.add(key.column()));
        }
        return JoinSpec.ints(columns);
    }

    private static boolean keepsRows(AggregateFunction function) {
        return switch (function) {
            case STRING_AGG, ARRAY_AGG -> true;
            default -> function.makesJson();
        };
    }

    /** The argument whose NULLs {@link #skipsNulls} is about. */
    static int decisive(AggregateFunction function) {
        return Math.max(0, function.keyArgument());
    }

    /** Whether rows with a NULL argument, the {@link #decisive} one, do not count. */
    static boolean skipsNulls(AggregateFunction function) {
        return switch (function) {
            case COUNT_STAR, SINGLE_VALUE, ARRAY_AGG -> false;
            default -> !function.makesJson();
        };
    }

    /** Whether DISTINCT makes a difference. */
    static boolean distinctMatters(AggregateCall call) {
        return call.distinct()
                && switch (call.function()) {
                    case COUNT_STAR, MIN, MAX, BOOL_AND, BOOL_OR, BIT_AND, BIT_OR, ANY_VALUE, SINGLE_VALUE -> false;
                    case FIRST, LAST, ARG_MIN, ARG_MAX -> false;
                    default -> true;
                };
    }
}
