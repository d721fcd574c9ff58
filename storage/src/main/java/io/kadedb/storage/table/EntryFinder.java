package io.kadedb.storage.table;

import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.storage.format.v1.ColumnBuffer;
import io.kadedb.storage.format.v1.KeyLayout;
import io.kadedb.storage.format.v1.KeyWriter;
import io.kadedb.storage.format.v1.ValueOrder;
import io.kadedb.storage.format.v1.VectorValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Finds the entries of an index that begin with given values: among the deltas, and by search in segments. */
final class EntryFinder {
    private final IndexTable index;
    private final TableView entries;
    private final List<ColumnBuffer> output;
    private final List<Integer> baseKey;

    /**
     * @param output where the primary keys of the indexed table go, the row id for a table without one
     */
    EntryFinder(IndexTable index, TableView entries, List<ColumnBuffer> output) {
        this.index = index;
        this.entries = entries;
        this.output = output;
        this.baseKey = index.baseKey();
    }

    /**
     * Adds what it finds to the output.
     *
     * @param range where the deltas of such entries lie
     * @param key the values sought, in the given row
     */
    void find(KeyRange range, List<ColumnBuffer> key, int row) {
        List<KeyedDelta> deltas = entries.deltas(range);
        DeltaSplit.RowReader reader = new DeltaSplit.RowReader(index.table(), baseKey, output);
        for (KeyedDelta entry : deltas) {
            if (entries.isLive(entry.delta())) {
                reader.add(entry.delta());
            }
        }
        HiddenRows hidden = new HiddenRows(entries, deltas);
        for (Segment segment : entries.segments()) {
            if (mayHold(segment, key, row)) {
                search(segment, hidden, key, row);
            }
        }
    }

    private static boolean mayHold(Segment segment, List<ColumnBuffer> key, int row) {
        KeyWriter writer = new KeyWriter();
        key.forEach(column -> column.writeKey(row, writer));
        byte[] prefix = writer.toBytes();
        return Arrays.compareUnsigned(segment.minKey(), KeyLayout.end(prefix)) < 0
                && Arrays.compareUnsigned(segment.maxKey(), prefix) >= 0;
    }

    private void search(Segment segment, HiddenRows hidden, List<ColumnBuffer> key, int row) {
        List<DecodedColumn> held = new ArrayList<>();
        try {
            for (int i = 0; i < key.size(); i++) {
                held.add(SegmentSplit.acquire(entries, segment, i));
            }
            List<ColumnVector> columns =
                    held.stream().map(DecodedColumn::vector).toList();
            int from = firstNotBelow(columns, segment.rows(), key, row);
            int to = from;
            while (to < segment.rows() && compare(columns, to, key, row) == 0) {
                to++;
            }
            if (from < to) {
                copy(segment, hidden, from, to);
            }
        } finally {
            held.forEach(DecodedColumn::release);
        }
    }

    private static int firstNotBelow(List<ColumnVector> columns, int rows, List<ColumnBuffer> key, int row) {
        int low = 0;
        int high = rows;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (compare(columns, middle, key, row) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static int compare(List<ColumnVector> columns, int position, List<ColumnBuffer> key, int row) {
        for (int i = 0; i < columns.size(); i++) {
            int order = ValueOrder.compare(columns.get(i), position, key.get(i), row);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /** Adds the entries at positions that are to be seen. */
    private void copy(Segment segment, HiddenRows hidden, int from, int to) {
        List<DecodedColumn> held = new ArrayList<>();
        try {
            held.add(SegmentSplit.acquire(entries, segment, TableDefinition.ROW_ID));
            for (int ordinal : baseKey) {
                held.add(SegmentSplit.acquire(entries, segment, ordinal));
            }
            for (int position = from; position < to; position++) {
                long rowId = VectorValues.low(held.getFirst().vector(), position);
                if (!hidden.isHidden(segment, position, rowId)) {
                    for (int i = 0; i < baseKey.size(); i++) {
                        output.get(i).add(held.get(1 + i).vector(), position);
                    }
                }
            }
        } finally {
            held.forEach(DecodedColumn::release);
        }
    }
}
