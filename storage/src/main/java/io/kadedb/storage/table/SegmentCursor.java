package io.kadedb.storage.table;

import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.storage.format.v1.ColumnBuffer;
import io.kadedb.storage.format.v1.Delta;
import io.kadedb.storage.format.v1.KeyEncoding;
import io.kadedb.storage.format.v1.KeyLayout;
import io.kadedb.storage.format.v1.KeyWriter;
import io.kadedb.storage.format.v1.VectorValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Goes through the rows of a segment whose keys lie in a range, in order or in reverse. Owned by one thread. */
final class SegmentCursor implements AutoCloseable {
    private final TableView view;
    private final Segment segment;
    private final byte[] prefix;
    private final List<DecodedColumn> keyColumns = new ArrayList<>();
    private final int step;
    private int position;
    private int remaining;
    private final KeyWriter writer = new KeyWriter();
    private byte @Nullable [] key;
    private @Nullable DecodedColumn rowIds;
    private @Nullable List<DecodedColumn> wanted;

    SegmentCursor(TableView view, Segment segment, KeyRange range, boolean descending) {
        this.view = view;
        this.segment = segment;
        this.prefix = KeyLayout.rows(view.table().storageId());
        this.step = descending ? -1 : 1;
        boolean done = false;
        try {
            for (int ordinal : KeyEncoding.ordinals(view.table())) {
                keyColumns.add(SegmentSplit.acquire(view, segment, ordinal));
            }
            int from = firstNotBelow(range.begin(), 0);
            int to = firstNotBelow(range.end(), from);
            this.remaining = to - from;
            this.position = descending ? to - 1 : from;
            done = true;
        } finally {
            if (!done) {
                close();
            }
        }
    }

    /** The position of the first key that is not below another, from a position on. */
    private int firstNotBelow(byte[] logical, int from) {
        if (compare(logical, segment.minKey()) <= 0) {
            return from;
        }
        if (compare(logical, segment.maxKey()) > 0) {
            return segment.rows();
        }
        int low = from;
        int high = segment.rows();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Arrays.compareUnsigned(keyAt(middle), logical) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private int compare(byte[] logical, byte[] ordered) {
        return Arrays.compareUnsigned(logical, prefix.length, logical.length, ordered, 0, ordered.length);
    }

    private byte[] keyAt(int row) {
        writer.clear();
        writer.addRaw(prefix);
        for (DecodedColumn column : keyColumns) {
            writer.addValue(column.vector(), row);
        }
        return writer.toBytes();
    }

    /** The logical key of a row of a segment. */
    static byte[] logicalKey(TableView view, Segment segment, int position) {
        List<ColumnBuffer> key = new ArrayList<>();
        for (int ordinal : KeyEncoding.ordinals(view.table())) {
            DecodedColumn column = SegmentSplit.acquire(view, segment, ordinal);
            try {
                ColumnBuffer value = new ColumnBuffer(column.vector().type(), 1);
                value.add(column.vector(), position);
                key.add(value);
            } finally {
                column.release();
            }
        }
        return view.keys().logical(key, 0);
    }

    Segment segment() {
        return segment;
    }

    boolean isAtEnd() {
        return remaining == 0;
    }

    /** The logical key of the row it is at. */
    byte[] key() {
        byte[] known = key;
        if (known == null) {
            known = keyAt(position);
            key = known;
        }
        return known;
    }

    void advance() {
        position += step;
        remaining--;
        key = null;
    }

    /**
     * Whether the row it is at is to be seen.
     *
     * @param delta the newest word on its key
     */
    boolean isVisible(RowFinder finder, @Nullable Delta delta) {
        var deleted = segment.deleted();
        if (deleted != null && deleted.contains(position)) {
            return false;
        }
        return (delta == null && view.hides().isEmpty()) || finder.isVisible(segment, position, rowId(), delta);
    }

    private long rowId() {
        if (segment.isDense()) {
            return segment.minRowId() + position;
        }
        DecodedColumn ids = rowIds;
        if (ids == null) {
            ids = SegmentSplit.acquire(view, segment, TableDefinition.ROW_ID);
            rowIds = ids;
        }
        return VectorValues.low(ids.vector(), position);
    }

    /** Adds columns of the row it is at to buffers; always the same columns. */
    void copy(List<Integer> columns, List<ColumnBuffer> output) {
        List<DecodedColumn> held = wanted;
        if (held == null) {
            held = new ArrayList<>(columns.size());
            wanted = held;
            for (int ordinal : columns) {
                held.add(SegmentSplit.acquire(view, segment, ordinal));
            }
        }
        for (int i = 0; i < held.size(); i++) {
            ColumnVector vector = held.get(i).vector();
            output.get(i).add(vector, position);
        }
    }

    @Override
    public void close() {
        keyColumns.forEach(DecodedColumn::release);
        keyColumns.clear();
        if (rowIds != null) {
            rowIds.release();
            rowIds = null;
        }
        if (wanted != null) {
            wanted.forEach(DecodedColumn::release);
            wanted = null;
        }
    }
}
