package io.kadedb.executor.kernel;

import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.type.Layout;
import io.kadedb.common.type.SqlType;
import org.jspecify.annotations.Nullable;

/** The results of a function for all entries of the dictionary seen last. */
final class DictionaryMemo {
    private static final int ALWAYS = 1024;

    private final VectorBuilder results;
    private final VectorBuilder expanded;
    private @Nullable ColumnVector dictionary;
    private @Nullable ColumnVector computed;
    private boolean refused;
    private long rowsSeen;

    DictionaryMemo(SqlType type, Scratch scratch) {
        results = scratch.builder(type);
        expanded = scratch.builder(type);
    }

    /** Whether to work on the dictionary: not when it is much larger than the rows that use it. */
    boolean prepare(ColumnVector vector, int rows) {
        if (!Dictionaries.same(dictionary, vector)) {
            dictionary = vector;
            computed = null;
            refused = false;
            rowsSeen = 0;
        }
        rowsSeen += rows;
        return computed != null || (!refused && (vector.length() <= ALWAYS || vector.length() <= 2 * rowsSeen));
    }

    boolean isComputed() {
        return computed != null;
    }

    void refuse() {
        refused = true;
    }

    void remember(ColumnVector values) {
        results.clear();
        results.append(values, null, values.length());
        computed = results.build();
    }

    /** The result for each code. */
    ColumnVector expand(ColumnVector codes) {
        ColumnVector values = computed;
        if (values == null) {
            throw new IllegalStateException("not computed");
        }
        if (values.type().layout() == Layout.VARBYTES && values.validity() == null) {
            return ColumnVector.dictionary(codes.length(), codes.data(), codes.validity(), values);
        }
        expanded.clear();
        expanded.append(
                new ColumnVector(values.type(), codes.length(), codes.data(), codes.validity(), null, values),
                null,
                codes.length());
        return expanded.build();
    }
}
