package io.kadedb.executor.operator;

import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.type.Field;
import io.kadedb.executor.kernel.Values;
import io.kadedb.executor.kernel.VectorBuilder;
import io.kadedb.planner.physical.PhysicalPlan.SortKey;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** string_agg: keeps the rows, and joins them in their order at the end. */
final class TextListAccumulator implements Accumulator {
    private final boolean separated;
    private final GroupedRows rows;

    /**
     * @param arguments the text, maybe a separator, then the columns it is ordered by
     * @param orderBy with columns numbered within the arguments
     */
    TextListAccumulator(List<Field> arguments, boolean separated, List<SortKey> orderBy, MemoryPool memory) {
        this.separated = separated;
        this.rows = new GroupedRows(arguments, orderBy, memory);
    }

    @Override
    public void resize(int groups) {
        rows.resize(groups);
    }

    @Override
    public void update(int @Nullable [] groups, ColumnVector[] args, int @Nullable [] selection, int count) {
        rows.add(groups, args, selection, count);
    }

    @Override
    public void merge(Accumulator other, int[] sources, int[] targets, int count) {
        rows.merge(((TextListAccumulator) other).rows, sources, targets, count);
    }

    @Override
    public void emit(int from, int count, VectorBuilder out) {
        int[] sorted = rows.sorted();
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (int group = from; group < from + count; group++) {
            int start = rows.start(group);
            int end = rows.start(group + 1);
            if (start == end) {
                out.appendNull();
                continue;
            }
            text.reset();
            for (int at = start; at < end; at++) {
                if (separated && at > start && !rows.column(1).isNull(sorted[at])) {
                    text.writeBytes(Values.bytes(rows.column(1), sorted[at]));
                }
                text.writeBytes(Values.bytes(rows.column(0), sorted[at]));
            }
            out.appendBytes(text.toByteArray());
        }
    }

    @Override
    public void close() {
        rows.close();
    }
}
