package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.executor.memory.Native;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Finds the keys of rows in the table of a join. Belongs to one thread. */
final class KeyFinder {
    private final JoinTable table;
    private final int[] columns;
    private final KeyEncoder encoder;
    private final int[] ids = new int[Batch.MAX_ROWS];
    private final int[] found = new int[Batch.MAX_ROWS];
    private final int[] positions = new int[Batch.MAX_ROWS];
    private final int[] rows = new int[Batch.MAX_ROWS];
    private final int[] scratch = new int[Batch.MAX_ROWS];

    /**
     * @param columns the columns of batches that are compared with the table's key
     */
    KeyFinder(JoinTable table, int[] columns) {
        this.table = table;
        this.columns = columns;
        this.encoder = table.probeEncoder(columns);
    }

    /** The number of each selected row's key, -1 if the table lacks it; valid until the next call. */
    int[] find(Batch batch, int @Nullable [] selection, int count) {
        int present = table.nullsEqual() ? -1 : withoutNulls(batch, selection, count);
        if (present < 0) {
            encoder.encode(batch, selection, count);
            table.find(encoder.words, count, ids, scratch);
            return ids;
        }
        encoder.encode(batch, rows, present);
        table.find(encoder.words, present, found, scratch);
        Arrays.fill(ids, 0, count, -1);
        for (int i = 0; i < present; i++) {
            ids[positions[i]] = found[i];
        }
        return ids;
    }

    /**
     * Keeps the selected rows whose key the table has.
     *
     * @param kept where they are written; may be the selection
     * @return how many
     */
    int keep(Batch batch, int @Nullable [] selection, int count, int[] kept) {
        int present = table.nullsEqual() ? -1 : withoutNulls(batch, selection, count);
        int[] among = present < 0 ? selection : rows;
        int candidates = present < 0 ? count : present;
        encoder.encode(batch, among, candidates);
        int n = table.keep(encoder.words, candidates, found, scratch);
        if (among == null) {
            System.arraycopy(scratch, 0, kept, 0, n);
            return n;
        }
        for (int i = 0; i < n; i++) {
            kept[i] = among[scratch[i]];
        }
        return n;
    }

    /** Rows without a NULL key: their positions and row numbers; -1 if that is all. */
    private int withoutNulls(Batch batch, int @Nullable [] selection, int count) {
        int n = -1;
        for (int column : columns) {
            MemorySegment validity = batch.column(column).validity();
            if (validity == null) {
                continue;
            }
            long bits = validity.address();
            int from = n < 0 ? count : n;
            int to = 0;
            for (int i = 0; i < from; i++) {
                int position = n < 0 ? i : positions[i];
                positions[to] = position;
                to += Native.getBit(bits, Columns.row(selection, position));
            }
            n = to;
        }
        if (n == count) {
            return -1;
        }
        for (int i = 0; i < n; i++) {
            rows[i] = Columns.row(selection, positions[i]);
        }
        return n;
    }
}
