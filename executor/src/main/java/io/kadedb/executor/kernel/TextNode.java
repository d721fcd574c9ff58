package io.kadedb.executor.kernel;

import static io.kadedb.common.data.ColumnVector.INT32;
import static io.kadedb.common.data.ColumnVector.INT8;

import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.type.SqlType;
import io.kadedb.executor.kernel.value.CaseMapping;
import io.kadedb.planner.physical.ScalarFunction;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** LOWER, UPPER, LENGTH and concatenation of texts: on bytes, with Strings only beyond ASCII. */
final class TextNode extends FunctionNode {
    private final ScalarFunction function;
    private final VectorBuilder results;

    TextNode(ScalarFunction function, SqlType type, List<Node> args, Scratch scratch) {
        super(type, args, true, scratch);
        this.function = function;
        this.results = scratch.builder(type);
    }

    @Override
    ColumnVector compute(ColumnVector[] vectors, int length, int @Nullable [] selection, int count) {
        results.clear();
        if (anyConstantNull(vectors)) {
            results.appendNulls(length);
            return results.build();
        }
        for (int i = 0; i < count; i++) {
            int row = selection == null ? i : selection[i];
            if (row > results.length()) {
                results.skip(row - results.length());
            }
            if (anyNull(vectors, row)) {
                results.appendNull();
            } else if (function == ScalarFunction.CONCAT) {
                concat(vectors, row);
            } else {
                single(vectors[0], isConstant(0) ? 0 : row);
            }
        }
        results.skip(length - results.length());
        return results.build();
    }

    private boolean anyNull(ColumnVector[] vectors, int row) {
        for (int arg = 0; arg < vectors.length; arg++) {
            if (vectors[arg].isNull(isConstant(arg) ? 0 : row)) {
                return true;
            }
        }
        return false;
    }

    private void concat(ColumnVector[] vectors, int row) {
        long total = 0;
        for (int arg = 0; arg < vectors.length; arg++) {
            int at = isConstant(arg) ? 0 : row;
            MemorySegment offsets = vectors[arg].data();
            total += offsets.get(INT32, 4L * at + 4) - offsets.get(INT32, 4L * at);
        }
        MemorySegment out = results.beginBytes((int) Math.min(Integer.MAX_VALUE, total));
        int end = 0;
        for (int arg = 0; arg < vectors.length; arg++) {
            int at = isConstant(arg) ? 0 : row;
            MemorySegment offsets = vectors[arg].data();
            int from = offsets.get(INT32, 4L * at);
            int length = offsets.get(INT32, 4L * at + 4) - from;
            MemorySegment.copy(Values.bytesOf(vectors[arg]), from, out, end, length);
            end += length;
        }
        results.finishBytes(end);
    }

    private void single(ColumnVector vector, int row) {
        MemorySegment bytes = Values.bytesOf(vector);
        int from = vector.data().get(INT32, 4L * row);
        int to = vector.data().get(INT32, 4L * row + 4);
        if (function == ScalarFunction.LENGTH) {
            results.appendLong(codePoints(bytes, from, to));
            return;
        }
        boolean upper = function == ScalarFunction.UPPER;
        MemorySegment out = results.beginBytes(to - from);
        if (ascii(bytes, from, to, upper, out)) {
            results.finishBytes(to - from);
        } else {
            String text = new String(Values.bytes(vector, row), StandardCharsets.UTF_8);
            String changed = upper ? CaseMapping.upper(text) : text.toLowerCase(Locale.ROOT);
            results.appendBytes(changed.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Every byte but those that continue a code point. */
    private static int codePoints(MemorySegment bytes, int from, int to) {
        int count = 0;
        for (int at = from; at < to; at++) {
            count += (bytes.get(INT8, at) & 0xc0) == 0x80 ? 0 : 1;
        }
        return count;
    }

    /** Changes case; gives whether the text was all ASCII, as only then the result is right. */
    private static boolean ascii(MemorySegment bytes, int from, int to, boolean upper, MemorySegment out) {
        int first = upper ? 'a' : 'A';
        int all = 0;
        for (int at = from; at < to; at++) {
            int c = bytes.get(INT8, at);
            all |= c;
            int letter = c - first;
            out.set(INT8, at - from, (byte) (letter >= 0 && letter < 26 ? c ^ 0x20 : c));
        }
        return all >= 0;
    }
}
