package io.kadedb.storage.table;

import io.kadedb.common.json.PathColumn;
import io.kadedb.storage.api.TableScan;
import java.util.ArrayList;
import java.util.List;

/** A scan of a table as one statement sees it: a part for each segment that may match, and parts of deltas. */
public final class ViewScan implements TableScan {
    /** Deltas of a part. */
    private static final int PART_ROWS = 32 * 1_024;

    private final List<Split> splits = new ArrayList<>();

    public ViewScan(TableView view, List<Integer> columns, ScanFilter filter) {
        this(view, columns, List.of(), filter);
    }

    /** A scan that gives two further columns for each path. */
    public ViewScan(TableView view, List<Integer> columns, List<PathColumn> paths, ScanFilter filter) {
        List<KeyedDelta> deltas = view.deltas(filter.keys());
        HiddenRows hidden = new HiddenRows(view, deltas);
        for (Segment segment : view.segments()) {
            if (segment.liveRows() > 0 && filter.mayMatch(segment)) {
                splits.add(new SegmentSplit(view, segment, columns, paths, hidden));
            }
        }
        List<KeyedDelta> live =
                deltas.stream().filter(entry -> view.isLive(entry.delta())).toList();
        for (int from = 0; from < live.size(); from += PART_ROWS) {
            List<KeyedDelta> part = live.subList(from, Math.min(live.size(), from + PART_ROWS));
            splits.add(new DeltaSplit(view, part, columns, paths));
        }
    }

    @Override
    public List<Split> splits() {
        return splits;
    }
}
