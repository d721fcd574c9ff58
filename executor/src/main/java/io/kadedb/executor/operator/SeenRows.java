package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.type.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Remembers rows, and tells which are new; NULLs are equal. Belongs to one thread at a time. */
final class SeenRows implements AutoCloseable {
    private final @Nullable TextInterner[] texts;
    private final KeyTable table;
    private final KeyEncoder encoder;
    private final int[] ids = new int[Batch.MAX_ROWS];
    private final int[] added = new int[Batch.MAX_ROWS];

    SeenRows(List<Field> fields, MemoryPool memory) {
        KeyLayout layout = KeyLayout.of(fields, true);
        texts = KeyEncoder.interners(fields, memory);
        table = new KeyTable(layout, memory);
        int[] columns = new int[fields.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = i;
        }
        encoder = new KeyEncoder(layout, columns, texts, true);
    }

    /** Appends the rows not seen before. */
    void appendNew(Batch batch, int @Nullable [] selection, int count, RowStore to) {
        encoder.encode(batch, selection, count);
        int fresh = table.findOrAdd(encoder.words, count, ids, added);
        for (int i = 0; i < fresh; i++) {
            added[i] = Columns.row(selection, added[i]);
        }
        if (fresh > 0) {
            to.append(batch, added, fresh);
        }
    }

    @Override
    public void close() {
        KeyEncoder.close(texts);
        table.close();
    }
}
