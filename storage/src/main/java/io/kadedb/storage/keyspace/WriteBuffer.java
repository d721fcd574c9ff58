package io.kadedb.storage.keyspace;

import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.MutationType;
import io.kadedb.storage.api.KeySpaceErrors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction has written so far: the newest state of each key it touched, and the ranges it cleared. A key's own
 * entry is always newer than a cleared range around it. Not thread-safe.
 */
final class WriteBuffer {
    private final int largestValue;
    private final TreeMap<byte[], Pending> points = new TreeMap<>(Keys.ORDER);

    /** Cleared ranges, begin to end; they neither overlap nor touch. */
    private final TreeMap<byte[], byte[]> clears = new TreeMap<>(Keys.ORDER);

    private final List<StampedKey> stampedKeys = new ArrayList<>();
    private long bytes;

    WriteBuffer(int largestValue) {
        this.largestValue = largestValue;
    }

    /** The pending state of a key. */
    private sealed interface Pending {}

    /** The value is known; null when the key is cleared. */
    private record Known(byte @Nullable [] value) implements Pending {}

    /** The value follows from the stored one, or from the commit version, by these operations in order. */
    private record Deferred(List<Operation> operations) implements Pending {
        boolean isUnreadable() {
            return operations.getFirst().type == MutationType.SET_VERSIONSTAMPED_VALUE;
        }
    }

    private record Operation(MutationType type, byte[] operand) {}

    /** A key that is complete at commit only, and what was cleared after it was written. */
    private record StampedKey(byte[] template, int offset, byte[] value, List<ConflictRanges.Range> laterClears) {
        byte[] lowest(long readVersion) {
            return Versionstamps.fill(template, offset, readVersion);
        }

        byte[] highest() {
            byte[] key = template.clone();
            Arrays.fill(key, offset, offset + Versionstamps.STAMP_BYTES, (byte) 0xFF);
            return key;
        }
    }

    boolean isEmpty() {
        return points.isEmpty() && clears.isEmpty() && stampedKeys.isEmpty();
    }

    /** Keys and values written, each time they were; counts towards the limit of a transaction. */
    long bytes() {
        return bytes;
    }

    void set(byte[] key, byte @Nullable [] value) {
        points.put(key, new Known(value));
        bytes += key.length + (value == null ? 0 : value.length);
    }

    void clearRange(byte[] begin, byte[] end) {
        bytes += begin.length + end.length;
        points.subMap(begin, end).clear();
        for (StampedKey stamped : stampedKeys) {
            stamped.laterClears.add(new ConflictRanges.Range(begin, end));
        }
        byte[] from = begin;
        byte[] to = end;
        Map.Entry<byte[], byte[]> before = clears.floorEntry(begin);
        if (before != null && Keys.compare(before.getValue(), begin) >= 0) {
            from = before.getKey();
        }
        Map.Entry<byte[], byte[]> last = clears.floorEntry(end);
        if (last != null) {
            to = Keys.max(to, last.getValue());
        }
        clears.subMap(from, true, to, true).clear();
        clears.put(from, to);
    }

    void mutate(MutationType type, byte[] key, byte[] operand) {
        bytes += key.length + operand.length;
        if (type == MutationType.SET_VERSIONSTAMPED_KEY) {
            int offset = Versionstamps.offset(key);
            byte[] template = Arrays.copyOf(key, key.length - Integer.BYTES);
            stampedKeys.add(new StampedKey(template, offset, operand, new ArrayList<>()));
            return;
        }
        if (type == MutationType.SET_VERSIONSTAMPED_VALUE) {
            Versionstamps.offset(operand);
            points.put(key, new Deferred(List.of(new Operation(type, operand))));
            return;
        }
        switch (points.get(key)) {
            case Known(var value) ->
                points.put(key, new Known(AtomicMutation.apply(type, value, operand, largestValue)));
            case Deferred(var operations) -> {
                List<Operation> longer = new ArrayList<>(operations);
                longer.add(new Operation(type, operand));
                points.put(key, new Deferred(longer));
            }
            case null -> {
                Pending pending = isCleared(key)
                        ? new Known(AtomicMutation.apply(type, null, operand, largestValue))
                        : new Deferred(List.of(new Operation(type, operand)));
                points.put(key, pending);
            }
        }
    }

    /** Whether a read of the key needs nothing from the store. */
    boolean answers(byte[] key) {
        Pending pending = points.get(key);
        return pending == null ? isCleared(key) : pending instanceof Known || isStamped(pending);
    }

    /**
     * The value of a key as the transaction sees it.
     *
     * @param stored the value in the store; any, when {@link #answers} says that it is not needed
     */
    byte @Nullable [] overlay(byte[] key, byte @Nullable [] stored) {
        Pending pending = points.get(key);
        return pending == null ? (isCleared(key) ? null : stored) : valueOf(pending, stored);
    }

    /** Fails with 1036 when the range may hold a key whose stamp is not known before the commit. */
    void checkReadable(byte[] begin, byte[] end, long readVersion) {
        for (StampedKey stamped : stampedKeys) {
            if (Keys.compare(stamped.lowest(readVersion), end) < 0 && Keys.compare(begin, stamped.highest()) <= 0) {
                throw KeySpaceErrors.ACCESSED_UNREADABLE.exception();
            }
        }
    }

    /** Whether anything was written to the range. */
    boolean touches(byte[] begin, byte[] end) {
        if (!points.isEmpty()) {
            byte[] first = points.ceilingKey(begin);
            if (first != null && Keys.compare(first, end) < 0) {
                return true;
            }
        }
        if (!clears.isEmpty()) {
            Map.Entry<byte[], byte[]> last = clears.lowerEntry(end);
            return last != null && Keys.compare(last.getValue(), begin) > 0;
        }
        return false;
    }

    /** Adds the parts of {@code [begin, end)} whose reads needed the store to the ranges that were read. */
    void addUnansweredParts(byte[] begin, byte[] end, ConflictRanges reads) {
        byte[] from = begin;
        while (Keys.compare(from, end) < 0) {
            byte[] at = from;
            Map.Entry<byte[], byte[]> clear = clears.floorEntry(at);
            if (clear != null && Keys.compare(at, clear.getValue()) < 0) {
                from = clear.getValue();
            } else if (points.get(at) instanceof Known) {
                from = Keys.after(at);
            } else {
                byte[] to = Keys.min(end, nextAnswered(at, end));
                reads.addRange(at, to);
                from = to;
            }
        }
    }

    private byte[] nextAnswered(byte[] after, byte[] end) {
        byte[] next = end;
        byte[] clear = clears.higherKey(after);
        if (clear != null) {
            next = Keys.min(next, clear);
        }
        for (Map.Entry<byte[], Pending> point : points.tailMap(after, false).entrySet()) {
            if (Keys.compare(point.getKey(), next) >= 0) {
                return next;
            }
            if (point.getValue() instanceof Known) {
                return point.getKey();
            }
        }
        return next;
    }

    /** The rows of {@code [begin, end)} as the transaction sees them, given all stored ones of that range. */
    List<KeyValue> overlay(List<KeyValue> stored, byte[] begin, byte[] end, boolean reverse) {
        List<KeyValue> merged = new ArrayList<>(stored.size() + 16);
        NavigableMap<byte[], Pending> own = points.subMap(begin, true, end, false);
        Iterator<Map.Entry<byte[], Pending>> writes =
                (reverse ? own.descendingMap() : own).entrySet().iterator();
        Map.@Nullable Entry<byte[], Pending> write = writes.hasNext() ? writes.next() : null;
        for (KeyValue row : stored) {
            int order = -1;
            while (write != null && (order = compare(write.getKey(), row.getKey(), reverse)) < 0) {
                addTo(merged, write, null);
                write = writes.hasNext() ? writes.next() : null;
            }
            if (write != null && order == 0) {
                addTo(merged, write, row.getValue());
                write = writes.hasNext() ? writes.next() : null;
            } else if (!isCleared(row.getKey())) {
                merged.add(row);
            }
        }
        while (write != null) {
            addTo(merged, write, null);
            write = writes.hasNext() ? writes.next() : null;
        }
        return merged;
    }

    private static int compare(byte[] left, byte[] right, boolean reverse) {
        return reverse ? Keys.compare(right, left) : Keys.compare(left, right);
    }

    private void addTo(List<KeyValue> rows, Map.Entry<byte[], Pending> write, byte @Nullable [] stored) {
        byte[] value = valueOf(write.getValue(), stored);
        if (value != null) {
            rows.add(new KeyValue(write.getKey(), value));
        }
    }

    private byte @Nullable [] valueOf(Pending pending, byte @Nullable [] stored) {
        return switch (pending) {
            case Known(var value) -> value;
            case Deferred deferred -> {
                if (deferred.isUnreadable()) {
                    throw KeySpaceErrors.ACCESSED_UNREADABLE.exception();
                }
                yield apply(deferred, stored, 0);
            }
        };
    }

    private static boolean isStamped(Pending pending) {
        return pending instanceof Deferred deferred && deferred.isUnreadable();
    }

    private byte @Nullable [] apply(Deferred deferred, byte @Nullable [] stored, long version) {
        byte[] value = stored;
        for (Operation operation : deferred.operations) {
            value = operation.type == MutationType.SET_VERSIONSTAMPED_VALUE
                    ? Versionstamps.complete(operation.operand, version)
                    : AtomicMutation.apply(operation.type, value, operation.operand, largestValue);
        }
        return value;
    }

    private boolean isCleared(byte[] key) {
        if (clears.isEmpty()) {
            return false;
        }
        Map.Entry<byte[], byte[]> range = clears.floorEntry(key);
        return range != null && Keys.compare(key, range.getValue()) < 0;
    }

    /**
     * What the writes come to at a version. Called once, when the place of the transaction in the order of commits is
     * known.
     *
     * @param writes takes the conflict keys of versionstamped keys, which are known only now
     */
    ResolvedWrites resolve(VersionedStore store, long version, ConflictRanges writes) {
        for (StampedKey stamped : stampedKeys) {
            byte[] key = Versionstamps.fill(stamped.template, stamped.offset, version);
            writes.addKey(key);
            if (stamped.laterClears.stream().noneMatch(clear -> contains(clear, key))) {
                points.put(key, new Known(stamped.value));
            }
        }
        ResolvedWrites resolved = new ResolvedWrites(points.size());
        for (Map.Entry<byte[], Pending> write : points.entrySet()) {
            byte[] key = write.getKey();
            resolved.add(
                    key,
                    switch (write.getValue()) {
                        case Known(var value) -> value;
                        case Deferred deferred -> {
                            boolean fresh = deferred.isUnreadable() || isCleared(key);
                            yield apply(deferred, fresh ? null : store.get(key, VersionedStore.NEWEST), version);
                        }
                    });
        }
        for (Map.Entry<byte[], byte[]> clear : clears.entrySet()) {
            removeStored(store, clear.getKey(), clear.getValue(), resolved);
        }
        return resolved;
    }

    private static boolean contains(ConflictRanges.Range range, byte[] key) {
        return Keys.compare(range.begin(), key) <= 0 && Keys.compare(key, range.end()) < 0;
    }

    private void removeStored(VersionedStore store, byte[] begin, byte[] end, ResolvedWrites resolved) {
        byte[] from = begin;
        VersionedStore.Rows rows;
        do {
            rows = store.scan(from, end, VersionedStore.NEWEST, 4096, 4 << 20, false);
            for (KeyValue row : rows.rows()) {
                if (!points.containsKey(row.getKey())) {
                    resolved.add(row.getKey(), null);
                }
            }
            if (!rows.rows().isEmpty()) {
                from = Keys.after(rows.rows().getLast().getKey());
            }
        } while (rows.more());
    }
}
