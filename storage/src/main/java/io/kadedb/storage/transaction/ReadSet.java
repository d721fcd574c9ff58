package io.kadedb.storage.transaction;

import com.apple.foundationdb.Transaction;
import io.kadedb.storage.format.v1.KeyLayout;
import io.kadedb.storage.table.KeyRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * The logical keys of one table that a transaction read or wrote. When they become many or long, the range they span
 * takes their place. Thread-safe.
 */
final class ReadSet {
    private static final int MAX_POINTS = 10_000;
    private static final int MAX_POINT_BYTES = 256 << 10;
    private static final int MAX_RANGES = 1_000;
    private static final Comparator<byte[]> ORDER = Arrays::compareUnsigned;

    /** A set of one key until there are more: most transactions read or write one row of a table. */
    private Set<byte[]> points = Set.of();

    private long pointBytes;
    private List<KeyRange> ranges = new ArrayList<>(0);

    synchronized void add(byte[] key) {
        if (isCovered(key)) {
            return;
        }
        if (points.isEmpty()) {
            points = Set.of(key);
            pointBytes = key.length;
            return;
        }
        NavigableSet<byte[]> sorted = sorted();
        if (sorted.add(key)) {
            pointBytes += key.length;
        }
        if (sorted.size() > MAX_POINTS || pointBytes > MAX_POINT_BYTES) {
            byte[] end = KeyLayout.concat(sorted.last(), new byte[1]);
            KeyRange span = new KeyRange(sorted.first(), end);
            points = Set.of();
            pointBytes = 0;
            add(span);
        }
    }

    synchronized void add(List<KeyRange> many) {
        many.forEach(this::add);
    }

    private NavigableSet<byte[]> sorted() {
        if (points instanceof TreeSet<byte[]> known) {
            return known;
        }
        TreeSet<byte[]> sorted = new TreeSet<>(ORDER);
        sorted.addAll(points);
        points = sorted;
        return sorted;
    }

    synchronized void add(KeyRange range) {
        if (range.isEmpty()) {
            return;
        }
        for (KeyRange known : ranges) {
            if (contains(known, range)) {
                return;
            }
        }
        ranges.removeIf(known -> contains(range, known));
        ranges.add(range);
        if (ranges.size() > MAX_RANGES) {
            byte[] begin = ranges.stream()
                    .map(KeyRange::begin)
                    .min(Arrays::compareUnsigned)
                    .orElseThrow();
            byte[] end = ranges.stream()
                    .map(KeyRange::end)
                    .max(Arrays::compareUnsigned)
                    .orElseThrow();
            ranges.clear();
            ranges.add(new KeyRange(begin, end));
        }
    }

    synchronized void addAll(ReadSet other) {
        other.points.forEach(this::add);
        other.ranges.forEach(this::add);
    }

    /** Takes what a later set has, which is not used any more. */
    synchronized void absorb(ReadSet later) {
        if (points.isEmpty() && ranges.isEmpty()) {
            points = later.points;
            pointBytes = later.pointBytes;
            ranges = later.ranges;
        } else if (points.size() < later.points.size() && ranges.isEmpty() && later.ranges.isEmpty()) {
            Set<byte[]> own = points;
            points = later.points;
            pointBytes = later.pointBytes;
            own.forEach(this::add);
        } else {
            addAll(later);
        }
    }

    /** Adds all keys to a list; false if there are ranges too. */
    synchronized boolean addKeysTo(List<byte[]> keys) {
        keys.addAll(points);
        return ranges.isEmpty();
    }

    /** All of it as ranges. */
    synchronized List<KeyRange> toRanges() {
        List<KeyRange> all = new ArrayList<>(ranges);
        points.forEach(key -> all.add(new KeyRange(key, KeyLayout.concat(key, new byte[1]))));
        return all;
    }

    /** Bytes of all keys. */
    synchronized long bytes() {
        long bytes = pointBytes;
        for (KeyRange range : ranges) {
            bytes += range.begin().length + range.end().length;
        }
        return bytes;
    }

    synchronized boolean isEmpty() {
        return points.isEmpty() && ranges.isEmpty();
    }

    synchronized void clear() {
        points = Set.of();
        pointBytes = 0;
        ranges.clear();
    }

    private boolean isCovered(byte[] key) {
        for (KeyRange range : ranges) {
            if (Arrays.compareUnsigned(range.begin(), key) <= 0 && Arrays.compareUnsigned(key, range.end()) < 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean contains(KeyRange outer, KeyRange inner) {
        return Arrays.compareUnsigned(outer.begin(), inner.begin()) <= 0
                && Arrays.compareUnsigned(inner.end(), outer.end()) <= 0;
    }

    synchronized void addReadConflicts(Transaction transaction) {
        points.forEach(transaction::addReadConflictKey);
        ranges.forEach(range -> transaction.addReadConflictRange(range.begin(), range.end()));
    }

    synchronized void addWriteConflicts(Transaction transaction) {
        points.forEach(transaction::addWriteConflictKey);
        ranges.forEach(range -> transaction.addWriteConflictRange(range.begin(), range.end()));
    }
}
