package io.kadedb.executor.kernel;

import static io.kadedb.common.data.ColumnVector.INT32;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.executor.kernel.value.LikePattern;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** LIKE with a constant pattern, matched on the bytes where they lie. */
final class LikeCondition extends Condition {
    private final Node input;
    private final Node pattern;
    private final @Nullable Node escape;
    private final DictionaryMatches matches = new DictionaryMatches();
    private final DictionaryMatches mismatches = new DictionaryMatches();
    private @Nullable LikePattern compiled;

    /** Pattern and escape are stable constants, the input is not constant. */
    LikeCondition(Node input, Node pattern, @Nullable Node escape) {
        this.input = input;
        this.pattern = pattern;
        this.escape = escape;
    }

    @Override
    int whenTrue(Batch batch, int @Nullable [] selection, int count, int[] out) {
        return select(true, matches, batch, selection, count, out);
    }

    @Override
    int whenFalse(Batch batch, int @Nullable [] selection, int count, int[] out) {
        return select(false, mismatches, batch, selection, count, out);
    }

    private int select(
            boolean wanted, DictionaryMatches known, Batch batch, int @Nullable [] selection, int count, int[] out) {
        ColumnVector vector = input.evaluate(batch, selection, count);
        LikePattern like = compile(batch, selection, count);
        if (like == null) {
            return 0;
        }
        ColumnVector dictionary = vector.dictionary();
        if (dictionary == null) {
            return ComparisonCondition.dropNulls(vector, out, plain(like, wanted, vector, selection, count, out));
        }
        if (known.flags(dictionary, count) != null) {
            if (known.isNew()) {
                int[] rows = new int[dictionary.length()];
                known.remember(rows, plain(like, wanted, dictionary, null, dictionary.length(), rows));
            }
            return known.select(vector, selection, count, out);
        }
        int kept = 0;
        MemorySegment offsets = dictionary.data();
        MemorySegment bytes = Values.bytesOf(dictionary);
        for (int i = 0; i < count; i++) {
            int row = selection == null ? i : selection[i];
            if (!vector.isNull(row)) {
                int code = Gather.code(vector.data(), row);
                int from = offsets.get(INT32, 4L * code);
                if (like.matches(bytes, from, offsets.get(INT32, 4L * code + 4)) == wanted) {
                    out[kept++] = row;
                }
            }
        }
        return kept;
    }

    private static int plain(
            LikePattern like, boolean wanted, ColumnVector vector, int @Nullable [] rows, int count, int[] out) {
        MemorySegment offsets = vector.data();
        MemorySegment bytes = Values.bytesOf(vector);
        int kept = 0;
        for (int i = 0; i < count; i++) {
            int row = rows == null ? i : rows[i];
            int from = offsets.get(INT32, 4L * row);
            if (like.matches(bytes, from, offsets.get(INT32, 4L * row + 4)) == wanted) {
                out[kept++] = row;
            }
        }
        return kept;
    }

    /** Null when pattern or escape is NULL. */
    private @Nullable LikePattern compile(Batch batch, int @Nullable [] selection, int count) {
        LikePattern known = compiled;
        if (known != null) {
            return known;
        }
        Object text = Values.get(pattern.evaluate(batch, selection, count), 0);
        Object escapeText = escape == null ? "\\" : Values.get(escape.evaluate(batch, selection, count), 0);
        if (text == null || escapeText == null) {
            return null;
        }
        known = LikePattern.compile((String) text, (String) escapeText);
        compiled = known;
        return known;
    }
}
