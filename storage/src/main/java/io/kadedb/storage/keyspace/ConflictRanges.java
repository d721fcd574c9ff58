package io.kadedb.storage.keyspace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The keys a transaction has read, or those it has written, for the check at its commit. Not thread-safe. */
final class ConflictRanges {
    private static final byte[][] NONE = {};
    /** Of the same class as others, so that it is called without asking which it is; never added to. */
    private static final List<Range> NO_RANGES = new ArrayList<>(0);

    private byte[][] points;
    private int pointCount;
    private final List<Range> ranges;
    private long bytes;

    ConflictRanges() {
        this(NONE, new ArrayList<>(0));
    }

    private ConflictRanges(byte[][] points, List<Range> ranges) {
        this.points = points;
        this.pointCount = points.length;
        this.ranges = ranges;
    }

    /** Single keys, which nothing is added to any more. */
    static ConflictRanges ofKeys(byte[][] keys) {
        return new ConflictRanges(keys, NO_RANGES);
    }

    /** {@code [begin, end)}. */
    record Range(byte[] begin, byte[] end) {}

    void addKey(byte[] key) {
        if (pointCount == points.length) {
            points = Arrays.copyOf(points, Math.max(4, 2 * pointCount));
        }
        points[pointCount++] = key;
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

    /** How many single keys there are. */
    int pointCount() {
        return pointCount;
    }

    byte[] point(int index) {
        return points[index];
    }

    List<Range> ranges() {
        return ranges;
    }

    boolean isEmpty() {
        return pointCount == 0 && ranges.isEmpty();
    }

    /** The size that counts towards the limit of a transaction. */
    long bytes() {
        return bytes;
    }
}
