package io.kadedb.executor.operator;

import io.kadedb.common.data.ColumnVector;
import org.jspecify.annotations.Nullable;

/** An aggregate that keeps the rows of each group, and looks at them in their order at the end. */
abstract class CollectingAccumulator implements Accumulator {
    final GroupedRows rows;

    CollectingAccumulator(GroupedRows rows) {
        this.rows = rows;
    }

    @Override
    public final void resize(int groups) {
        rows.resize(groups);
    }

    @Override
    public final void update(int @Nullable [] groups, ColumnVector[] args, int @Nullable [] selection, int count) {
        rows.add(groups, args, selection, count);
    }

    @Override
    public final void merge(Accumulator other, int[] sources, int[] targets, int count) {
        rows.merge(((CollectingAccumulator) other).rows, sources, targets, count);
    }

    @Override
    public final void close() {
        rows.close();
    }
}
