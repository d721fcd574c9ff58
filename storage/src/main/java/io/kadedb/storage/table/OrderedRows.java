package io.kadedb.storage.table;

import io.kadedb.storage.format.v1.ColumnBuffer;
import io.kadedb.storage.format.v1.KeyLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table as a statement sees it whose keys lie in a range, in the order of their keys or in reverse: deltas and
 * segments merged as far as they are asked for. Owned by one thread.
 */
final class OrderedRows implements AutoCloseable {
    private final TableView view;
    private final KeyRange range;
    private final boolean descending;
    private final byte[] prefix;
    private final RowFinder finder;
    private final DeltaStream deltas;
    private final DeltaSplit.RowReader reader;
    private final List<Integer> columns;
    private final List<ColumnBuffer> output;
    private final Comparator<byte[]> order;
    /** Segments that are not reached yet, the nearest one last. */
    private final List<Segment> waiting = new ArrayList<>();

    private final PriorityQueue<SegmentCursor> open;
    /** Where the row lies that was given last: as a delta or in a segment. */
    private @Nullable KeyedDelta givenDelta;

    private @Nullable SegmentCursor givenCursor;

    /**
     * @param columns ordinals of the columns to read
     * @param output where they go
     * @param first how many rows are read at first
     */
    OrderedRows(
            TableView view,
            KeyRange range,
            boolean descending,
            List<Integer> columns,
            List<ColumnBuffer> output,
            int first) {
        this.view = view;
        this.range = range;
        this.descending = descending;
        this.prefix = KeyLayout.rows(view.table().storageId());
        this.finder = new RowFinder(view);
        this.columns = columns;
        this.output = output;
        this.reader = new DeltaSplit.RowReader(view.table(), columns, output);
        Comparator<byte[]> ascending = Arrays::compareUnsigned;
        this.order = descending ? ascending.reversed() : ascending;
        this.open = new PriorityQueue<>((a, b) -> order.compare(a.key(), b.key()));
        this.deltas = new DeltaStream(view, range, descending, first);
        if (!range.isEmpty()) {
            for (Segment segment : view.segments()) {
                if (segment.liveRows() > 0 && overlaps(segment)) {
                    waiting.add(segment);
                }
            }
        }
        waiting.sort((a, b) -> order.compare(nearKey(b), nearKey(a)));
    }

    private boolean overlaps(Segment segment) {
        return compare(segment.maxKey(), range.begin()) >= 0 && compare(segment.minKey(), range.end()) < 0;
    }

    private int compare(byte[] ordered, byte[] logical) {
        return Arrays.compareUnsigned(ordered, 0, ordered.length, logical, prefix.length, logical.length);
    }

    /** The end of a segment that is reached first. */
    private byte[] nearKey(Segment segment) {
        return descending ? segment.maxKey() : segment.minKey();
    }

    private byte[] farKey(Segment segment) {
        return descending ? segment.minKey() : segment.maxKey();
    }

    /** Goes to the next row and adds it to the output; false if there is none. */
    boolean next() {
        while (true) {
            leave();
            admit();
            SegmentCursor cursor = open.peek();
            KeyedDelta delta = deltas.current();
            int first = cursor == null ? 1 : delta == null ? -1 : order.compare(cursor.key(), delta.key());
            if (cursor != null && first <= 0) {
                givenCursor = cursor;
                if (cursor.isVisible(finder, first == 0 && delta != null ? delta.delta() : null)) {
                    cursor.copy(columns, output);
                    return true;
                }
            } else if (delta != null) {
                givenDelta = delta;
                if (view.isLive(delta.delta())) {
                    reader.add(delta.delta());
                    return true;
                }
            } else {
                return false;
            }
        }
    }

    /** The logical key of the row that was given last. */
    byte[] key() {
        KeyedDelta delta = givenDelta;
        return delta != null
                ? delta.key()
                : java.util.Objects.requireNonNull(givenCursor).key();
    }

    private void leave() {
        if (givenDelta != null) {
            givenDelta = null;
            deltas.advance();
        }
        SegmentCursor cursor = givenCursor;
        if (cursor != null) {
            givenCursor = null;
            open.remove();
            cursor.advance();
            keep(cursor);
        }
    }

    private void keep(SegmentCursor cursor) {
        if (cursor.isAtEnd()) {
            cursor.close();
        } else {
            open.add(cursor);
        }
    }

    /** Opens the segments that may have the next row. */
    private void admit() {
        while (!waiting.isEmpty() && mayBeNext(waiting.getLast())) {
            keep(new SegmentCursor(view, waiting.removeLast(), range, descending));
        }
    }

    private boolean mayBeNext(Segment segment) {
        KeyedDelta delta = deltas.current();
        if (delta != null && !isBefore(delta.key(), segment)) {
            return open.isEmpty() || reaches(segment);
        }
        return delta == null && (open.isEmpty() || reaches(segment));
    }

    /** Whether the first of the open segments may go on beyond the near end of another. */
    private boolean reaches(Segment segment) {
        SegmentCursor cursor = open.element();
        return order.compare(farKey(cursor.segment()), nearKey(segment)) >= 0 && !isBefore(cursor.key(), segment);
    }

    private boolean isBefore(byte[] logical, Segment segment) {
        int toNear = -compare(nearKey(segment), logical);
        return descending ? toNear > 0 : toNear < 0;
    }

    @Override
    public void close() {
        open.forEach(SegmentCursor::close);
        open.clear();
    }
}
