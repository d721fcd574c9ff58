package io.kadedb.storage.table;

import io.kadedb.common.data.ColumnVector;
import io.kadedb.storage.format.v1.ColumnBuffer;
import io.kadedb.storage.format.v1.KeyEncoding;
import io.kadedb.storage.format.v1.ValueOrder;
import io.kadedb.storage.format.v1.VectorValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Goes through the keys of overlapping segments in order. Decodes one segment after another as their keys come. */
final class KeyMerge implements AutoCloseable {
    private final TableView view;
    private final List<Segment> waiting;
    private final List<Cursor> open = new ArrayList<>();

    /** Whether a row counts. */
    @FunctionalInterface
    interface RowTest {
        boolean counts(Segment segment, int position);
    }

    /** A place in a segment. */
    private static final class Cursor implements Comparable<Cursor> {
        private final Segment segment;
        private final List<DecodedColumn> columns;
        private final List<ColumnVector> vectors;
        private int position;

        Cursor(Segment segment, List<DecodedColumn> columns) {
            this.segment = segment;
            this.columns = columns;
            this.vectors = columns.stream().map(DecodedColumn::vector).toList();
        }

        @Override
        public int compareTo(Cursor other) {
            for (int i = 0; i < vectors.size(); i++) {
                int order = compare(vectors.get(i), position, other.vectors.get(i), other.position);
                if (order != 0) {
                    return order;
                }
            }
            return 0;
        }

        private static int compare(ColumnVector a, int row, ColumnVector b, int other) {
            boolean missing = a.isNull(row);
            if (missing || b.isNull(other)) {
                return Boolean.compare(!missing, !b.isNull(other));
            }
            if (a.type().layout() == io.kadedb.common.type.Layout.VARBYTES) {
                return Arrays.compareUnsigned(VectorValues.bytes(a, row), VectorValues.bytes(b, other));
            }
            return ValueOrder.compareFixed(
                    a.type(),
                    VectorValues.low(a, row),
                    VectorValues.high(a, row),
                    VectorValues.low(b, other),
                    VectorValues.high(b, other));
        }
    }

    KeyMerge(TableView view, List<Segment> segments) {
        this.view = view;
        this.waiting = new ArrayList<>(segments);
        waiting.sort((a, b) -> Arrays.compareUnsigned(b.minKey(), a.minKey()));
    }

    /** The first key that two rows have which both count, or null. */
    @Nullable
    List<ColumnBuffer> firstRepeated(RowTest test) {
        PriorityQueue<Cursor> queue = new PriorityQueue<>();
        admit(queue);
        List<Cursor> equal = new ArrayList<>();
        while (queue.size() > 1 || !waiting.isEmpty()) {
            Cursor first = queue.poll();
            if (first == null) {
                admit(queue);
                continue;
            }
            equal.clear();
            equal.add(first);
            Cursor next = queue.peek();
            while (next != null && next.compareTo(first) == 0) {
                equal.add(next);
                queue.remove();
                next = queue.peek();
            }
            if (equal.size() > 1) {
                int counted = 0;
                for (Cursor cursor : equal) {
                    counted += test.counts(cursor.segment, cursor.position) ? 1 : 0;
                }
                if (counted > 1) {
                    return UniqueCheck.copy(first.vectors, first.position);
                }
            }
            for (Cursor cursor : equal) {
                if (++cursor.position < cursor.segment.rows()) {
                    queue.add(cursor);
                } else {
                    release(cursor);
                }
            }
            admit(queue);
        }
        return null;
    }

    /** Opens the segments that begin before or where the open ones have come to. */
    private void admit(PriorityQueue<Cursor> queue) {
        while (!waiting.isEmpty()) {
            Segment next = waiting.getLast();
            if (!queue.isEmpty() && !reaches(queue, next)) {
                return;
            }
            waiting.removeLast();
            queue.add(opened(next));
        }
    }

    /** Whether an open segment goes on beyond the first key of another. */
    private static boolean reaches(PriorityQueue<Cursor> queue, Segment next) {
        for (Cursor cursor : queue) {
            if (Arrays.compareUnsigned(cursor.segment.maxKey(), next.minKey()) >= 0) {
                return true;
            }
        }
        return false;
    }

    private Cursor opened(Segment segment) {
        List<DecodedColumn> columns = new ArrayList<>();
        Cursor cursor = null;
        try {
            for (int ordinal : KeyEncoding.ordinals(view.table())) {
                columns.add(SegmentSplit.acquire(view, segment, ordinal));
            }
            cursor = new Cursor(segment, columns);
            open.add(cursor);
            return cursor;
        } finally {
            if (cursor == null) {
                columns.forEach(DecodedColumn::release);
            }
        }
    }

    private void release(Cursor cursor) {
        open.remove(cursor);
        cursor.columns.forEach(DecodedColumn::release);
    }

    @Override
    public void close() {
        open.forEach(cursor -> cursor.columns.forEach(DecodedColumn::release));
        open.clear();
    }
}
