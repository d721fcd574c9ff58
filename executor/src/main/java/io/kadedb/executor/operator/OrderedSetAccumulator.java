package io.kadedb.executor.operator;

import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.Field;
import io.kadedb.executor.kernel.Comparators;
import io.kadedb.executor.kernel.Comparators.RowComparator;
import io.kadedb.executor.kernel.Values;
import io.kadedb.executor.kernel.VectorBuilder;
import io.kadedb.planner.physical.AggregateFunction;
import io.kadedb.planner.physical.PhysicalPlan.SortKey;
import java.util.List;

/** Percentiles and modes: keeps the values, and looks at them in their order at the end. */
final class OrderedSetAccumulator extends CollectingAccumulator {
    private final AggregateFunction function;
    private final RowComparator values;

    /**
     * @param arguments the value, and for percentiles the fraction
     */
    OrderedSetAccumulator(AggregateFunction function, List<Field> arguments, boolean descending, MemoryPool memory) {
        super(new GroupedRows(arguments, List.of(new SortKey(0, descending, false)), memory));
        this.function = function;
        this.values = Comparators.values(arguments.getFirst().type());
    }

    @Override
    public void emit(int from, int count, VectorBuilder out) {
        int[] sorted = rows.sorted();
        for (int group = from; group < from + count; group++) {
            int start = rows.start(group);
            int end = rows.start(group + 1);
            if (start == end) {
                out.appendNull();
            } else if (function == AggregateFunction.MODE) {
                out.append(rows.column(0), mode(sorted, start, end));
            } else {
                percentile(sorted, start, end, out);
            }
        }
    }

    private int mode(int[] sorted, int start, int end) {
        ColumnVector column = rows.column(0);
        int best = start;
        int most = 0;
        int first = start;
        for (int at = start; at < end; at++) {
            if (values.compare(column, sorted[first], column, sorted[at]) != 0) {
                first = at;
            }
            if (at - first + 1 > most) {
                most = at - first + 1;
                best = first;
            }
        }
        return sorted[best];
    }

    private void percentile(int[] sorted, int start, int end, VectorBuilder out) {
        Object fraction = Values.get(rows.column(1), sorted[start]);
        if (fraction == null) {
            out.appendNull();
            return;
        }
        double share = ((Number) fraction).doubleValue();
        if (!(share >= 0 && share <= 1)) {
            throw KadeException.of(
                    ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, "percentile value " + fraction + " is not between 0 and 1");
        }
        int size = end - start;
        if (function == AggregateFunction.PERCENTILE_DISC) {
            int rank = (int) Math.max(1, Math.ceil(share * size));
            out.append(rows.column(0), sorted[start + rank - 1]);
            return;
        }
        double position = share * (size - 1);
        int below = (int) Math.floor(position);
        int above = (int) Math.ceil(position);
        double low = number(sorted[start + below]);
        double high = number(sorted[start + above]);
        out.appendDouble(below == above ? low : low + (position - below) * (high - low));
    }

    private double number(int row) {
        Object value = Values.get(rows.column(0), row);
        if (value == null) {
            throw new IllegalStateException("a NULL among the values of a percentile");
        }
        return ((Number) value).doubleValue();
    }
}
