package io.kadedb.executor.operator;

import io.kadedb.common.data.ColumnVector;
import io.kadedb.executor.kernel.Comparators;
import io.kadedb.executor.kernel.Comparators.RowComparator;
import io.kadedb.planner.physical.WindowFrame;
import org.jspecify.annotations.Nullable;

/**
 * Where frames of RANGE with offsets begin and end: each row names the values at which they do, and since rows are sorted
 * both move forward with the rows. A NULL is as far from other values as can be, and next to NULLs only.
 */
final class RangeLimits {
    private final ColumnVector key;
    private final @Nullable ColumnVector startLimit;
    private final @Nullable ColumnVector endLimit;
    private final RowComparator values;
    private final boolean descending;
    private int partition = -1;
    private int presentStart;
    private int presentEnd;
    private int start;
    private int end;

    RangeLimits(WindowFrame frame, WindowOrder order, boolean descending) {
        this.descending = descending;
        RowStore rows = order.rows();
        key = rows.column(frame.key().orElseThrow());
        startLimit = frame.start().limit().map(rows::column).orElse(null);
        endLimit = frame.end().limit().map(rows::column).orElse(null);
        values = Comparators.values(key.type());
    }

    /** The first row of the frame. */
    int start(WindowCursor cursor) {
        enter(cursor);
        ColumnVector limit = startLimit;
        if (limit == null || key.isNull(cursor.row())) {
            return cursor.groupStart();
        }
        while (start < presentEnd && compare(start, limit, cursor.row()) < 0) {
            start++;
        }
        while (start > presentStart && compare(start - 1, limit, cursor.row()) >= 0) {
            start--;
        }
        return start;
    }

    /** One past the last row of the frame. */
    int end(WindowCursor cursor) {
        enter(cursor);
        ColumnVector limit = endLimit;
        if (limit == null || key.isNull(cursor.row())) {
            return cursor.groupEnd();
        }
        while (end < presentEnd && compare(end, limit, cursor.row()) <= 0) {
            end++;
        }
        while (end > presentStart && compare(end - 1, limit, cursor.row()) > 0) {
            end--;
        }
        return end;
    }

    /** In the order of the window. */
    private int compare(int row, ColumnVector limit, int limitRow) {
        int order = values.compare(key, row, limit, limitRow);
        return descending ? -order : order;
    }

    private void enter(WindowCursor cursor) {
        if (partition == cursor.partitionStart()) {
            return;
        }
        partition = cursor.partitionStart();
        presentStart = partition;
        presentEnd = cursor.partitionEnd();
        if (key.isNull(presentStart)) {
            presentStart = cursor.startOf(1);
        } else if (key.isNull(presentEnd - 1)) {
            presentEnd = cursor.startOf(cursor.groupCount() - 1);
        }
        start = presentStart;
        end = presentStart;
    }
}
