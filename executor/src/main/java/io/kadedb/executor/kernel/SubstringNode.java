package io.kadedb.executor.kernel;

import static io.kadedb.common.data.ColumnVector.INT32;
import static io.kadedb.common.data.ColumnVector.INT8;

import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SUBSTRING of text with a constant place and length, without making Strings. */
final class SubstringNode extends FunctionNode {
    private final VectorBuilder results;

    SubstringNode(SqlType type, List<Node> args, Scratch scratch) {
        super(type, args, true, scratch);
        this.results = scratch.builder(type);
    }

    @Override
    ColumnVector compute(ColumnVector[] vectors, int length, int @Nullable [] selection, int count) {
        results.clear();
        if (anyConstantNull(vectors)) {
            results.appendNulls(length);
            return results.build();
        }
        long start = number(vectors[1]);
        long end = Long.MAX_VALUE;
        if (vectors.length > 2) {
            long points = number(vectors[2]);
            if (points < 0) {
                throw KadeException.of(ErrorCode.SUBSTRING_ERROR, "negative substring length not allowed");
            }
            end = start + points;
        }
        long skip = Math.max(0, start - 1);
        long take = Math.max(0, end - 1 - skip);
        ColumnVector text = vectors[0];
        for (int i = 0; i < count; i++) {
            int row = selection == null ? i : selection[i];
            if (row > results.length()) {
                results.skip(row - results.length());
            }
            append(text, isConstant(0) ? 0 : row, skip, take);
        }
        results.skip(length - results.length());
        return results.build();
    }

    private static long number(ColumnVector vector) {
        Object value = Values.get(vector, 0);
        return value == null ? 0 : (Long) value;
    }

    private void append(ColumnVector text, int row, long skip, long take) {
        if (text.isNull(row)) {
            results.appendNull();
            return;
        }
        MemorySegment bytes = Values.bytesOf(text);
        int to = text.data().get(INT32, 4L * row + 4);
        int from = forward(bytes, text.data().get(INT32, 4L * row), to, skip);
        results.appendBytes(bytes, from, forward(bytes, from, to, take) - from);
    }

    /** The place so many code points further, at most {@code to}. */
    private static int forward(MemorySegment bytes, int from, int to, long points) {
        int at = from;
        for (long left = points; left > 0 && at < to; left--) {
            at++;
            while (at < to && (bytes.get(INT8, at) & 0xc0) == 0x80) {
                at++;
            }
        }
        return at;
    }
}
