package io.kadedb.storage.memory;

import com.apple.foundationdb.KeyValue;
import io.kadedb.storage.keyspace.Keys;
import io.kadedb.storage.keyspace.ResolvedWrites;
import io.kadedb.storage.keyspace.VersionedStore;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * A sorted map from keys to chains of versions, newest first, with an index by hash beside it: to go down a large sorted
 * map costs several times what a single read or write else does. For that reason new keys are sorted in only when somebody
 * needs their order, or when they have become many. Reads of single keys take no lock.
 */
final class MemoryStore implements VersionedStore {
    /** What the objects around a superseded value and its key take. */
    private static final int VERSION_BYTES = 104;
    /** To sort so many keys in takes some milliseconds. */
    private static final int MOST_UNSORTED = 8_192;

    private final ConcurrentSkipListMap<byte[], Chain> chains = new ConcurrentSkipListMap<>(Keys.ORDER);
    private final ConcurrentHashMap<HashedKey, Chain> byHash = new ConcurrentHashMap<>();
    /** New keys that are not in the sorted map yet; guarded by itself. */
    private final ArrayDeque<Unsorted> unsorted = new ArrayDeque<>();

    private volatile boolean isUnsorted;

    /** Writes that left an older version, or nothing, behind them, in order of versions. */
    private final ArrayDeque<Superseding> superseding = new ArrayDeque<>();

    private volatile long horizon;
    private volatile long lastVersion;

    private static final class Chain {
        volatile Version newest;

        Chain(Version newest) {
            this.newest = newest;
        }

        byte @Nullable [] at(long version) {
            Version found = newest;
            while (found != null && found.version > version) {
                found = found.older;
            }
            return found == null ? null : found.value;
        }
    }

    private static final class Version {
        final long version;
        final byte @Nullable [] value;
        volatile @Nullable Version older;

        Version(long version, byte @Nullable [] value, @Nullable Version older) {
            this.version = version;
            this.value = value;
            this.older = older;
        }
    }

    private record Superseding(long version, byte[] key, Chain chain) {}

    private record Unsorted(byte[] key, Chain chain) {}

    private void put(byte[] key, Chain chain) {
        byHash.put(new HashedKey(key), chain);
        synchronized (unsorted) {
            unsorted.addLast(new Unsorted(key, chain));
            isUnsorted = true;
            if (unsorted.size() > MOST_UNSORTED) {
                sortIn();
            }
        }
    }

    private void sortIn() {
        Unsorted oldest = unsorted.removeFirst();
        chains.put(oldest.key, oldest.chain);
    }

    /** All keys that were written before the call, in order. */
    private ConcurrentSkipListMap<byte[], Chain> sorted() {
        if (isUnsorted) {
            synchronized (unsorted) {
                while (!unsorted.isEmpty()) {
                    sortIn();
                }
                isUnsorted = false;
            }
        }
        return chains;
    }

    private void remove(byte[] key, Chain chain) {
        sorted().remove(key, chain);
        byHash.remove(new HashedKey(key), chain);
    }

    @Override
    public byte @Nullable [] get(byte[] key, long version) {
        Chain chain = byHash.get(new HashedKey(key));
        return chain == null ? null : chain.at(version);
    }

    @Override
    public @Nullable MemorySegment get(byte[] key, long version, SegmentAllocator allocator) {
        byte[] value = get(key, version);
        return value == null ? null : copy(value, allocator);
    }

    private static MemorySegment copy(byte[] value, SegmentAllocator allocator) {
        MemorySegment segment = allocator.allocate(value.length, Long.BYTES);
        MemorySegment.copy(value, 0, segment, ValueLayout.JAVA_BYTE, 0, value.length);
        return segment;
    }

    @Override
    public List<@Nullable MemorySegment> getAll(List<byte[]> keys, long version, SegmentAllocator allocator) {
        List<@Nullable MemorySegment> values = new ArrayList<>(keys.size());
        for (byte[] key : keys) {
            values.add(get(key, version, allocator));
        }
        return values;
    }

    @Override
    public Rows scan(byte[] begin, byte[] end, long version, int maxRows, int maxBytes, boolean reverse) {
        if (Keys.compare(begin, end) >= 0) {
            return Rows.NONE;
        }
        ConcurrentNavigableMap<byte[], Chain> range = sorted().subMap(begin, end);
        List<KeyValue> rows = new ArrayList<>(Math.min(maxRows, 64));
        long bytes = 0;
        for (Map.Entry<byte[], Chain> entry : (reverse ? range.descendingMap() : range).entrySet()) {
            byte[] value = entry.getValue().at(version);
            if (value == null) {
                continue;
            }
            if (rows.size() == maxRows || bytes > maxBytes) {
                return new Rows(rows, true);
            }
            rows.add(new KeyValue(entry.getKey(), value));
            bytes += entry.getKey().length + value.length;
        }
        return new Rows(rows, false);
    }

    @Override
    public MemorySegment concatenate(
            byte[] begin, byte[] end, long version, long sizeHint, SegmentAllocator allocator) {
        List<byte[]> values = new ArrayList<>();
        long bytes = 0;
        if (Keys.compare(begin, end) < 0) {
            for (Chain chain : sorted().subMap(begin, end).values()) {
                byte[] value = chain.at(version);
                if (value != null) {
                    values.add(value);
                    bytes += value.length;
                }
            }
        }
        MemorySegment joined = allocator.allocate(bytes, Long.BYTES);
        long at = 0;
        for (byte[] value : values) {
            MemorySegment.copy(value, 0, joined, ValueLayout.JAVA_BYTE, at, value.length);
            at += value.length;
        }
        return joined;
    }

    @Override
    public long write(long version, ResolvedWrites writes) {
        long superseded = 0;
        for (int i = 0; i < writes.size(); i++) {
            byte[] key = writes.key(i);
            byte[] value = writes.value(i);
            Chain chain = byHash.get(new HashedKey(key));
            if (chain == null) {
                if (value != null) {
                    put(key, new Chain(new Version(version, value, null)));
                }
                continue;
            }
            Version newest = chain.newest;
            if (value == null && newest.value == null) {
                continue;
            }
            chain.newest = new Version(version, value, newest);
            superseding.addLast(new Superseding(version, key, chain));
            superseded += VERSION_BYTES + key.length + (newest.value == null ? 0 : newest.value.length);
        }
        lastVersion = version;
        return superseded;
    }

    @Override
    public void sync() {
        // Memory does not outlive the process.
    }

    @Override
    public void stage(List<KeyValue> rows) {
        for (KeyValue row : rows) {
            put(row.getKey(), new Chain(new Version(0, row.getValue(), null)));
        }
    }

    @Override
    public void discard(byte[] begin, byte[] end) {
        for (Map.Entry<byte[], Chain> entry : sorted().subMap(begin, end).entrySet()) {
            remove(entry.getKey(), entry.getValue());
        }
    }

    @Override
    public boolean collect(long newHorizon, int budget) {
        horizon = Math.max(horizon, newHorizon);
        int left = budget;
        while (!superseding.isEmpty() && superseding.getFirst().version <= horizon) {
            if (left-- == 0) {
                return true;
            }
            trim(superseding.removeFirst());
        }
        return false;
    }

    private void trim(Superseding write) {
        Chain chain = write.chain;
        Version oldestSeen = chain.newest;
        while (oldestSeen.version > horizon) {
            Version older = oldestSeen.older;
            if (older == null) {
                return;
            }
            oldestSeen = older;
        }
        oldestSeen.older = null;
        if (oldestSeen == chain.newest && oldestSeen.value == null) {
            remove(write.key, chain);
        }
    }

    @Override
    public long horizon() {
        return horizon;
    }

    @Override
    public long lastVersion() {
        return lastVersion;
    }

    @Override
    public long estimateBytes(byte[] begin, byte[] end) {
        long bytes = 0;
        for (Map.Entry<byte[], Chain> entry : sorted().subMap(begin, end).entrySet()) {
            byte[] value = entry.getValue().at(NEWEST);
            bytes += value == null ? 0 : entry.getKey().length + value.length;
        }
        return bytes;
    }

    @Override
    public void close() {
        chains.clear();
        byHash.clear();
        synchronized (unsorted) {
            unsorted.clear();
        }
        superseding.clear();
    }
}
