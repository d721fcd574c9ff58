package io.kadedb.executor.operator;

import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.type.Field;
import io.kadedb.executor.kernel.Values;
import io.kadedb.executor.kernel.VectorBuilder;
import io.kadedb.planner.physical.PhysicalPlan.SortKey;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** string_agg: keeps the rows, and joins them in their order at the end. */
final class TextListAccumulator extends CollectingAccumulator {
    private final boolean separated;

    /**
     * @param arguments the text, maybe a separator, then the columns it is ordered by
     * @param orderBy with columns numbered within the arguments
     */
    TextListAccumulator(List<Field> arguments, boolean separated, List<SortKey> orderBy, MemoryPool memory) {
        super(new GroupedRows(arguments, orderBy, memory));
        this.separated = separated;
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
}
