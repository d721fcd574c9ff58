package io.kadedb.storage.keyspace;

import com.apple.foundationdb.KeySelector;
import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.StreamingMode;
import com.apple.foundationdb.async.AsyncIterable;
import com.apple.foundationdb.async.AsyncIterator;
import io.kadedb.storage.api.KeySpaceErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A range read: fetches pieces that grow, as its streaming mode asks, only as far as somebody iterates. */
final class RangeScan implements AsyncIterable<KeyValue> {
    private static final CompletableFuture<Boolean> TRUE = CompletableFuture.completedFuture(true);
    private static final CompletableFuture<Boolean> FALSE = CompletableFuture.completedFuture(false);
    private static final int LARGEST_PIECE_BYTES = 4 << 20;

    private final TransactionReads reads;
    private final boolean snapshot;
    private final KeySelector begin;
    private final KeySelector end;
    private final int limit;
    private final boolean reverse;
    private final StreamingMode mode;

    RangeScan(
            TransactionReads reads,
            boolean snapshot,
            KeySelector begin,
            KeySelector end,
            int limit,
            boolean reverse,
            StreamingMode mode) {
        if (limit < 0) {
            throw KeySpaceErrors.RANGE_LIMITS_INVALID.exception();
        }
        if (mode == StreamingMode.EXACT && limit == 0) {
            throw KeySpaceErrors.EXACT_MODE_WITHOUT_LIMITS.exception();
        }
        this.reads = reads;
        this.snapshot = snapshot;
        this.begin = begin;
        this.end = end;
        this.limit = limit;
        this.reverse = reverse;
        this.mode = mode;
    }

    @Override
    public AsyncIterator<KeyValue> iterator() {
        return new Pieces(mode);
    }

    @Override
    public CompletableFuture<List<KeyValue>> asList() {
        try {
            Pieces pieces = new Pieces(StreamingMode.WANT_ALL);
            List<KeyValue> rows = new ArrayList<>();
            while (pieces.hasNext()) {
                pieces.drainTo(rows);
            }
            return CompletableFuture.completedFuture(rows);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(KeySpaceErrors.unwrap(e));
        }
    }

    /** The first piece's rows; the later ones are four times as large each. */
    private static int firstRows(StreamingMode mode) {
        return switch (mode) {
            case SMALL -> 16;
            case ITERATOR -> 64;
            case MEDIUM -> 256;
            case LARGE, SERIAL -> 1_024;
            case WANT_ALL, EXACT -> 4_096;
        };
    }

    private final class Pieces implements AsyncIterator<KeyValue> {
        private byte @Nullable [] from;
        private byte @Nullable [] to;
        private List<KeyValue> rows = List.of();
        private int next;
        private boolean more = true;
        private int pieceRows;
        private long left = limit == 0 ? Long.MAX_VALUE : limit;
        private byte @Nullable [] returned;
        private boolean cancelled;

        Pieces(StreamingMode mode) {
            pieceRows = firstRows(mode);
        }

        @Override
        public boolean hasNext() {
            if (cancelled) {
                throw new CancellationException();
            }
            while (next == rows.size()) {
                if (!more || left == 0) {
                    return false;
                }
                fetch();
            }
            return true;
        }

        private void fetch() {
            byte[] lower = from;
            byte[] upper = to;
            if (lower == null || upper == null) {
                lower = reads.bound(begin, snapshot);
                upper = reads.bound(end, snapshot);
            }
            int wanted = (int) Math.min(left, pieceRows);
            VersionedStore.Rows piece = reads.rows(lower, upper, wanted, LARGEST_PIECE_BYTES, reverse, snapshot);
            rows = piece.rows();
            next = 0;
            more = piece.more();
            left -= rows.size();
            pieceRows = Math.min(pieceRows * 4, 4_096);
            if (!rows.isEmpty()) {
                byte[] last = rows.getLast().getKey();
                from = reverse ? lower : Keys.after(last);
                to = reverse ? last : upper;
            }
        }

        @Override
        public CompletableFuture<Boolean> onHasNext() {
            try {
                return hasNext() ? TRUE : FALSE;
            } catch (CancellationException e) {
                throw e;
            } catch (RuntimeException e) {
                return CompletableFuture.failedFuture(e);
            }
        }

        @Override
        public KeyValue next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            KeyValue row = rows.get(next++);
            returned = row.getKey();
            return row;
        }

        void drainTo(List<KeyValue> target) {
            target.addAll(next == 0 ? rows : rows.subList(next, rows.size()));
            next = rows.size();
        }

        @Override
        public void remove() {
            byte[] key = returned;
            if (key == null) {
                throw new IllegalStateException("next() was not called");
            }
            reads.transaction().clear(key);
        }

        @Override
        public void cancel() {
            cancelled = true;
        }
    }
}
