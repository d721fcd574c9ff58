package io.kadedb.executor.kernel;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.type.SqlType;
import org.jspecify.annotations.Nullable;

/** A column of the batch. */
final class ColumnNode extends Node {
    private final int index;

    ColumnNode(int index, SqlType type) {
        super(type);
        this.index = index;
    }

    @Override
    ColumnVector evaluate(Batch batch, int @Nullable [] selection, int count) {
        return batch.column(index);
    }
}
