package io.kadedb.storage.table;

import com.apple.foundationdb.KeyValue;
import io.kadedb.storage.format.v1.Delta;
import io.kadedb.storage.format.v1.Stamp;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The newest words on the keys of a range, in order or in reverse, read piece by piece as they are asked for. */
final class DeltaStream {
    private static final int MOST_READ = 2_048;

    private final TableView view;
    private final boolean descending;
    private final Iterator<Map.Entry<byte[], Delta>> own;
    private KeyRange unread;
    private boolean exhausted;
    private int piece;
    private List<KeyValue> stored = List.of();
    private int next;
    private Map.@Nullable Entry<byte[], Delta> nextOwn;
    private @Nullable KeyedDelta current;

    /**
     * The first is current at once, if there is one.
     *
     * @param first how many are read at first
     */
    DeltaStream(TableView view, KeyRange range, boolean descending, int first) {
        this.view = view;
        this.descending = descending;
        this.unread = range;
        this.exhausted = range.isEmpty();
        this.piece = first;
        var mine = range.isEmpty() ? null : view.ownRows(range);
        this.own = mine == null
                ? List.<Map.Entry<byte[], Delta>>of().iterator()
                : (descending ? mine.descendingMap() : mine).entrySet().iterator();
        this.nextOwn = own.hasNext() ? own.next() : null;
        advance();
    }

    /** The delta it is at, or null at the end. */
    @Nullable
    KeyedDelta current() {
        return current;
    }

    void advance() {
        Map.Entry<byte[], Delta> mine = nextOwn;
        for (KeyValue other = peek(); other != null; other = peek()) {
            int order = mine == null ? 1 : compare(mine.getKey(), other.getKey());
            if (order < 0) {
                break;
            }
            next++;
            if (order > 0 && Stamp.versionOf(other.getValue()) > view.manifest().foldVersion()) {
                current = new KeyedDelta(other.getKey(), Delta.decode(other.getValue()));
                return;
            }
        }
        current = mine == null ? null : new KeyedDelta(mine.getKey(), mine.getValue());
        nextOwn = own.hasNext() ? own.next() : null;
    }

    /** In the order of reading. */
    private int compare(byte[] a, byte[] b) {
        return descending ? Arrays.compareUnsigned(b, a) : Arrays.compareUnsigned(a, b);
    }

    /** What is stored next and has not been passed, or null. */
    private @Nullable KeyValue peek() {
        while (next == stored.size() && !exhausted) {
            stored = view.stored(unread, piece, descending);
            next = 0;
            exhausted = stored.size() < piece;
            if (!exhausted) {
                byte[] last = stored.getLast().getKey();
                unread = descending
                        ? new KeyRange(unread.begin(), last)
                        : new KeyRange(Arrays.copyOf(last, last.length + 1), unread.end());
                exhausted = unread.isEmpty();
            }
            piece = Math.min(MOST_READ, 4 * piece);
        }
        return next < stored.size() ? stored.get(next) : null;
    }
}
