package io.kadedb.server.session;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads columns of text. */
final class TextValues {
    private TextValues() {}

    /** The values of a row, all of whose columns are text. */
    static List<@Nullable String> row(Batch batch, int row) {
        List<@Nullable String> values = new ArrayList<>();
        for (ColumnVector column : batch.columns()) {
            values.add(value(column, row));
        }
        return values;
    }

    private static @Nullable String value(ColumnVector column, int row) {
        if (column.isNull(row)) {
            return null;
        }
        ColumnVector dictionary = column.dictionary();
        if (dictionary != null) {
            return value(dictionary, column.data().get(ColumnVector.INT32, 4L * row));
        }
        int from = column.data().get(ColumnVector.INT32, 4L * row);
        int end = column.data().get(ColumnVector.INT32, 4L * (row + 1));
        MemorySegment bytes = column.bytes();
        return bytes == null
                ? ""
                : new String(bytes.asSlice(from, end - from).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
    }
}
