package io.kadedb.executor.kernel;

import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.type.SqlType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The same bytes under another type of the same layout. */
final class RetypeNode extends FunctionNode {
    RetypeNode(SqlType type, Node input, Scratch scratch) {
        super(type, List.of(input), false, scratch);
        assert type.layout() == input.type.layout();
    }

    @Override
    boolean readsDictionaries() {
        return true;
    }

    @Override
    ColumnVector compute(ColumnVector[] vectors, int length, int @Nullable [] selection, int count) {
        ColumnVector v = vectors[0];
        // The dictionary keeps its identity, by which kernels remember what they know of it.
        return new ColumnVector(type, v.length(), v.data(), v.validity(), v.bytes(), v.dictionary());
    }
}
