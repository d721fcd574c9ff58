package io.kadedb.executor.kernel;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.type.SqlType;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Expressions without columns: computed once, when they are first needed, unless they read outer rows. */
abstract class ConstantNode extends Node {
    private static final Batch NO_COLUMNS = new Batch(1, List.of());

    private ConstantNode(SqlType type) {
        super(type);
    }

    @Override
    boolean isConstant() {
        return true;
    }

    /** A literal, parameter or session value. */
    static final class Value extends ConstantNode {
        private final Supplier<@Nullable Object> supplier;
        private final VectorBuilder builder;

        Value(SqlType type, Supplier<@Nullable Object> supplier, Scratch scratch) {
            super(type);
            this.supplier = supplier;
            this.builder = scratch.builder(type);
        }

        @Override
        ColumnVector evaluate(Batch batch, int @Nullable [] selection, int count) {
            if (builder.length() == 0) {
                Object value = supplier.get();
                if (value == null || type.id() == io.kadedb.common.type.TypeId.NULL) {
                    builder.appendNull();
                } else {
                    builder.append(value);
                }
            }
            return builder.build();
        }

        @Override
        boolean isStable() {
            return true;
        }
    }

    /** A column of the current row of an Apply. */
    static final class Outer extends ConstantNode {
        private final int applyId;
        private final int index;
        private final OuterRows rows;
        private final VectorBuilder builder;

        Outer(int applyId, int index, SqlType type, OuterRows rows, Scratch scratch) {
            super(type);
            this.applyId = applyId;
            this.index = index;
            this.rows = rows;
            this.builder = scratch.builder(type);
        }

        @Override
        ColumnVector evaluate(Batch batch, int @Nullable [] selection, int count) {
            builder.clear();
            builder.append(rows.batch(applyId).column(index), rows.row(applyId));
            return builder.build();
        }
    }

    /** A function of constants. */
    static final class Folded extends ConstantNode {
        private final Node inner;
        private final boolean stable;
        private @Nullable ColumnVector known;

        Folded(Node inner, boolean stable) {
            super(inner.type);
            this.inner = inner;
            this.stable = stable;
        }

        @Override
        ColumnVector evaluate(Batch batch, int @Nullable [] selection, int count) {
            ColumnVector value = known;
            if (value == null || !stable) {
                value = inner.evaluate(NO_COLUMNS, null, 1);
                known = value;
            }
            return value;
        }

        @Override
        boolean isStable() {
            return stable;
        }
    }
}
