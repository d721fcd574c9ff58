package io.kadedb.executor.reference;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.planner.physical.AggregateFunction;
import io.kadedb.planner.physical.PhysicalPlan.AggregateCall;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongBinaryOperator;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The aggregate functions over a list of their arguments. */
final class Aggregation {
    private static final BigInteger WIDEST = BigInteger.TEN.pow(SqlType.MAX_DECIMAL_PRECISION);

    private final AggregateCall call;
    private final List<SqlType> types;

    /** @param types of the arguments */
    Aggregation(AggregateCall call, List<SqlType> types) {
        this.call = call;
        this.types = types;
    }

    @Nullable
    Object of(List<List<@Nullable Object>> args) {
        if (call.function() == AggregateFunction.ARRAY_AGG) {
            // A list stands for an array here.
            List<@Nullable Object> elements = new ArrayList<>();
            args.forEach(row -> elements.add(row.getFirst()));
            return args.isEmpty() ? null : elements;
        }
        if (call.function().keyArgument() == 1) {
            return valueAt(args);
        }
        List<List<@Nullable Object>> rows =
                args.stream().filter(row -> row.getFirst() != null).toList();
        if (call.function() == AggregateFunction.COUNT) {
            return (long) rows.size();
        }
        return isOfPairs() ? pairs(rows) : rows.isEmpty() ? null : present(rows);
    }

    private @Nullable Object valueAt(List<List<@Nullable Object>> args) {
        boolean nulls = call.function() == AggregateFunction.FIRST || call.function() == AggregateFunction.LAST;
        boolean least = call.function() == AggregateFunction.FIRST || call.function() == AggregateFunction.ARG_MIN;
        return args.stream()
                .filter(row -> row.get(1) != null && (nulls || row.get(0) != null))
                .reduce((a, b) -> {
                    int order = ValueOrder.compare(Objects.requireNonNull(a.get(1)), Objects.requireNonNull(b.get(1)));
                    return (least ? order <= 0 : order >= 0) ? a : b;
                })
                .map(List::getFirst)
                .orElse(null);
    }

    private boolean isOfPairs() {
        return call.function().name().startsWith("REGR_")
                || call.function() == AggregateFunction.CORR
                || call.function().name().startsWith("COVAR_");
    }

    private static Object bits(List<Object> values, LongBinaryOperator operator) {
        return values.stream()
                .mapToLong(value -> ((Number) value).longValue())
                .reduce(operator)
                .orElseThrow();
    }

    private static List<Object> first(List<List<@Nullable Object>> rows) {
        List<Object> values = new ArrayList<>();
        rows.forEach(row -> values.add(Objects.requireNonNull(row.getFirst())));
        return values;
    }

    private @Nullable Object present(List<List<@Nullable Object>> rows) {
        List<Object> values = first(rows);
        return switch (call.function()) {
            case SUM, AVG -> total(values);
            case MIN, MAX -> {
                Object best = values.getFirst();
                for (Object value : values) {
                    int order = ValueOrder.compare(value, best);
                    best = (call.function() == AggregateFunction.MIN ? order < 0 : order > 0) ? value : best;
                }
                yield best;
            }
            case BOOL_AND -> !values.contains(false);
            case BOOL_OR -> values.contains(true);
            case BIT_AND -> bits(values, (a, b) -> a & b);
            case BIT_OR -> bits(values, (a, b) -> a | b);
            case BIT_XOR -> bits(values, (a, b) -> a ^ b);
            case ANY_VALUE -> values.getFirst();
            case STDDEV_SAMP, STDDEV_POP, VAR_SAMP, VAR_POP -> spread(values);
            case STRING_AGG -> joined(rows);
            case MODE -> mode(values);
            case PERCENTILE_CONT, PERCENTILE_DISC ->
                percentile(values, rows.getFirst().get(1));
            default -> throw new IllegalArgumentException(call.toString());
        };
    }

    private Object total(List<Object> values) {
        boolean average = call.function() == AggregateFunction.AVG;
        if (values.getFirst() instanceof Double) {
            double sum = 0;
            double most = 0;
            for (Object value : values) {
                sum += (Double) value;
                most += Double.isInfinite((Double) value) ? 0 : Math.abs((Double) value);
            }
            double result = average ? sum / values.size() : sum;
            // Whether a sum overflows on the way is a matter of order: these have no answer here.
            return Conversions.floating(
                    Double.isInfinite(most) ? most : result, !Double.isInfinite(most), true, call.type());
        }
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal most = BigDecimal.ZERO;
        for (Object value : values) {
            BigDecimal exact = value instanceof BigDecimal d ? d : BigDecimal.valueOf((Long) value);
            sum = sum.add(exact);
            most = most.add(exact.abs());
        }
        if (most.unscaledValue().compareTo(WIDEST) >= 0) {
            throw Refusal.outOfRange();
        }
        if (average) {
            BigDecimal mean =
                    sum.divide(BigDecimal.valueOf(values.size()), call.type().scale(), RoundingMode.HALF_UP);
            return Conversions.decimal(mean, call.type());
        }
        return call.type().id() == TypeId.DECIMAL
                ? (Object) Conversions.decimal(sum, call.type())
                : Conversions.integer(sum.toBigIntegerExact(), call.type());
    }

    private static double number(@Nullable Object value) {
        return ((Number) Objects.requireNonNull(value)).doubleValue();
    }

    private static double mean(List<?> rows, ToDoubleFunction<Object> value) {
        double sum = 0;
        for (Object row : rows) {
            sum += value.applyAsDouble(row);
        }
        return sum / rows.size();
    }

    private @Nullable Object spread(List<Object> values) {
        boolean sample =
                call.function() == AggregateFunction.STDDEV_SAMP || call.function() == AggregateFunction.VAR_SAMP;
        int divisor = values.size() - (sample ? 1 : 0);
        if (divisor == 0) {
            return null;
        }
        double mean = mean(values, Aggregation::number);
        double squares = 0;
        for (Object value : values) {
            squares += (number(value) - mean) * (number(value) - mean);
        }
        double variance = squares / divisor;
        boolean root =
                call.function() == AggregateFunction.STDDEV_SAMP || call.function() == AggregateFunction.STDDEV_POP;
        double result = root ? Math.sqrt(variance) : variance;
        if (call.type().id() != TypeId.DECIMAL) {
            return result;
        }
        return Double.isFinite(result) ? (Object) new BigDecimal(result) : result;
    }

    private Object joined(List<List<@Nullable Object>> rows) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < rows.size(); i++) {
            Object separator = i == 0 || types.size() < 2 ? null : rows.get(i).get(1);
            text.append(separator == null ? "" : separator).append(rows.get(i).getFirst());
        }
        return text.toString();
    }

    private List<Object> ordered(List<Object> values) {
        List<Object> ordered = new ArrayList<>(values);
        ordered.sort(ValueOrder::compare);
        return call.orderBy().getFirst().descending() ? ordered.reversed() : ordered;
    }

    private Object mode(List<Object> values) {
        List<Object> ordered = ordered(values);
        Object best = ordered.getFirst();
        long most = 0;
        for (Object candidate : ordered) {
            long count = values.stream()
                    .filter(value -> ValueOrder.compare(value, candidate) == 0)
                    .count();
            if (count > most) {
                most = count;
                best = candidate;
            }
        }
        return best;
    }

    private @Nullable Object percentile(List<Object> values, @Nullable Object fraction) {
        if (fraction == null) {
            return null;
        }
        double share = number(fraction);
        if (!(share >= 0 && share <= 1)) {
            throw new Refusal(ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE);
        }
        List<Object> ordered = ordered(values);
        int size = ordered.size();
        if (call.function() == AggregateFunction.PERCENTILE_DISC) {
            return ordered.get(Math.max(0, (int) Math.ceil(share * size) - 1));
        }
        double position = share * (size - 1);
        double low = number(ordered.get((int) Math.floor(position)));
        double high = number(ordered.get((int) Math.ceil(position)));
        double part = position - Math.floor(position);
        return part == 0 ? low : low + part * (high - low);
    }

    /** Of the dependent values, the first arguments, and the independent ones, the second. */
    private @Nullable Object pairs(List<List<@Nullable Object>> args) {
        List<List<@Nullable Object>> rows =
                args.stream().filter(row -> row.get(1) != null).toList();
        int n = rows.size();
        if (call.function() == AggregateFunction.REGR_COUNT) {
            return (long) n;
        }
        if (n == 0) {
            return null;
        }
        double meanY = mean(rows, row -> number(((List<?>) row).get(0)));
        double meanX = mean(rows, row -> number(((List<?>) row).get(1)));
        double sxx = 0;
        double syy = 0;
        double sxy = 0;
        for (List<@Nullable Object> row : rows) {
            double y = number(row.get(0)) - meanY;
            double x = number(row.get(1)) - meanX;
            sxx += x * x;
            syy += y * y;
            sxy += x * y;
        }
        return switch (call.function()) {
            case COVAR_POP -> sxy / n;
            case COVAR_SAMP -> n < 2 ? null : (Object) (sxy / (n - 1));
            case REGR_AVGX -> meanX;
            case REGR_AVGY -> meanY;
            case REGR_SXX -> sxx;
            case REGR_SYY -> syy;
            case REGR_SXY -> sxy;
            case REGR_SLOPE -> sxx == 0 ? null : (Object) (sxy / sxx);
            case REGR_INTERCEPT -> sxx == 0 ? null : (Object) (meanY - meanX * sxy / sxx);
            case REGR_R2 -> sxx == 0 ? null : (Object) (syy == 0 ? 1.0 : sxy * sxy / (sxx * syy));
            case CORR -> sxx == 0 || syy == 0 ? null : (Object) (sxy / Math.sqrt(sxx * syy));
            default -> throw new IllegalArgumentException(call.toString());
        };
    }
}
