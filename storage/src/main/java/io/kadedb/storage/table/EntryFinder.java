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
    private final List<Integer> columns;

    /**
     * @param columns ordinals of the entries' columns to read
     * @param output where they go
     */
    EntryFinder(IndexTable index, TableView entries, List<Integer> columns, List<ColumnBuffer> output) {
        this.index = index;
        this.entries = entries;
        this.output = output;
        this.columns = columns;
    }

    /**
     * Adds what it finds to the output, and gives how many entries there are.
     *
     * @param range where the deltas of such entries lie
     * @param key the values sought, in the given row
     */
    int find(KeyRange range, List<ColumnBuffer> key, int row) {
        List<KeyedDelta> deltas = entries.deltas(range);
        DeltaSplit.RowReader reader = new DeltaSplit.RowReader(index.table(), columns, output);
        int count = 0;
        for (KeyedDelta entry : deltas) {
            if (entries.isLive(entry.delta())) {
                reader.add(entry.delta());
                count++;
            }
        }
        HiddenRows hidden = new HiddenRows(entries, deltas);
        for (Segment segment : entries.segments()) {
            if (mayHold(segment, key, row)) {
                count += search(segment, hidden, key, row);
            }
        }
        return count;
    }

    private static boolean mayHold(Segment segment, List<ColumnBuffer> key, int row) {
        KeyWriter writer = new KeyWriter();
        key.forEach(column -> column.writeKey(row, writer));
        byte[] prefix = writer.toBytes();
        return Arrays.compareUnsigned(segment.minKey(), KeyLayout.end(prefix)) < 0
                && Arrays.compareUnsigned(segment.maxKey(), prefix) >= 0;
    }

    private int search(Segment segment, HiddenRows hidden, List<ColumnBuffer> key, int row) {
        List<DecodedColumn> held = new ArrayList<>();
        try {
            for (int i = 0; i < key.size(); i++) {
                held.add(SegmentSplit.acquire(entries, segment, i));
            }
            List<ColumnVector> vectors =
                    held.stream().map(DecodedColumn::vector).toList();
            int from = firstNotBelow(vectors, segment.rows(), key, row);
            int to = from;
            while (to < segment.rows() && compare(vectors, to, key, row) == 0) {
                to++;
            }
            return from < to ? copy(segment, hidden, from, to) : 0;
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
    private int copy(Segment segment, HiddenRows hidden, int from, int to) {
        List<DecodedColumn> held = new ArrayList<>();
        try {
            held.add(SegmentSplit.acquire(entries, segment, TableDefinition.ROW_ID));
            for (int ordinal : columns) {
                held.add(SegmentSplit.acquire(entries, segment, ordinal));
            }
            int count = 0;
            for (int position = from; position < to; position++) {
                long rowId = VectorValues.low(held.getFirst().vector(), position);
                if (!hidden.isHidden(segment, position, rowId)) {
                    for (int i = 0; i < columns.size(); i++) {
                        output.get(i).add(held.get(1 + i).vector(), position);
                    }
                    count++;
                }
            }
            return count;
        } finally {
            held.forEach(DecodedColumn::release);
        }
    }
}
