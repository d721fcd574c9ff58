package io.kadedb.storage.keyspace;

import com.apple.foundationdb.FDBException;
import io.kadedb.storage.api.KeySpaceErrors;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a transaction conflicts with those that committed after its snapshot. Remembers the version of the
 * last write of every key and range written within a window; a transaction whose snapshot is older than the window
 * cannot be judged and fails. The window is bounded by memory: when that is used up, it shrinks from its old end.
 *
 * <p>Most transactions are short and meet few others, so the newest writes are looked through one by one; they are put in
 * order when a longer transaction asks, or when they have become very many.
 *
 * <p>Owned by the thread that holds the commit order.
 */
final class Resolver {
    /** What a remembered write costs beside its key: tree nodes, queue entry, array headers. */
    private static final int OVERHEAD_BYTES = 160;

    /** So many of the newest writes are looked through for a transaction, each for so many keys. */
    private static final int FEW_WRITES = 32;

    private static final int FEW_KEYS = 16;
    /** So many writes are kept without an order; to order them all takes some tens of milliseconds. */
    private static final int MOST_UNORDERED = 65_536;

    private final long capacityBytes;
    private final RecentPoints points = new RecentPoints();

    /** From each key on, up to the next key in the map, the version of the last range write. */
    private final TreeMap<byte[], Long> steps = new TreeMap<>(Keys.ORDER);

    /** Writes that are in order, oldest first. */
    private final ArrayDeque<Write> history = new ArrayDeque<>();
    /** Later ones that are not. */
    private final ArrayDeque<Write> unordered = new ArrayDeque<>();

    private long bytes;
    private long newestStep;
    private long newest;
    private long oldest;

    /** A write in order of versions; {@code end} is null for a single key. */
    private record Write(long version, byte[] begin, byte @Nullable [] end) {
        long bytes() {
            return (long) OVERHEAD_BYTES + begin.length + (end == null ? 0 : end.length);
        }

        boolean touches(ConflictRanges reads) {
            for (int i = 0; i < reads.pointCount(); i++) {
                byte[] key = reads.point(i);
                if (end == null ? Arrays.equals(key, begin) : isWithin(key, begin, end)) {
                    return true;
                }
            }
            for (ConflictRanges.Range range : reads.ranges()) {
                boolean overlaps = end == null
                        ? isWithin(begin, range.begin(), range.end())
                        : Keys.compare(begin, range.end()) < 0 && Keys.compare(range.begin(), end) < 0;
                if (overlaps) {
                    return true;
                }
            }
            return false;
        }

        private static boolean isWithin(byte[] key, byte[] begin, byte[] end) {
            return Keys.compare(begin, key) <= 0 && Keys.compare(key, end) < 0;
        }
    }

    Resolver(long startVersion, long capacityBytes) {
        this.oldest = startVersion;
        this.capacityBytes = capacityBytes;
    }

    /** The oldest snapshot that can still be judged. */
    long oldest() {
        return oldest;
    }

    /**
     * Returns when nothing of the ranges was written after the version.
     *
     * @throws FDBException 1007 when the version is older than the window, 1020 on a conflict
     */
    void check(ConflictRanges reads, long readVersion) {
        if (reads.isEmpty()) {
            return;
        }
        if (readVersion < oldest) {
            throw KeySpaceErrors.TRANSACTION_TOO_OLD.exception();
        }
        if (readVersion >= newest || isClearOfNewest(reads, readVersion)) {
            return;
        }
        while (!unordered.isEmpty()) {
            order(unordered.removeFirst());
        }
        for (int i = 0; i < reads.pointCount(); i++) {
            byte[] key = reads.point(i);
            if (points.lastWrite(key) > readVersion || (newestStep > readVersion && stepAt(key) > readVersion)) {
                throw KeySpaceErrors.NOT_COMMITTED.exception();
            }
        }
        for (ConflictRanges.Range range : reads.ranges()) {
            if (points.anyAfter(range.begin(), range.end(), readVersion) || stepAfter(range, readVersion)) {
                throw KeySpaceErrors.NOT_COMMITTED.exception();
            }
        }
    }

    /** Whether few writes came after a version, none of them to what was read; false if there may be more. */
    private boolean isClearOfNewest(ConflictRanges reads, long readVersion) {
        if (reads.pointCount() + reads.ranges().size() > FEW_KEYS) {
            return false;
        }
        int left = FEW_WRITES;
        for (Iterator<Write> newestFirst = unordered.descendingIterator(); newestFirst.hasNext() && left > 0; left--) {
            Write write = newestFirst.next();
            if (write.version <= readVersion) {
                return true;
            }
            if (write.touches(reads)) {
                throw KeySpaceErrors.NOT_COMMITTED.exception();
            }
        }
        return false;
    }

    /** Remembers what a committed transaction wrote. */
    void record(long version, ConflictRanges writes) {
        newest = version;
        for (int i = 0; i < writes.pointCount(); i++) {
            remember(new Write(version, writes.point(i), null));
        }
        List<ConflictRanges.Range> ranges = writes.ranges();
        for (int i = 0; i < ranges.size(); i++) {
            remember(new Write(version, ranges.get(i).begin(), ranges.get(i).end()));
        }
        while (bytes > capacityBytes) {
            forgetUpTo((history.isEmpty() ? unordered : history).getFirst().version);
        }
    }

    /** Moves the old end of the window up to a version. */
    void forgetUpTo(long version) {
        oldest = Math.max(oldest, version);
        while (!history.isEmpty() && history.getFirst().version <= oldest) {
            Write write = history.removeFirst();
            bytes -= write.bytes();
            if (write.end == null) {
                points.removeIf(write.begin, write.version);
            } else {
                dropSteps(write.begin, write.end);
            }
        }
        while (!unordered.isEmpty() && unordered.getFirst().version <= oldest) {
            bytes -= unordered.removeFirst().bytes();
        }
    }

    private void remember(Write write) {
        unordered.addLast(write);
        bytes += write.bytes();
        if (unordered.size() > MOST_UNORDERED) {
            order(unordered.removeFirst());
        }
    }

    private void order(Write write) {
        if (write.end == null) {
            points.put(write.begin, write.version);
        } else {
            putStep(write.begin, write.end, write.version);
        }
        history.addLast(write);
    }

    private long stepAt(byte[] key) {
        Map.Entry<byte[], Long> step = steps.floorEntry(key);
        return step == null ? 0 : step.getValue();
    }

    private boolean stepAfter(ConflictRanges.Range range, long version) {
        if (newestStep <= version) {
            return false;
        }
        if (stepAt(range.begin()) > version) {
            return true;
        }
        for (long written : steps.subMap(range.begin(), range.end()).values()) {
            if (written > version) {
                return true;
            }
        }
        return false;
    }

    private void putStep(byte[] begin, byte[] end, long version) {
        long behind = stepAt(end);
        steps.subMap(begin, end).clear();
        steps.put(begin, version);
        steps.put(end, behind);
        newestStep = version;
    }

    /** Turns steps of a forgotten write back to "nothing written" and joins neighbours that say so. */
    private void dropSteps(byte[] begin, byte[] end) {
        var inside = steps.subMap(begin, true, end, true).entrySet().iterator();
        Map.Entry<byte[], Long> before = steps.lowerEntry(begin);
        boolean quiet = before == null || before.getValue() <= oldest;
        while (inside.hasNext()) {
            boolean quietHere = inside.next().getValue() <= oldest;
            if (quiet && quietHere) {
                inside.remove();
            }
            quiet = quietHere;
        }
    }
}
