package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.type.Field;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys that came so far. Belongs to one thread. */
final class SeenKeys implements AutoCloseable {
    private final List<Integer> columns;
    private final boolean nullsEqual;
    private final @Nullable TextInterner[] texts;
    private final KeyTable table;
    private final KeyEncoder encoder;
    private final int[] ids = new int[Batch.MAX_ROWS];
    private final int[] added = new int[Batch.MAX_ROWS];
    private final int[] one = new int[1];

    /**
     * None yet.
     *
     * @param columns the key's ordinals among the fields
     * @param nullsEqual whether a NULL equals another; else a key with a NULL never came before
     */
    SeenKeys(List<Field> fields, List<Integer> columns, boolean nullsEqual, MemoryPool memory) {
        this.columns = columns;
        this.nullsEqual = nullsEqual;
        List<Field> keys = columns.stream().map(fields::get).toList();
        KeyLayout layout = KeyLayout.of(keys, true);
        texts = KeyEncoder.interners(keys, memory);
        table = new KeyTable(layout, memory);
        encoder = new KeyEncoder(
                layout, columns.stream().mapToInt(Integer::intValue).toArray(), texts, true);
    }

    /**
     * Adds the keys of rows.
     *
     * @param fresh where the rows are written whose key had not come before, each key once
     * @return how many these are
     */
    int add(Batch batch, int @Nullable [] selection, int count, int[] fresh) {
        int[] rows = new int[count];
        int n = 0;
        int without = 0;
        for (int i = 0; i < count; i++) {
            int row = Columns.row(selection, i);
            if (isUnlike(batch, row)) {
                fresh[without++] = row;
            } else {
                rows[n++] = row;
            }
        }
        if (n == 0) {
            return without;
        }
        encoder.encode(batch, rows, n);
        int found = table.findOrAdd(encoder.words, n, ids, added);
        for (int i = 0; i < found; i++) {
            fresh[without + i] = rows[added[i]];
        }
        if (without > 0) {
            Arrays.sort(fresh, 0, without + found);
        }
        return without + found;
    }

    /** Whether the key of a row came before. */
    boolean has(Batch batch, int row) {
        if (isUnlike(batch, row)) {
            return false;
        }
        one[0] = row;
        encoder.encode(batch, one, 1);
        table.find(encoder.words, 1, ids);
        return ids[0] >= 0;
    }

    /** Adds the key of a row. */
    void add(Batch batch, int row) {
        if (!isUnlike(batch, row)) {
            one[0] = row;
            encoder.encode(batch, one, 1);
            table.findOrAdd(encoder.words, 1, ids, added);
        }
    }

    /** Whether a key is like no other. */
    private boolean isUnlike(Batch batch, int row) {
        if (nullsEqual) {
            return false;
        }
        for (int column : columns) {
            ColumnVector vector = batch.column(column);
            if (vector.isNull(row)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        KeyEncoder.close(texts);
        table.close();
    }
}
