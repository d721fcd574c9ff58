package io.kadedb.storage.table;

import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.type.SqlType;
import io.kadedb.storage.api.TablePartitions.Partition;
import io.kadedb.storage.format.v1.KeyEncoding;
import io.kadedb.storage.format.v1.KeyLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** The rows of a view's partitions. */
public final class PartitionRows {
    private final TableView view;
    private final RowPartitions partitions;
    private final SortedMap<Long, List<KeyedDelta>> deltas;
    private final HiddenRows hidden;

    /** @param view of a partitioned table */
    public PartitionRows(TableView view) {
        this.view = view;
        this.partitions = RowPartitions.of(view.table()).orElseThrow();
        List<KeyedDelta> all =
                view.deltas(new KeyRange(view.keys().begin(), view.keys().end()));
        this.hidden = new HiddenRows(view, all);
        this.deltas = partitions.split(
                all.stream().filter(entry -> view.isLive(entry.delta())).toList());
    }

    /** Those that have rows, in order. */
    public List<Partition> list() {
        SortedMap<Long, Partition> found = new TreeMap<>();
        for (Segment segment : view.segments()) {
            long number = segment.partition().orElseThrow();
            add(found, new Partition(number, segment.rows() - hiddenIn(segment), segment.bytes(), 1));
        }
        deltas.forEach((number, rows) -> add(found, new Partition(number, rows.size(), 0, 0)));
        return found.values().stream().filter(partition -> partition.rows() > 0).toList();
    }

    private static void add(Map<Long, Partition> found, Partition part) {
        found.merge(
                part.number(),
                part,
                (a, b) -> new Partition(
                        a.number(), a.rows() + b.rows(), a.bytes() + b.bytes(), a.segments() + b.segments()));
    }

    private long hiddenIn(Segment segment) {
        long @Nullable [] positions = hidden.positions(segment);
        long count = 0;
        if (positions != null) {
            for (long word : positions) {
                count += Long.bitCount(word);
            }
        }
        return count;
    }

    /**
     * What identifies the rows of partitions.
     *
     * @param rowIds theirs
     * @param spans of logical keys that they lie in
     * @param keys logical keys of those that are deltas
     */
    public record Found(Roaring64Bitmap rowIds, List<KeyRange> spans, List<byte[]> keys) {}

    /** The rows of the partitions that are wanted; of segments, only their row ids are read. */
    public Found find(LongPredicate wanted) {
        Roaring64Bitmap rowIds = new Roaring64Bitmap();
        List<KeyRange> spans = new ArrayList<>();
        for (Segment segment : view.segments()) {
            if (wanted.test(segment.partition().orElseThrow())) {
                addRows(segment, rowIds);
                spans.add(span(segment));
            }
        }
        List<byte[]> keys = new ArrayList<>();
        deltas.forEach((number, rows) -> {
            if (wanted.test(number)) {
                for (KeyedDelta row : rows) {
                    rowIds.addLong(row.delta().rowId());
                    keys.add(row.key());
                }
            }
        });
        return new Found(rowIds, spans, keys);
    }

    private KeyRange span(Segment segment) {
        KeyEncoding keys = view.keys();
        return keys.isOrdered()
                ? new KeyRange(
                        keys.logical(segment.firstKey()),
                        KeyLayout.concat(keys.logical(segment.lastKey()), new byte[1]))
                : new KeyRange(keys.begin(), keys.end());
    }

    private void addRows(Segment segment, Roaring64Bitmap rowIds) {
        long @Nullable [] positions = hidden.positions(segment);
        if (positions == null && segment.isDense()) {
            rowIds.addRange(segment.minRowId(), segment.maxRowId() + 1);
            return;
        }
        DecodedColumn column =
                view.storage().columns().acquire(segment, segment.record().getRowIds(), SqlType.BIGINT);
        try {
            for (int row = 0; row < segment.rows(); row++) {
                if (positions == null || (positions[row >>> 6] >>> row & 1) == 0) {
                    rowIds.addLong(column.vector().data().get(ColumnVector.INT64, 8L * row));
                }
            }
        } finally {
            column.release();
        }
    }
}
