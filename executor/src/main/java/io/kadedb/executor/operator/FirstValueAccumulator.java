package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.executor.kernel.VectorBuilder;
import io.kadedb.executor.memory.Native;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** any_value, and single_value, which refuses a second row: an int32 a group, the number of its row plus one. */
final class FirstValueAccumulator implements Accumulator {
    private final boolean single;
    private final NativeArray states;
    private final RowStore values;
    private final int[] chosen = new int[Batch.MAX_ROWS];

    FirstValueAccumulator(SqlType type, boolean single, MemoryPool memory) {
        this.single = single;
        this.states = new NativeArray(memory);
        this.values = new RowStore(List.of(new Field("value", type, true)), memory);
    }

    @Override
    public void resize(int groups) {
        states.ensure(4L * groups);
    }

    @Override
    public void update(int @Nullable [] groups, ColumnVector[] args, int @Nullable [] selection, int count) {
        int n = 0;
        for (int i = 0; i < count; i++) {
            if (take(groups == null ? 0 : groups[i], n)) {
                chosen[n++] = Columns.row(selection, i);
            }
        }
        if (n > 0) {
            values.append(new Batch(args[0].length(), List.of(args[0])), chosen, n);
        }
    }

    /** Whether the group has no value yet; then it gets the one that will be appended. */
    private boolean take(int group, int pending) {
        long at = states.address() + 4L * group;
        if (Native.getInt(at) != 0) {
            if (single) {
                throw KadeException.of(
                        ErrorCode.CARDINALITY_VIOLATION,
                        "more than one row returned by a subquery used as an expression");
            }
            return false;
        }
        Native.putInt(at, values.rows() + pending + 1);
        return true;
    }

    @Override
    public void merge(Accumulator other, int[] sources, int[] targets, int count) {
        FirstValueAccumulator from = (FirstValueAccumulator) other;
        int n = 0;
        for (int i = 0; i < count; i++) {
            int row = Native.getInt(from.states.address() + 4L * sources[i]);
            if (row != 0 && take(targets[i], n)) {
                chosen[n++] = row - 1;
            }
        }
        if (n > 0) {
            values.append(from.values.all(), chosen, n);
        }
    }

    @Override
    public void emit(int from, int count, VectorBuilder out) {
        for (int i = from; i < from + count; i++) {
            int row = Native.getInt(states.address() + 4L * i);
            if (row == 0) {
                out.appendNull();
            } else {
                out.append(values.column(0), row - 1);
            }
        }
    }

    @Override
    public void close() {
        states.close();
        values.close();
    }
}
