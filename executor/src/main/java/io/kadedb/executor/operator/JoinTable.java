package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.type.Field;
import io.kadedb.executor.memory.Native;
import io.kadedb.executor.pipeline.QueryRun;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The right side of a join: its rows in columns, numbered by key. Rows of key {@code k} are {@code rows[starts[k]]} to
 * {@code rows[starts[k + 1]]}; where every key has one row the key's number is the row's. Built by one thread, then
 * read by all.
 */
final class JoinTable implements AutoCloseable {
    private final List<Field> keyFields;
    private final int[] keyColumns;
    private final boolean nullsEqual;
    private final MemoryPool memory;
    private final KeyLayout layout;
    private final @Nullable TextInterner[] texts;
    private final KeyTable hashed;
    /** The keys instead of {@link #hashed}, if they are integers of a range that is not much larger than their number. */
    private @Nullable RankedKeys ranked;

    private final NativeArray starts;
    private final NativeArray order;
    private final NativeArray matched;

    /** All rows of the right input. */
    final RowStore rows;

    private boolean unique = true;
    private boolean hasNullKey;
    private @Nullable IntegerRange keyRange;

    /** The least and greatest key of one integer column. */
    record IntegerRange(long least, long most) {}

    JoinTable(List<Field> fields, int[] keyColumns, List<Field> keyFields, boolean nullsEqual, MemoryPool memory) {
        this.keyColumns = keyColumns;
        this.keyFields = keyFields;
        this.nullsEqual = nullsEqual;
        this.memory = memory;
        this.layout = KeyLayout.of(keyFields, nullsEqual);
        this.texts = KeyEncoder.interners(keyFields, memory);
        this.hashed = new KeyTable(layout, memory);
        this.starts = new NativeArray(memory);
        this.order = new NativeArray(memory);
        this.matched = new NativeArray(memory);
        this.rows = new RowStore(fields, memory);
    }

    /** Numbers the rows by key, when all are there. */
    void build(boolean trackMatches, QueryRun run) {
        int n = rows.all().length();
        if (trackMatches) {
            matched.ensure(Math.max(1, n));
        }
        if (keyColumns.length == 0 || n == 0) {
            return;
        }
        try (NativeArray ids = new NativeArray(memory)) {
            ids.ensure(4L * n);
            int keyed = number(ids, run);
            unique = keyed == n && keyCount() == n;
            if (!unique) {
                group(ids.address(), n);
            }
        }
    }

    /** Writes each row's key number, -1 for those with a NULL that matches nothing; gives the number of others. */
    private int number(NativeArray ids, QueryRun run) {
        KeyEncoder encoder = new KeyEncoder(layout, range(keyColumns.length), texts, true);
        int n = rows.rows();
        expectRange(n);
        RankedKeys sealed = ranked;
        if (sealed != null) {
            mark(sealed, encoder, run);
        }
        int[] batchIds = new int[Batch.MAX_ROWS];
        int[] added = new int[Batch.MAX_ROWS];
        int[] selection = new int[Batch.MAX_ROWS];
        int keyed = 0;
        for (int from = 0; from < n; from += Batch.MAX_ROWS) {
            run.checkpoint();
            int length = Math.min(Batch.MAX_ROWS, n - from);
            Batch batch = Columns.project(rows.slice(from, length), keyColumns);
            int kept = nullsEqual ? -1 : withoutNulls(batch, length, selection);
            int count = kept < 0 ? length : kept;
            encoder.encode(batch, kept < 0 ? null : selection, count);
            if (sealed == null) {
                hashed.findOrAdd(encoder.words, count, batchIds, added);
            } else {
                sealed.number(encoder.words[0], count, batchIds);
            }
            keyed += count;
            long out = ids.address() + 4L * from;
            if (kept < 0) {
                for (int i = 0; i < count; i++) {
                    Native.putInt(out + 4L * i, batchIds[i]);
                }
            } else {
                hasNullKey = true;
                Native.fill(out, 4L * length, (byte) -1);
                for (int i = 0; i < count; i++) {
                    Native.putInt(out + 4L * selection[i], batchIds[i]);
                }
            }
        }
        return keyed;
    }

    /** Notes all keys, before the first is numbered. */
    private void mark(RankedKeys sealed, KeyEncoder encoder, QueryRun run) {
        int[] selection = new int[Batch.MAX_ROWS];
        int n = rows.rows();
        for (int from = 0; from < n; from += Batch.MAX_ROWS) {
            run.checkpoint();
            int length = Math.min(Batch.MAX_ROWS, n - from);
            Batch batch = Columns.project(rows.slice(from, length), keyColumns);
            int kept = withoutNulls(batch, length, selection);
            int count = kept < 0 ? length : kept;
            encoder.encode(batch, kept < 0 ? null : selection, count);
            sealed.mark(encoder.words[0], count);
        }
        sealed.seal();
    }

    private void expectRange(int n) {
        if (!layout.isInteger()) {
            hashed.reserve(n);
            return;
        }
        ColumnVector vector = rows.column(keyColumns[0]);
        long[] values = new long[Batch.MAX_ROWS];
        int[] positions = new int[Batch.MAX_ROWS];
        long least = Long.MAX_VALUE;
        long most = Long.MIN_VALUE;
        for (int from = 0; from < n; from += Batch.MAX_ROWS) {
            int length = Math.min(Batch.MAX_ROWS, n - from);
            ColumnVector slice = vector.slice(from, length);
            int kept = Columns.dropNulls(slice, null, length, positions);
            int count = kept < 0 ? length : kept;
            Columns.loadLongs(slice, kept < 0 ? null : positions, count, values);
            for (int i = 0; i < count; i++) {
                least = Math.min(least, values[i]);
                most = Math.max(most, values[i]);
            }
        }
        if (least <= most) {
            keyRange = new IntegerRange(least, most);
            if (!nullsEqual && RankedKeys.suits(least, most, n)) {
                ranked = new RankedKeys(least, most, memory);
            } else {
                hashed.expect(least, most, n);
            }
        }
    }

    private static int[] range(int n) {
        int[] range = new int[n];
        for (int i = 0; i < n; i++) {
            range[i] = i;
        }
        return range;
    }

    /** The rows in which no column is NULL; -1 if that is all of them. */
    private static int withoutNulls(Batch batch, int length, int[] selection) {
        boolean nullable = false;
        for (ColumnVector column : batch.columns()) {
            nullable |= column.validity() != null;
        }
        if (!nullable) {
            return -1;
        }
        int kept = 0;
        for (int i = 0; i < length; i++) {
            boolean present = true;
            for (int c = 0; c < batch.columns().size(); c++) {
                present &= !batch.column(c).isNull(i);
            }
            selection[kept] = i;
            kept += present ? 1 : 0;
        }
        return kept == length ? -1 : kept;
    }

    /** Sorts the rows by key number (counting sort). */
    private void group(long ids, int n) {
        int groups = keyCount();
        starts.ensure(4L * (groups + 2));
        order.ensure(4L * n);
        long counts = starts.address() + 8;
        for (int i = 0; i < n; i++) {
            int id = Native.getInt(ids + 4L * i);
            if (id >= 0) {
                Native.putInt(counts + 4L * id, Native.getInt(counts + 4L * id) + 1);
            }
        }
        // Shifted by one, so that placing the rows moves every start to where it belongs.
        long next = starts.address() + 4;
        for (int g = 1; g <= groups; g++) {
            Native.putInt(next + 4L * g, Native.getInt(next + 4L * g) + Native.getInt(next + 4L * (g - 1)));
        }
        for (int i = 0; i < n; i++) {
            int id = Native.getInt(ids + 4L * i);
            if (id >= 0) {
                int at = Native.getInt(next + 4L * id);
                Native.putInt(order.address() + 4L * at, i);
                Native.putInt(next + 4L * id, at + 1);
            }
        }
    }

    /** Makes an encoder for the left side's keys. */
    KeyEncoder probeEncoder(int[] columns) {
        return new KeyEncoder(layout, columns, texts, false);
    }

    /** How many different keys there are. */
    int keyCount() {
        RankedKeys sealed = ranked;
        return sealed == null ? hashed.size() : sealed.size();
    }

    /**
     * The numbers of the left side's keys, -1 for those that are not there.
     *
     * @param words of {@link #probeEncoder}
     * @param scratch overwritten
     */
    void find(long[][] words, int count, int[] ids, int[] scratch) {
        RankedKeys sealed = ranked;
        if (sealed == null) {
            hashed.find(words, count, ids);
        } else {
            sealed.find(words[0], count, ids, scratch);
        }
    }

    /**
     * Keeps the left side's keys that are there.
     *
     * @param words of {@link #probeEncoder}
     * @param ids overwritten
     * @param positions where the positions (of {@code 0..count-1}) of the keys kept are written
     * @return how many
     */
    int keep(long[][] words, int count, int[] ids, int[] positions) {
        RankedKeys sealed = ranked;
        if (sealed != null) {
            return sealed.keep(words[0], count, positions);
        }
        hashed.find(words, count, ids);
        int kept = 0;
        for (int i = 0; i < count; i++) {
            positions[kept] = i;
            kept += ids[i] >= 0 ? 1 : 0;
        }
        return kept;
    }

    List<Field> keyFields() {
        return keyFields;
    }

    boolean nullsEqual() {
        return nullsEqual;
    }

    /** Whether no key has two rows, so that a key's number is its row. */
    boolean unique() {
        return unique;
    }

    /** Whether a row was left out because of a NULL in its key. */
    boolean hasNullKey() {
        return hasNullKey;
    }

    @Nullable
    IntegerRange keyRange() {
        return keyRange;
    }

    /** The place of a key's first row; for tables that are not {@link #unique}. */
    int start(int key) {
        return Native.getInt(starts.address() + 4L * key);
    }

    /** The row at a place between two starts. */
    int row(int place) {
        return Native.getInt(order.address() + 4L * place);
    }

    /** Notes that a row has found a partner. Threads may race: all write the same. */
    void markMatched(int row) {
        Native.putByte(matched.address() + row, (byte) 1);
    }

    boolean isMatched(int row) {
        return Native.getByte(matched.address() + row) != 0;
    }

    /** The rows without a key, for NOT IN. */
    int[] nullKeyRows() {
        ColumnVector key = rows.column(keyColumns[0]);
        MemorySegment validity = key.validity();
        int[] found = new int[rows.rows()];
        int n = 0;
        for (int i = 0; i < rows.rows() && validity != null; i++) {
            found[n] = i;
            n += ColumnVector.bit(validity, i) ? 0 : 1;
        }
        return java.util.Arrays.copyOf(found, n);
    }

    @Override
    public void close() {
        hashed.close();
        if (ranked != null) {
            ranked.close();
        }
        KeyEncoder.close(texts);
        starts.close();
        order.close();
        matched.close();
        rows.close();
    }
}
