package io.kadedb.storage.keyspace;

import java.util.ArrayList;
import java.util.List;

/** The keys a transaction has read, or those it has written, for the check at its commit. Not thread-safe. */
final class ConflictRanges {
    private final List<byte[]> points;
    private final List<Range> ranges = new ArrayList<>(0);
    private long bytes;

    ConflictRanges() {
        this(new ArrayList<>(2));
    }

    private ConflictRanges(List<byte[]> points) {
        this.points = points;
    }

    /** Single keys, which nothing is added to any more. */
    static ConflictRanges ofKeys(List<byte[]> keys) {
        return new ConflictRanges(keys);
    }

    /** {@code [begin, end)}. */
    record Range(byte[] begin, byte[] end) {}

    void addKey(byte[] key) {
        points.add(key);
        bytes += 2L * key.length + 1;
    }

    void addRange(byte[] begin, byte[] end) {
        if (Keys.compare(begin, end) >= 0) {
            return;
        }
        if (Keys.isSingle(begin, end)) {
            addKey(begin);
            return;
        }
        if (!ranges.isEmpty()) {
            Range last = ranges.getLast();
            // A scan that goes on extends its range instead of adding one for every piece.
            if (Keys.compare(last.end, begin) == 0) {
                replaceLast(new Range(last.begin, end));
                return;
            }
            if (Keys.compare(end, last.begin) == 0) {
                replaceLast(new Range(begin, last.end));
                return;
            }
        }
        ranges.add(new Range(begin, end));
        bytes += begin.length + end.length;
    }

    private void replaceLast(Range range) {
        Range last = ranges.getLast();
        bytes += range.begin.length + range.end.length - last.begin.length - last.end.length;
        ranges.set(ranges.size() - 1, range);
    }

    List<byte[]> points() {
        return points;
    }

    List<Range> ranges() {
        return ranges;
    }

    boolean isEmpty() {
        return points.isEmpty() && ranges.isEmpty();
    }

    /** The size that counts towards the limit of a transaction. */
    long bytes() {
        return bytes;
    }
}
