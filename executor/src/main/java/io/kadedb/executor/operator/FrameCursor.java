package io.kadedb.executor.operator;

import io.kadedb.executor.pipeline.QueryRun;
import io.kadedb.planner.physical.WindowFrame;
import io.kadedb.planner.physical.WindowFrame.Exclusion;
import io.kadedb.planner.physical.WindowFrame.Mode;
import io.kadedb.planner.physical.WindowFrame.Place;
import org.jspecify.annotations.Nullable;

/**
 * The frame of each row, as up to three ranges of sorted rows: what EXCLUDE leaves of the part between the bounds.
 * Belongs to one thread.
 */
final class FrameCursor {
    /** The most ranges a frame has. */
    static final int MOST_RANGES = 3;

    private final WindowFrame frame;
    private final WindowCursor cursor;
    private final long startOffset;
    private final long endOffset;
    private final @Nullable RangeLimits limits;

    private final int[] from = new int[MOST_RANGES];
    private final int[] to = new int[MOST_RANGES];
    private int ranges;

    FrameCursor(WindowFrame frame, WindowOrder order, boolean descending, QueryRun run) {
        this.frame = frame;
        this.cursor = new WindowCursor(order);
        this.limits = frame.key().isPresent() ? new RangeLimits(frame, order, descending) : null;
        this.startOffset = FrameOffsets.rows(frame, frame.start(), true, run);
        this.endOffset = FrameOffsets.rows(frame, frame.end(), false, run);
    }

    WindowCursor cursor() {
        return cursor;
    }

    void moveTo(int row) {
        cursor.moveTo(row);
        int start = Math.clamp(start(), cursor.partitionStart(), cursor.partitionEnd());
        int end = Math.clamp(end(), cursor.partitionStart(), cursor.partitionEnd());
        ranges = 0;
        switch (frame.exclusion()) {
            case NO_OTHERS -> add(start, end);
            case CURRENT_ROW -> {
                add(start, Math.min(end, row));
                add(Math.max(start, row + 1), end);
            }
            case GROUP -> {
                add(start, Math.min(end, cursor.groupStart()));
                add(Math.max(start, cursor.groupEnd()), end);
            }
            case TIES -> {
                add(start, Math.min(end, cursor.groupStart()));
                add(Math.max(start, row), Math.min(end, row + 1));
                add(Math.max(start, cursor.groupEnd()), end);
            }
        }
    }

    private void add(int rangeFrom, int rangeTo) {
        if (rangeFrom < rangeTo) {
            from[ranges] = rangeFrom;
            to[ranges++] = rangeTo;
        }
    }

    /** How many ranges the frame has; none if it is empty. They ascend. */
    int ranges() {
        return ranges;
    }

    int from(int range) {
        return from[range];
    }

    /** One past the range's last row. */
    int to(int range) {
        return to[range];
    }

    /** Whether all frames of a partition start where it starts. */
    static boolean startsWithPartition(WindowFrame frame) {
        return frame.start().place() == Place.UNBOUNDED_PRECEDING && frame.exclusion() == Exclusion.NO_OTHERS;
    }

    private int start() {
        return switch (frame.start().place()) {
            case UNBOUNDED_PRECEDING -> cursor.partitionStart();
            case UNBOUNDED_FOLLOWING -> cursor.partitionEnd();
            case CURRENT_ROW -> frame.mode() == Mode.ROWS ? cursor.row() : cursor.groupStart();
            case PRECEDING -> limits != null ? limits.start(cursor) : offsetStart(-startOffset);
            case FOLLOWING -> limits != null ? limits.start(cursor) : offsetStart(startOffset);
        };
    }

    private int end() {
        return switch (frame.end().place()) {
            case UNBOUNDED_PRECEDING -> cursor.partitionStart();
            case UNBOUNDED_FOLLOWING -> cursor.partitionEnd();
            case CURRENT_ROW -> frame.mode() == Mode.ROWS ? cursor.row() + 1 : cursor.groupEnd();
            case PRECEDING -> limits != null ? limits.end(cursor) : offsetEnd(-endOffset);
            case FOLLOWING -> limits != null ? limits.end(cursor) : offsetEnd(endOffset);
        };
    }

    private int offsetStart(long offset) {
        if (frame.mode() == Mode.ROWS) {
            return toInt(cursor.row() + offset);
        }
        long group = Math.clamp(cursor.groupNumber() + offset, 0, cursor.groupCount());
        return cursor.startOf((int) group);
    }

    private int offsetEnd(long offset) {
        if (frame.mode() == Mode.ROWS) {
            return toInt(cursor.row() + offset + 1);
        }
        long group = Math.clamp(cursor.groupNumber() + offset + 1, 0, cursor.groupCount());
        return cursor.startOf((int) group);
    }

    private static int toInt(long row) {
        return Math.clamp(row, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
}
