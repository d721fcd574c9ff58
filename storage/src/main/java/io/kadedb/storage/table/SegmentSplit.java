package io.kadedb.storage.table;

import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.MissingValue;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.json.PathColumn;
import io.kadedb.common.type.SqlType;
import io.kadedb.storage.api.BatchSource;
import io.kadedb.storage.api.TableScan;
import io.kadedb.storage.format.v1.ColumnBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a segment that are not hidden. */
record SegmentSplit(TableView view, Segment segment, List<Integer> columns, List<PathColumn> paths, HiddenRows hidden)
        implements TableScan.Split {
    @Override
    public long rows() {
        return segment.liveRows();
    }

    @Override
    public BatchSource open() {
        return new Source(this, hidden.positions(segment), false);
    }

    @Override
    public BatchSource openSelected() {
        return new Source(this, hidden.positions(segment), true);
    }

    /** Holds a column of a segment; one that is younger than the segment has the value that is missing throughout. */
    static DecodedColumn acquire(TableView view, Segment segment, int ordinal) {
        TableStorage storage = view.storage();
        if (ordinal == TableDefinition.ROW_ID) {
            return storage.columns().acquire(segment, segment.record().getRowIds(), SqlType.BIGINT);
        }
        ColumnDefinition column = view.table().columns().get(ordinal);
        return segment.chunk(column.id())
                .map(chunk -> storage.columns().acquire(segment, chunk, column.type()))
                .orElseGet(() -> missing(storage, column, segment.rows()));
    }

    /** A column for a scan, which closes it. */
    private static ScannedColumn scanned(TableView view, Segment segment, int ordinal) {
        ColumnCache cache = view.storage().columns();
        if (ordinal == TableDefinition.ROW_ID) {
            return cache.scan(segment, segment.record().getRowIds(), SqlType.BIGINT);
        }
        ColumnDefinition column = view.table().columns().get(ordinal);
        return segment.chunk(column.id())
                .map(chunk -> cache.scan(segment, chunk, column.type()))
                .orElseGet(() -> new ScannedColumn.Decoded(missing(view.storage(), column, segment.rows())));
    }

    private static DecodedColumn missing(TableStorage storage, ColumnDefinition column, int rows) {
        ColumnBuffer buffer = new ColumnBuffer(column.type(), rows);
        MissingValue value = column.missing().orElse(null);
        for (int i = 0; i < rows; i++) {
            buffer.add(value);
        }
        return DecodedColumn.of(storage.memory(), buffer);
    }

    /** Slices of the decoded columns; where rows are hidden among them, the others are copied or selected. */
    private static final class Source implements BatchSource {
        private final List<ScannedColumn> columns = new ArrayList<>();
        private final int rows;
        private final long @Nullable [] hidden;
        private final NativeBatch copies;
        private final int[] visibleRows;
        private final boolean selects;
        private boolean isSelected;
        private int selected;
        private int next;

        Source(SegmentSplit split, long @Nullable [] hidden, boolean selects) {
            this.selects = selects;
            this.visibleRows = selects && hidden != null ? new int[Batch.MAX_ROWS] : new int[0];
            TableView view = split.view;
            Segment segment = split.segment;
            this.rows = segment.rows();
            this.hidden = hidden;
            this.copies = new NativeBatch(
                    view.storage().memory(), DeltaSplit.types(view.table(), split.columns, split.paths));
            boolean complete = false;
            try {
                for (int ordinal : split.columns) {
                    columns.add(scanned(view, segment, ordinal));
                }
                for (PathColumn path : split.paths) {
                    PathVectors vectors = new PathVectors(view, segment, path);
                    columns.add(new ScannedColumn.Decoded(vectors.values()));
                    columns.add(new ScannedColumn.Decoded(vectors.documents()));
                }
                complete = true;
            } finally {
                if (!complete) {
                    close();
                }
            }
        }

        @Override
        public @Nullable Batch next() {
            isSelected = false;
            while (next < rows) {
                int from = next;
                int count = Math.min(Batch.MAX_ROWS, rows - from);
                next += count;
                int visible = hidden == null ? count : count - hiddenAmong(hidden, from, count);
                if (visible == count) {
                    return slice(from, count);
                }
                if (visible > 0 && selects) {
                    select(from, count);
                    return slice(from, count);
                }
                if (visible > 0) {
                    return copy(from, count, visible);
                }
            }
            return null;
        }

        @Override
        public int @Nullable [] selection() {
            return isSelected ? visibleRows : null;
        }

        @Override
        public int selected() {
            return selected;
        }

        private void select(int from, int count) {
            long[] bits = java.util.Objects.requireNonNull(hidden);
            int visible = 0;
            for (int row = 0; row < count; row++) {
                visibleRows[visible] = row;
                visible += (int) (~bits[(from + row) >>> 6] >>> (from + row) & 1);
            }
            selected = visible;
            isSelected = true;
        }

        private Batch slice(int from, int count) {
            List<ColumnVector> vectors = new ArrayList<>(columns.size());
            for (ScannedColumn column : columns) {
                vectors.add(column.rows(from, count));
            }
            return new Batch(count, vectors);
        }

        private Batch copy(int from, int count, int visible) {
            long[] bits = java.util.Objects.requireNonNull(hidden);
            copies.clear();
            for (int i = 0; i < columns.size(); i++) {
                ColumnVector vector = columns.get(i).rows(from, count);
                ColumnBuffer target = copies.columns().get(i);
                for (int row = 0; row < count; row++) {
                    if ((bits[(from + row) >>> 6] >>> (from + row) & 1) == 0) {
                        target.add(vector, row);
                    }
                }
            }
            return copies.toBatch(visible);
        }

        /** Batches begin at multiples of 64. */
        private static int hiddenAmong(long[] bits, int from, int count) {
            int hidden = 0;
            for (int word = from >>> 6; word < (from + count + 63) >>> 6; word++) {
                hidden += Long.bitCount(bits[word]);
            }
            return hidden;
        }

        @Override
        public void close() {
            columns.forEach(ScannedColumn::close);
            columns.clear();
            copies.close();
        }
    }
}
