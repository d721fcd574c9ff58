package io.kadedb.storage.table;

import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.type.SqlType;
import io.kadedb.storage.format.v1.Delta;
import io.kadedb.storage.format.v1.Stamp;
import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongArrays;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * Which rows of segments are not to be seen: removed by folds, hidden by large statements, or overridden by deltas. Row
 * ids are what identifies a row; positions are found when a segment is read.
 */
final class HiddenRows {
    private final TableView view;
    private final Long2ObjectOpenHashMap<Stamp> stamps = new Long2ObjectOpenHashMap<>();
    private final long[] ids;
    /** The ids of rows that once had the key of a delta, where they may have others by now: in indexes. */
    private final Long2ObjectOpenHashMap<List<KeyedDelta>> former = new Long2ObjectOpenHashMap<>();

    HiddenRows(TableView view, List<KeyedDelta> deltas) {
        this.view = view;
        if (view.segments().isEmpty()) {
            ids = new long[0];
            return;
        }
        boolean keepKeys = IndexTable.isOne(view.table());
        for (KeyedDelta entry : deltas) {
            Delta delta = entry.delta();
            hide(delta.rowId(), delta.stamp());
            for (long hidden : delta.hides()) {
                if (keepKeys) {
                    former.computeIfAbsent(hidden, id -> new ArrayList<>(1)).add(entry);
                } else {
                    hide(hidden, delta.stamp());
                }
            }
        }
        ids = stamps.keySet().toLongArray();
        LongArrays.unstableSort(ids);
    }

    /** A row of an index may have deltas on several keys: the newest counts. */
    private void hide(long rowId, Stamp stamp) {
        Stamp known = stamps.get(rowId);
        if (known == null || known.before(stamp)) {
            stamps.put(rowId, stamp);
        }
    }

    /** The hidden positions of a segment as a bitmap of words, or null when there are none. */
    long @Nullable [] positions(Segment segment) {
        long[] words = null;
        RoaringBitmap deleted = segment.deleted();
        if (deleted != null) {
            long[] bits = new long[(segment.rows() + 63) / 64];
            deleted.forEach((int position) -> bits[position >>> 6] |= 1L << position);
            words = bits;
        }
        int from = lowerBound(segment.minRowId());
        int to = lowerBound(segment.maxRowId() + 1);
        boolean bySet = false;
        for (HideSet hide : view.hides()) {
            bySet |= segment.stamp().before(hide.stamp())
                    && !hide.rowIds().isEmpty()
                    && hide.rowIds().first() <= segment.maxRowId()
                    && hide.rowIds().last() >= segment.minRowId();
        }
        boolean byKey = !former.isEmpty();
        if (from == to && !bySet && !byKey) {
            return words;
        }
        if (words == null) {
            words = new long[(segment.rows() + 63) / 64];
        }
        boolean any = (from != to || bySet) && resolve(segment, from, to, bySet, words);
        any |= byKey && resolveFormer(segment, words);
        return any || deleted != null ? words : null;
    }

    private boolean resolveFormer(Segment segment, long[] words) {
        boolean any = false;
        DecodedColumn column =
                view.storage().columns().acquire(segment, segment.record().getRowIds(), SqlType.BIGINT);
        try {
            for (int i = 0; i < segment.rows(); i++) {
                long id = column.vector().data().get(ColumnVector.INT64, 8L * i);
                if (former.containsKey(id) && hadKey(segment, i, id)) {
                    any = true;
                    set(words, i);
                }
            }
        } finally {
            column.release();
        }
        return any;
    }

    /** Whether a newer delta on the very key of a row says that another row has it. */
    private boolean hadKey(Segment segment, int position, long id) {
        List<KeyedDelta> newer = former.get(id);
        if (newer == null) {
            return false;
        }
        byte[] key = SegmentCursor.logicalKey(view, segment, position);
        for (KeyedDelta entry : newer) {
            if (segment.stamp().before(entry.delta().stamp()) && Arrays.equals(entry.key(), key)) {
                return true;
            }
        }
        return false;
    }

    private int lowerBound(long id) {
        int at = Arrays.binarySearch(ids, id);
        return at < 0 ? -at - 1 : at;
    }

    /** Whether a row of a segment is not to be seen. */
    boolean isHidden(Segment segment, int position, long rowId) {
        RoaringBitmap deleted = segment.deleted();
        return (deleted != null && deleted.contains(position))
                || view.isHiddenBySet(rowId, segment.stamp())
                || overrides(rowId, segment)
                || hadKey(segment, position, rowId);
    }

    private boolean overrides(long id, Segment segment) {
        Stamp stamp = stamps.get(id);
        return stamp != null && segment.stamp().before(stamp);
    }

    private boolean resolve(Segment segment, int from, int to, boolean bySet, long[] words) {
        if (segment.isDense() && !bySet) {
            boolean any = false;
            for (int i = from; i < to; i++) {
                if (overrides(ids[i], segment)) {
                    any = true;
                    set(words, (int) (ids[i] - segment.minRowId()));
                }
            }
            return any;
        }
        DecodedColumn column =
                view.storage().columns().acquire(segment, segment.record().getRowIds(), SqlType.BIGINT);
        try {
            ColumnVector rowIds = column.vector();
            boolean few = segment.isRowIdSorted() && (to - from) < segment.rows() / 32;
            if (few && !bySet) {
                return searchEach(segment, rowIds, from, to, words);
            }
            return testAll(segment, rowIds, from != to, bySet, words);
        } finally {
            column.release();
        }
    }

    private boolean searchEach(Segment segment, ColumnVector rowIds, int from, int to, long[] words) {
        boolean any = false;
        for (int i = from; i < to; i++) {
            int position = search(rowIds, ids[i]);
            if (position >= 0 && overrides(ids[i], segment)) {
                any = true;
                set(words, position);
            }
        }
        return any;
    }

    private static int search(ColumnVector rowIds, long id) {
        int low = 0;
        int high = rowIds.length() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            long found = rowIds.data().get(ColumnVector.INT64, 8L * middle);
            if (found == id) {
                return middle;
            }
            if (found < id) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    private boolean testAll(Segment segment, ColumnVector rowIds, boolean byDelta, boolean bySet, long[] words) {
        boolean any = false;
        for (int i = 0; i < rowIds.length(); i++) {
            long id = rowIds.data().get(ColumnVector.INT64, 8L * i);
            if ((byDelta && overrides(id, segment)) || (bySet && view.isHiddenBySet(id, segment.stamp()))) {
                any = true;
                set(words, i);
            }
        }
        return any;
    }

    private static void set(long[] words, int position) {
        words[position >>> 6] |= 1L << position;
    }
}
