package io.kadedb.executor.kernel;

import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.type.SqlType;
import io.kadedb.executor.kernel.value.RowFunction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A function applied row by row to objects: for what is too rare to have kernels. */
final class RowNode extends FunctionNode {
    private final RowFunction function;
    private final boolean strict;
    private final VectorBuilder results;
    private final @Nullable Object[] values;

    RowNode(SqlType type, RowFunction function, boolean strict, boolean pure, List<Node> args, Scratch scratch) {
        super(type, args, pure && strict, scratch);
        this.function = function;
        this.strict = strict;
        this.results = scratch.builder(type);
        this.values = new Object[args.size()];
    }

    @Override
    boolean readsDictionaries() {
        return true;
    }

    @Override
    ColumnVector compute(ColumnVector[] vectors, int length, int @Nullable [] selection, int count) {
        results.clear();
        for (int arg = 0; arg < vectors.length; arg++) {
            if (isConstant(arg)) {
                values[arg] = Values.get(vectors[arg], 0);
            }
        }
        for (int i = 0; i < count; i++) {
            int row = selection == null ? i : selection[i];
            if (row > results.length()) {
                results.skip(row - results.length());
            }
            append(vectors, row);
        }
        if (results.length() < length) {
            results.skip(length - results.length());
        }
        return results.build();
    }

    private void append(ColumnVector[] vectors, int row) {
        boolean anyNull = false;
        for (int arg = 0; arg < vectors.length; arg++) {
            if (!isConstant(arg)) {
                values[arg] = Values.get(vectors[arg], row);
            }
            anyNull |= values[arg] == null;
        }
        if (strict && anyNull) {
            results.appendNull();
        } else {
            results.append(function.apply(values));
        }
    }
}
