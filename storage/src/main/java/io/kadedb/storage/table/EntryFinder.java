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
        return read(locate(range, key, row));
    }

    /**
     * Where entries lie.
     *
     * @param deltas all of the range
     * @param parts of segments
     */
    record Located(List<KeyedDelta> deltas, List<Part> parts) {
        /** How many there are, those that are hidden among them. */
        long count() {
            return deltas.size() + parts.stream().mapToLong(Part::rows).sum();
        }
    }

    /** Positions of a segment. */
    record Part(Segment segment, int from, int to) {
        int rows() {
            return to - from;
        }
    }

    /** Finds out where the entries lie that {@link #find} reads. */
    Located locate(KeyRange range, List<ColumnBuffer> key, int row) {
        List<Part> parts = new ArrayList<>();
        for (Segment segment : entries.segments()) {
            if (mayHold(segment, key, row)) {
                Part part = search(segment, key, row);
                if (part.rows() > 0) {
                    parts.add(part);
                }
            }
        }
        return new Located(entries.deltas(range), parts);
    }

    /**
     * Finds out where entries lie whose first column is between two values.
     *
     * @param range where the deltas of such entries lie
     * @param bounds the least value, and the least one beyond
     */
    Located locateBetween(KeyRange range, ColumnBuffer bounds) {
        List<Part> parts = new ArrayList<>();
        List<ColumnBuffer> key = List.of(bounds);
        for (Segment segment : entries.segments()) {
            DecodedColumn held = SegmentSplit.acquire(entries, segment, 0);
            try {
                List<ColumnVector> first = List.of(held.vector());
                Part part = new Part(
                        segment, first(first, segment.rows(), key, 0, 0), first(first, segment.rows(), key, 1, 0));
                if (part.rows() > 0) {
                    parts.add(part);
                }
            } finally {
                held.release();
            }
        }
        return new Located(entries.deltas(range), parts);
    }

    /** Adds entries to the output, and gives how many there are. */
    int read(Located located) {
        DeltaSplit.RowReader reader = new DeltaSplit.RowReader(index.table(), columns, output);
        int count = 0;
        for (KeyedDelta entry : located.deltas) {
            if (entries.isLive(entry.delta())) {
                reader.add(entry.delta());
                count++;
            }
        }
        HiddenRows hidden = new HiddenRows(entries, located.deltas);
        for (Part part : located.parts) {
            count += copy(part.segment, hidden, part.from, part.to);
        }
        return count;
    }

    private static boolean mayHold(Segment segment, List<ColumnBuffer> key, int row) {
        KeyWriter writer = new KeyWriter();
        key.forEach(column -> column.writeKey(row, writer));
        byte[] prefix = writer.toBytes();
        return Arrays.compareUnsigned(segment.minKey(), KeyLayout.behind(prefix)) < 0
                && Arrays.compareUnsigned(segment.maxKey(), prefix) >= 0;
    }

    private Part search(Segment segment, List<ColumnBuffer> key, int row) {
        List<DecodedColumn> held = new ArrayList<>();
        try {
            for (int i = 0; i < key.size(); i++) {
                held.add(SegmentSplit.acquire(entries, segment, i));
            }
            List<ColumnVector> vectors =
                    held.stream().map(DecodedColumn::vector).toList();
            int from = first(vectors, segment.rows(), key, row, 0);
            return new Part(segment, from, first(vectors, segment.rows(), key, row, 1));
        } finally {
            held.forEach(DecodedColumn::release);
        }
    }

    /** The first position whose values are not below the key, or with an order of 1 beyond it. */
    private static int first(List<ColumnVector> columns, int rows, List<ColumnBuffer> key, int row, int order) {
        int low = 0;
        int high = rows;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (compare(columns, middle, key, row) < order) {
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
