package io.kadedb.executor.kernel;

import static io.kadedb.common.data.ColumnVector.INT32;
import static io.kadedb.common.data.ColumnVector.INT8;

import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.type.Layout;
import io.kadedb.common.type.SqlType;
import io.kadedb.executor.kernel.value.RowFunction;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads integers from text where it lies; whatever is not a few plain digits is left to the cast of single values. */
final class IntegerTextNode extends FunctionNode {
    /** So many digits fit an int64 for sure. */
    private static final int PLAIN_DIGITS = 18;

    private final RowFunction other;
    private final long most;
    private final VectorBuilder results;
    private final @Nullable Object[] value = new Object[1];

    /**
     * @param other the cast of any text, which may fail
     */
    IntegerTextNode(SqlType type, Node input, RowFunction other, Scratch scratch) {
        super(type, List.of(input), true, scratch);
        this.other = other;
        this.most = type.layout() == Layout.INT16
                ? Short.MAX_VALUE
                : type.layout() == Layout.INT32 ? Integer.MAX_VALUE : Long.MAX_VALUE;
        this.results = scratch.builder(type);
    }

    @Override
    ColumnVector compute(ColumnVector[] vectors, int length, int @Nullable [] selection, int count) {
        ColumnVector texts = vectors[0];
        results.clear();
        for (int i = 0; i < count; i++) {
            int row = selection == null ? i : selection[i];
            if (row > results.length()) {
                results.skip(row - results.length());
            }
            int at = isConstant(0) ? 0 : row;
            if (texts.isNull(at)) {
                results.appendNull();
            } else {
                append(texts, at);
            }
        }
        results.skip(length - results.length());
        return results.build();
    }

    private void append(ColumnVector texts, int row) {
        MemorySegment bytes = Values.bytesOf(texts);
        int from = texts.data().get(INT32, 4L * row);
        int to = texts.data().get(INT32, 4L * row + 4);
        boolean negative = from < to && bytes.get(INT8, from) == '-';
        int at = negative ? from + 1 : from;
        boolean plain = at < to && to - at <= PLAIN_DIGITS;
        long number = 0;
        for (; plain && at < to; at++) {
            int digit = bytes.get(INT8, at) - '0';
            plain = digit >= 0 && digit <= 9;
            number = 10 * number + digit;
        }
        if (plain && number <= most) {
            results.appendLong(negative ? -number : number);
        } else {
            value[0] = Values.get(texts, row);
            results.append(other.apply(value));
        }
    }
}
