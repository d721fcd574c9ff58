package io.kadedb.executor;

import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.type.SqlType;
import io.kadedb.executor.kernel.VectorBuilder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds the vectors of a column one after the other, plain or dictionary-encoded. */
final class ColumnWriter implements AutoCloseable {
    private final VectorBuilder values;
    private final @Nullable VectorBuilder codes;
    private final List<Object> words = new ArrayList<>();

    ColumnWriter(SqlType type, boolean dictionary, MemoryPool memory) {
        this.values = new VectorBuilder(type, memory);
        this.codes = dictionary ? new VectorBuilder(SqlType.INTEGER, memory) : null;
    }

    void clear() {
        values.clear();
        words.clear();
        if (codes != null) {
            codes.clear();
        }
    }

    void append(@Nullable Object value) {
        if (codes == null) {
            values.append(value);
            return;
        }
        if (value == null) {
            codes.appendNull();
            return;
        }
        int code = words.indexOf(value);
        if (code < 0) {
            code = words.size();
            words.add(value);
            values.append(value);
        }
        codes.append((Long) (long) code);
    }

    ColumnVector build() {
        if (codes == null) {
            return values.build();
        }
        ColumnVector built = codes.build();
        return ColumnVector.dictionary(built.length(), built.data(), built.validity(), values.build());
    }

    @Override
    public void close() {
        values.close();
        if (codes != null) {
            codes.close();
        }
    }
}
