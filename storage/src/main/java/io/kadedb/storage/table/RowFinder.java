package io.kadedb.storage.table;

import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.storage.format.v1.ColumnBuffer;
import io.kadedb.storage.format.v1.Delta;
import io.kadedb.storage.format.v1.KeyEncoding;
import io.kadedb.storage.format.v1.ValueOrder;
import io.kadedb.storage.format.v1.VectorValues;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds rows by key: among the deltas first, then by search in the key columns of segments. Owned by one thread. */
public final class RowFinder {
    private final TableView view;
    private final List<Integer> keyOrdinals;

    /**
     * Where the row of a key is.
     *
     * @param delta the newest word on the key outside segments
     * @param segment that holds the row, if it is not the delta's
     * @param position of the row in the segment
     */
    public record Found(
            long rowId, @Nullable Delta delta, @Nullable Segment segment, int position) {}

    public RowFinder(TableView view) {
        this.view = view;
        this.keyOrdinals = KeyEncoding.ordinals(view.table());
    }

    /**
     * The row of a key, or null.
     *
     * @param ordered the key in the order of values
     * @param logical the same as a logical key
     * @param key its values, in the given row
     */
    public @Nullable Found find(byte[] ordered, byte[] logical, List<ColumnBuffer> key, int row) {
        Delta delta = view.deltaAt(logical);
        if (delta != null && view.isLive(delta)) {
            return new Found(delta.rowId(), delta, null, -1);
        }
        for (Segment segment : view.segments()) {
            if (segment.covers(ordered)) {
                int position = search(segment, key, row);
                if (position >= 0) {
                    long rowId = rowId(segment, position);
                    if (isVisible(segment, position, rowId, delta)) {
                        return new Found(rowId, delta, segment, position);
                    }
                }
            }
        }
        return null;
    }

    /** Whether the row at a position is there, given the newest delta of its key. */
    boolean isVisible(Segment segment, int position, long rowId, @Nullable Delta delta) {
        var deleted = segment.deleted();
        if (deleted != null && deleted.contains(position)) {
            return false;
        }
        return !view.isHiddenBySet(rowId, segment.stamp())
                && !(delta != null && segment.stamp().before(delta.stamp()) && concerns(delta, rowId));
    }

    private static boolean concerns(Delta delta, long rowId) {
        if (delta.rowId() == rowId) {
            return true;
        }
        for (long hidden : delta.hides()) {
            if (hidden == rowId) {
                return true;
            }
        }
        return false;
    }

    long rowId(Segment segment, int position) {
        if (segment.isDense()) {
            return segment.minRowId() + position;
        }
        DecodedColumn rowIds = SegmentSplit.acquire(view, segment, TableDefinition.ROW_ID);
        try {
            return VectorValues.low(rowIds.vector(), position);
        } finally {
            rowIds.release();
        }
    }

    /** The position of a key in a segment, or -1. */
    int search(Segment segment, List<ColumnBuffer> key, int row) {
        List<DecodedColumn> columns = new ArrayList<>(keyOrdinals.size());
        try {
            for (int ordinal : keyOrdinals) {
                columns.add(SegmentSplit.acquire(view, segment, ordinal));
            }
            ColumnVector first = columns.getFirst().vector();
            if (columns.size() == 1 && SortedIntegers.isOne(first)) {
                return SortedIntegers.find(first, segment.rows(), key.getFirst().low(row));
            }
            int low = 0;
            int high = segment.rows() - 1;
            while (low <= high) {
                int middle = (low + high) >>> 1;
                int order = compare(columns, middle, key, row);
                if (order == 0) {
                    return middle;
                }
                if (order < 0) {
                    low = middle + 1;
                } else {
                    high = middle - 1;
                }
            }
            return -1;
        } finally {
            columns.forEach(DecodedColumn::release);
        }
    }

    private static int compare(List<DecodedColumn> columns, int position, List<ColumnBuffer> key, int row) {
        for (int i = 0; i < columns.size(); i++) {
            ColumnVector vector = columns.get(i).vector();
            int order = ValueOrder.compare(vector, position, key.get(i), row);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /** Adds the wanted columns of a row that was found to buffers. */
    void read(Found found, List<Integer> columns, List<ColumnBuffer> output) {
        Segment segment = found.segment;
        if (segment == null) {
            new DeltaSplit.RowReader(view.table(), columns, output).add(java.util.Objects.requireNonNull(found.delta));
            return;
        }
        for (int i = 0; i < columns.size(); i++) {
            DecodedColumn column = SegmentSplit.acquire(view, segment, columns.get(i));
            try {
                output.get(i).add(column.vector(), found.position);
            } finally {
                column.release();
            }
        }
    }
}
