package io.kadedb.executor.operator;

import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.executor.kernel.Values;
import io.kadedb.executor.kernel.VectorBuilder;
import io.kadedb.executor.kernel.value.CollectedArrays;
import io.kadedb.planner.physical.PhysicalPlan.SortKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** array_agg: keeps the rows, and makes arrays of them in their order at the end. */
final class ArrayAccumulator extends CollectingAccumulator {
    private final SqlType argument;
    private final SqlType result;

    /**
     * @param arguments the value, then the columns it is ordered by
     * @param orderBy with columns numbered within the arguments
     */
    ArrayAccumulator(List<Field> arguments, List<SortKey> orderBy, SqlType result, MemoryPool memory) {
        super(new GroupedRows(arguments, orderBy, memory));
        this.argument = arguments.getFirst().type();
        this.result = result;
    }

    @Override
    public void emit(int from, int count, VectorBuilder out) {
        int[] sorted = rows.sorted();
        for (int group = from; group < from + count; group++) {
            int start = rows.start(group);
            int end = rows.start(group + 1);
            if (start == end) {
                out.appendNull();
                continue;
            }
            List<@Nullable Object> values = new ArrayList<>(end - start);
            for (int at = start; at < end; at++) {
                values.add(Values.get(rows.column(0), sorted[at]));
            }
            out.append(CollectedArrays.of(values, argument, result));
        }
    }
}
