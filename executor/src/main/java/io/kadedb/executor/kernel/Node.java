package io.kadedb.executor.kernel;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.type.SqlType;
import org.jspecify.annotations.Nullable;

/** A compiled expression. Its memory belongs to the {@link Scratch} of the evaluator it is part of. */
abstract class Node {
    final SqlType type;

    Node(SqlType type) {
        this.type = type;
    }

    /**
     * The values of the selected rows, at their places; or, for a constant, a vector of one row that stands for every
     * row. Valid until the next call.
     */
    abstract ColumnVector evaluate(Batch batch, int @Nullable [] selection, int count);

    /** Whether {@link #evaluate} gives one row. */
    boolean isConstant() {
        return false;
    }

    /** Whether it is a constant that stays the same for the whole query. */
    boolean isStable() {
        return false;
    }
}
