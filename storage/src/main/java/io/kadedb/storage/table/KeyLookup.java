package io.kadedb.storage.table;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.storage.api.BatchSource;
import io.kadedb.storage.format.v1.ColumnBuffer;
import io.kadedb.storage.format.v1.KeyEncoding;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The rows of given keys, found when it is made. Owned by one thread. */
public final class KeyLookup implements BatchSource {
    private final NativeBatch batch;
    private int rows;

    /**
     * Looks the keys up.
     *
     * @param reads is told each logical key
     */
    public KeyLookup(TableView view, List<Integer> columns, Batch keys, Consumer<byte[]> reads) {
        this(view, columns, buffers(keys), 0, keys.length(), reads);
    }

    /** The same for some of the keys on the heap. */
    KeyLookup(TableView view, List<Integer> columns, List<ColumnBuffer> key, int from, int to, Consumer<byte[]> reads) {
        this.batch = new NativeBatch(view.storage().memory(), DeltaSplit.types(view.table(), columns));
        RowFinder finder = new RowFinder(view);
        KeyEncoding encoding = view.keys();
        for (int row = from; row < to; row++) {
            if (hasNull(key, row)) {
                continue;
            }
            byte[] ordered = encoding.ordered(key, row);
            byte[] logical = encoding.logical(ordered);
            reads.accept(logical);
            RowFinder.Found found = finder.find(ordered, logical, key, row);
            if (found != null) {
                finder.read(found, columns, batch.columns());
                rows++;
            }
        }
    }

    private static List<ColumnBuffer> buffers(Batch keys) {
        List<ColumnBuffer> key = new ArrayList<>();
        for (ColumnVector column : keys.columns()) {
            ColumnBuffer buffer = new ColumnBuffer(column.type(), keys.length());
            buffer.addAll(column, 0, keys.length());
            key.add(buffer);
        }
        return key;
    }

    private static boolean hasNull(List<ColumnBuffer> key, int row) {
        for (ColumnBuffer column : key) {
            if (column.isNull(row)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public @Nullable Batch next() {
        if (rows == 0) {
            return null;
        }
        int count = rows;
        rows = 0;
        return batch.toBatch(count);
    }

    @Override
    public void close() {
        batch.close();
    }
}
