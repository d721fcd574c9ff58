package io.kadedb.executor.operator;

import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.type.SqlType;
import io.kadedb.executor.kernel.Values;
import io.kadedb.executor.kernel.VectorBuilder;
import io.kadedb.planner.physical.PhysicalPlan.GapFill.Fill;
import io.kadedb.planner.physical.PhysicalPlan.GapFill.Method;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A column whose values in added rows come from the rows around them. */
final class GapFillColumn implements AutoCloseable {
    private final Fill fill;
    private final SqlType type;
    private final RowStore rows;
    private final ColumnVector values;
    private final long[] times;
    private final VectorBuilder out;
    /** The row of the group whose value came last, or -1. */
    private int last = -1;

    /** @param times of all rows */
    GapFillColumn(Fill fill, SqlType type, RowStore rows, long[] times, MemoryPool memory) {
        this.fill = fill;
        this.type = type;
        this.rows = rows;
        this.values = rows.column(fill.value());
        this.times = times;
        this.out = new VectorBuilder(type, memory);
    }

    /** A batch begins. */
    void clear() {
        out.clear();
    }

    /** A group begins. */
    void begin() {
        last = -1;
    }

    /** The values since the batch began. */
    ColumnVector build() {
        return out.build();
    }

    /**
     * Adds the value of a row that is there.
     *
     * @param member any row of the group
     */
    void row(int row, int member) {
        if (fill.nullsMissing() && values.isNull(row)) {
            carried(member);
            return;
        }
        last = row;
        out.append(values, row);
    }

    /**
     * Adds the value of a bucket that no row begins.
     *
     * @param following the row of the group behind it, or -1
     * @param member any row of the group, or -1 if it has none
     */
    void gap(long time, int following, int member) {
        if (fill.method() == Method.LOCF) {
            carried(member);
            return;
        }
        Sample before = last >= 0 ? sample(last) : sample(fill.before(), member);
        Sample after = following >= 0 ? sample(following) : sample(fill.after(), member);
        out.append(before == null || after == null ? null : between(before, after, time));
    }

    private void carried(int member) {
        if (last >= 0) {
            out.append(values, last);
        } else if (!fill.before().isEmpty() && member >= 0) {
            out.append(rows.column(fill.before().getFirst()), member);
        } else {
            out.appendNull();
        }
    }

    private record Sample(long time, Object value) {}

    private @Nullable Sample sample(int row) {
        Object value = Values.get(values, row);
        return value == null ? null : new Sample(times[row], value);
    }

    private @Nullable Sample sample(List<Integer> columns, int member) {
        if (columns.isEmpty() || member < 0) {
            return null;
        }
        Object time = Values.get(rows.column(columns.get(0)), member);
        Object value = Values.get(rows.column(columns.get(1)), member);
        return time == null || value == null ? null : new Sample(((Number) time).longValue(), value);
    }

    /** The value at a time on the line through both; integers are cut off. */
    private @Nullable Object between(Sample before, Sample after, long time) {
        if (before.time == after.time) {
            return null;
        }
        if (before.value instanceof Double a && after.value instanceof Double b) {
            double share = (double) (time - before.time) / (after.time - before.time);
            return a * (1 - share) + b * share;
        }
        BigDecimal all = BigDecimal.valueOf(after.time).subtract(BigDecimal.valueOf(before.time));
        BigDecimal past = BigDecimal.valueOf(time).subtract(BigDecimal.valueOf(before.time));
        BigDecimal sum = exact(before.value)
                .multiply(all.subtract(past))
                .add(exact(after.value).multiply(past));
        if (before.value instanceof Long) {
            return sum.divide(all, 0, RoundingMode.DOWN).longValue();
        }
        return sum.divide(all, type.scale(), RoundingMode.HALF_UP);
    }

    private static BigDecimal exact(Object value) {
        return value instanceof BigDecimal decimal ? decimal : BigDecimal.valueOf(((Number) value).longValue());
    }

    @Override
    public void close() {
        out.close();
    }
}
