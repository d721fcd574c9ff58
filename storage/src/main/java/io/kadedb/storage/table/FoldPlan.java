package io.kadedb.storage.table;

import io.kadedb.storage.format.v1.Delta;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * What a fold does with a table: live deltas become segments; segments that lost many rows, and small ones when there
 * are several of a partition, are written again with them; others are told which rows are gone.
 *
 * @param live deltas whose rows are there
 * @param rewritten segments to be written again, each with its hidden positions
 * @param thinned segments that stay, with all their hidden positions
 */
record FoldPlan(List<KeyedDelta> live, Map<Segment, RoaringBitmap> rewritten, Map<Segment, RoaringBitmap> thinned) {
    /** A segment that lost this share of its rows is written again. */
    private static final double REWRITE_SHARE = 0.3;
    /** A segment with fewer rows is small. */
    private static final int SMALL_ROWS = 32_768;
    /** So many small segments are merged. */
    private static final int MERGE_SEGMENTS = 4;
    /** Segments that one fold writes again at most, to bound its memory. */
    private static final int MAX_REWRITTEN = 16;

    Iterable<Segment> replaced() {
        return rewritten.keySet();
    }

    static FoldPlan of(TableView view, List<KeyedDelta> deltas) {
        List<KeyedDelta> live = new ArrayList<>();
        for (KeyedDelta entry : deltas) {
            Delta delta = entry.delta();
            if (view.isLive(delta)) {
                live.add(entry);
            }
        }
        HiddenRows hidden = new HiddenRows(view, deltas);
        Map<Segment, RoaringBitmap> rewritten = new LinkedHashMap<>();
        Map<Segment, RoaringBitmap> thinned = new LinkedHashMap<>();
        Map<OptionalLong, List<Segment>> small = new LinkedHashMap<>();
        Map<Segment, RoaringBitmap> bitmaps = new LinkedHashMap<>();
        for (Segment segment : view.segments()) {
            RoaringBitmap gone = bitmap(hidden.positions(segment));
            bitmaps.put(segment, gone);
            int lost = gone.getCardinality();
            boolean mostlyGone = lost > segment.rows() * REWRITE_SHARE;
            if (lost == segment.rows() || (mostlyGone && rewritten.size() < MAX_REWRITTEN)) {
                rewritten.put(segment, gone);
                continue;
            }
            if (lost > segment.rows() - segment.liveRows()) {
                thinned.put(segment, gone);
            }
            if (segment.rows() - lost < SMALL_ROWS) {
                small.computeIfAbsent(segment.partition(), key -> new ArrayList<>())
                        .add(segment);
            }
        }
        for (List<Segment> mergeable : small.values()) {
            if (mergeable.size() < MERGE_SEGMENTS) {
                continue;
            }
            mergeable.sort(Comparator.comparingInt(Segment::liveRows));
            for (Segment segment : mergeable) {
                if (rewritten.size() < MAX_REWRITTEN) {
                    thinned.remove(segment);
                    rewritten.put(segment, bitmaps.getOrDefault(segment, new RoaringBitmap()));
                }
            }
        }
        return new FoldPlan(live, rewritten, thinned);
    }

    private static RoaringBitmap bitmap(long @Nullable [] words) {
        RoaringBitmap bitmap = new RoaringBitmap();
        if (words != null) {
            for (int i = 0; i < words.length; i++) {
                for (long word = words[i]; word != 0; word &= word - 1) {
                    bitmap.add(i * 64 + Long.numberOfTrailingZeros(word));
                }
            }
        }
        return bitmap;
    }
}
