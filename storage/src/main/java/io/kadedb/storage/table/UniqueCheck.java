package io.kadedb.storage.table;

import io.kadedb.common.data.ColumnVector;
import io.kadedb.storage.format.v1.ColumnBuffer;
import io.kadedb.storage.format.v1.Delta;
import io.kadedb.storage.format.v1.KeyEncoding;
import io.kadedb.storage.format.v1.KeyWriter;
import io.kadedb.storage.format.v1.VectorValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/**
 * Looks for keys of a staged statement that exist already: in it, or in the table as the statement sees it. Segments are
 * compared only where their keys overlap, by merging them in key order.
 */
public final class UniqueCheck {
    private final TableView view;
    private final StagedBatch batch;
    private final Roaring64Bitmap hidden;
    private final NavigableMap<byte[], Delta> pending;
    private final KeyEncoding keys;

    /**
     * A check.
     *
     * @param hidden ids of rows that the statement itself replaces or removes
     * @param pending what else the statement wrote
     */
    public UniqueCheck(TableView view, StagedBatch batch, Roaring64Bitmap hidden, NavigableMap<byte[], Delta> pending) {
        this.view = view;
        this.batch = batch;
        this.hidden = hidden;
        this.pending = pending;
        this.keys = view.keys();
    }

    /** The columns of a key that exists twice, one row each. */
    public Optional<List<ColumnBuffer>> firstDuplicate() {
        List<Segment> fresh = new ArrayList<>(batch.segments());
        fresh.sort(Comparator.comparing(Segment::minKey, Arrays::compareUnsigned));
        List<ColumnBuffer> found = amongFresh(fresh);
        for (int i = 0; found == null && i < fresh.size(); i++) {
            found = withExisting(fresh.get(i));
        }
        if (found == null && !fresh.isEmpty()) {
            found = withDeltas(fresh);
        }
        return Optional.ofNullable(found);
    }

    /** Merges each group of overlapping segments. */
    private @Nullable List<ColumnBuffer> amongFresh(List<Segment> fresh) {
        int from = 0;
        while (from < fresh.size()) {
            byte[] end = fresh.get(from).maxKey();
            int to = from + 1;
            while (to < fresh.size() && Arrays.compareUnsigned(fresh.get(to).minKey(), end) <= 0) {
                byte[] max = fresh.get(to).maxKey();
                end = Arrays.compareUnsigned(max, end) > 0 ? max : end;
                to++;
            }
            if (to - from > 1) {
                try (KeyMerge merge = new KeyMerge(view, fresh.subList(from, to))) {
                    List<ColumnBuffer> twice = merge.firstRepeated((segment, position) -> true);
                    if (twice != null) {
                        return twice;
                    }
                }
            }
            from = to;
        }
        return null;
    }

    private @Nullable List<ColumnBuffer> withExisting(Segment fresh) {
        List<Segment> overlapping = new ArrayList<>();
        for (Segment segment : view.segments()) {
            if (segment.overlaps(fresh)) {
                overlapping.add(segment);
            }
        }
        if (overlapping.isEmpty()) {
            return null;
        }
        overlapping.add(fresh);
        RowFinder finder = new RowFinder(view);
        try (KeyMerge merge = new KeyMerge(view, overlapping)) {
            return merge.firstRepeated((segment, position) -> segment == fresh || isLive(finder, segment, position));
        }
    }

    private boolean isLive(RowFinder finder, Segment segment, int position) {
        long rowId = finder.rowId(segment, position);
        if (hidden.contains(rowId)) {
            return false;
        }
        byte[] logical = keys.logical(orderedKey(segment, position));
        Delta written = pending.get(logical);
        return finder.isVisible(segment, position, rowId, written != null ? written : view.deltaAt(logical));
    }

    private byte[] orderedKey(Segment segment, int position) {
        KeyWriter writer = new KeyWriter();
        for (int ordinal : KeyEncoding.ordinals(view.table())) {
            DecodedColumn column = SegmentSplit.acquire(view, segment, ordinal);
            try {
                writer.addValue(column.vector(), position);
            } finally {
                column.release();
            }
        }
        return writer.toBytes();
    }

    /** Looks up every live delta between the first and the last key in the fresh segments. */
    private @Nullable List<ColumnBuffer> withDeltas(List<Segment> fresh) {
        KeyRange range = new KeyRange(keys.begin(), keys.end());
        if (keys.isOrdered()) {
            byte[] last = fresh.stream()
                    .map(Segment::maxKey)
                    .max(Arrays::compareUnsigned)
                    .orElseThrow();
            range = new KeyRange(
                    keys.logical(fresh.getFirst().minKey()),
                    io.kadedb.storage.format.v1.KeyLayout.concat(keys.logical(last), new byte[1]));
        }
        for (KeyedDelta entry : view.deltas(range)) {
            Delta delta = entry.delta();
            if (view.isLive(delta) && !hidden.contains(delta.rowId()) && !pending.containsKey(entry.key())) {
                List<ColumnBuffer> key = keyOf(delta);
                if (isIn(fresh, key)) {
                    return key;
                }
            }
        }
        for (Map.Entry<byte[], Delta> entry : pending.entrySet()) {
            Delta delta = entry.getValue();
            if (delta.isPut()) {
                List<ColumnBuffer> key = keyOf(delta);
                if (isIn(fresh, key)) {
                    return key;
                }
            }
        }
        return null;
    }

    private List<ColumnBuffer> keyOf(Delta delta) {
        List<Integer> ordinals = KeyEncoding.ordinals(view.table());
        List<ColumnBuffer> key = new ArrayList<>();
        KeyEncoding.types(view.table()).forEach(type -> key.add(new ColumnBuffer(type, 1)));
        new DeltaSplit.RowReader(view.table(), ordinals, key).add(delta);
        return key;
    }

    private boolean isIn(List<Segment> fresh, List<ColumnBuffer> key) {
        byte[] ordered = keys.ordered(key, 0);
        RowFinder finder = new RowFinder(view);
        for (Segment segment : fresh) {
            if (segment.covers(ordered) && finder.search(segment, key, 0) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** Copies a key out of vectors. */
    static List<ColumnBuffer> copy(List<ColumnVector> vectors, int row) {
        List<ColumnBuffer> key = new ArrayList<>();
        for (ColumnVector vector : vectors) {
            ColumnBuffer column = new ColumnBuffer(vector.type(), 1);
            if (vector.isNull(row)) {
                column.addNull();
            } else if (column.isVarbytes()) {
                byte[] bytes = VectorValues.bytes(vector, row);
                column.addVarbytes(bytes, 0, bytes.length);
            } else {
                column.addFixed(VectorValues.low(vector, row), VectorValues.high(vector, row));
            }
            key.add(column);
        }
        return key;
    }
}
