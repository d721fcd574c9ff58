package io.kadedb.storage.rocksdb;

import static io.kadedb.storage.rocksdb.RocksFiles.Family.HISTORY;
import static io.kadedb.storage.rocksdb.RocksFiles.Family.PRESENT;

import com.apple.foundationdb.KeyValue;
import io.kadedb.storage.keyspace.Keys;
import io.kadedb.storage.keyspace.VersionedStore.Rows;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/**
 * Reads at a version: the newest version of a key where it is old enough, otherwise the right one from the history. A
 * write moves a version to the history in the same step that supersedes it, so looking there second finds it.
 */
final class RocksReads {
    private static final int LEAST_TARGET_BYTES = 4 << 10;

    private final RocksDB db;
    private final ColumnFamilyHandle present;
    private final ColumnFamilyHandle history;
    private final ReadOptions readOptions;
    private final RecentValues recent;
    private final KeptRanges kept;
    private final ScratchBuffers buffers = new ScratchBuffers();

    RocksReads(RocksFiles files, ReadOptions readOptions, RecentValues recent, KeptRanges kept) {
        this.recent = recent;
        this.kept = kept;
        this.db = files.database();
        this.present = files.family(PRESENT);
        this.history = files.family(HISTORY);
        this.readOptions = readOptions;
    }

    byte @Nullable [] get(byte[] key, long version) throws RocksDBException {
        RecentValues.Entry known = recent.find(key);
        if (known != null && known.version() <= version) {
            return known.value();
        }
        byte[] stored = db.get(present, readOptions, key);
        if (stored == null) {
            return null;
        }
        if (StoredValue.version(StoredValue.trailer(stored)) <= version) {
            return StoredValue.value(stored);
        }
        try (RocksIterator past = db.newIterator(history, readOptions)) {
            return inHistory(past, key, version);
        }
    }

    private static byte @Nullable [] inHistory(RocksIterator past, byte[] key, long version) throws RocksDBException {
        past.seek(HistoryKeys.of(key, version));
        if (!past.isValid()) {
            past.status();
            return null;
        }
        byte[] found = past.key();
        byte[] prefix = HistoryKeys.prefix(key);
        boolean sameKey = found.length == prefix.length + Long.BYTES && Keys.startsWith(found, prefix);
        return sameKey ? StoredValue.value(past.value()) : null;
    }

    /** The version of the newest write of a key, doubled, plus one if it removed the key; -1 when there is none. */
    long newestTrailer(byte[] key) throws RocksDBException {
        byte[] stored = db.get(present, readOptions, key);
        return stored == null ? -1 : StoredValue.trailer(stored);
    }

    @Nullable
    MemorySegment get(byte[] key, long version, SegmentAllocator allocator) throws RocksDBException {
        ScratchBuffers.Scratch scratch = buffers.take();
        try {
            ByteBuffer value = scratch.value(0);
            int size = db.get(present, readOptions, scratch.key(key), value);
            if (size > value.capacity()) {
                value = scratch.value(size);
                size = db.get(present, readOptions, scratch.key(key), value);
            }
            if (size < 0) {
                return null;
            }
            MemorySegment stored = MemorySegment.ofBuffer(value.position(0).limit(size));
            long length = size - (long) StoredValue.TRAILER_BYTES;
            long trailer = trailer(stored, length);
            if (StoredValue.version(trailer) > version) {
                byte[] old = get(key, version);
                return old == null ? null : copy(MemorySegment.ofArray(old), old.length, allocator);
            }
            return StoredValue.isRemoved(trailer) ? null : copy(stored, length, allocator);
        } finally {
            buffers.giveBack(scratch);
        }
    }

    private static final ValueLayout.OfLong TRAILER =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(java.nio.ByteOrder.BIG_ENDIAN);

    private static long trailer(MemorySegment stored, long length) {
        return stored.get(TRAILER, length);
    }

    private static MemorySegment copy(MemorySegment value, long length, SegmentAllocator allocator) {
        MemorySegment target = allocator.allocate(length, Long.BYTES);
        MemorySegment.copy(value, 0, target, 0, length);
        return target;
    }

    Rows scan(byte[] begin, byte[] end, long version, int maxRows, int maxBytes, boolean reverse)
            throws RocksDBException {
        if (Keys.compare(begin, end) >= 0) {
            return Rows.NONE;
        }
        if (!reverse && KeptRanges.keeps(maxRows)) {
            Rows rows = kept.scan(
                    begin,
                    end,
                    version,
                    maxRows,
                    maxBytes,
                    (from, to, mostRows, mostBytes) -> stored(from, to, version, mostRows, mostBytes, false));
            if (rows != null) {
                return rows;
            }
        }
        KeptRanges.Found found = stored(begin, end, version, maxRows, maxBytes, reverse);
        return new Rows(found.rows(), found.more());
    }

    private KeptRanges.Found stored(byte[] begin, byte[] end, long version, int maxRows, long maxBytes, boolean reverse)
            throws RocksDBException {
        List<KeyValue> rows = new ArrayList<>(Math.min(maxRows, 64));
        long bytes = 0;
        long newest = 0;
        try (Window window = new Window(begin, end)) {
            RocksIterator present = window.present;
            if (reverse) {
                present.seekToLast();
            } else {
                present.seekToFirst();
            }
            while (present.isValid()) {
                byte[] key = present.key();
                byte[] stored = present.value();
                long written = StoredValue.version(StoredValue.trailer(stored));
                newest = Math.max(newest, written);
                byte[] value = written <= version ? StoredValue.value(stored) : inHistory(window.past(), key, version);
                if (value != null) {
                    if (rows.size() == maxRows || bytes > maxBytes) {
                        return new KeptRanges.Found(rows, true, newest);
                    }
                    rows.add(new KeyValue(key, value));
                    bytes += key.length + value.length;
                }
                if (reverse) {
                    present.prev();
                } else {
                    present.next();
                }
            }
            present.status();
        }
        return new KeptRanges.Found(rows, false, newest);
    }

    MemorySegment concatenate(byte[] begin, byte[] end, long version, long sizeHint, SegmentAllocator allocator)
            throws RocksDBException {
        MemorySegment target = allocator.allocate(target(sizeHint), Long.BYTES);
        long at = 0;
        if (Keys.compare(begin, end) >= 0) {
            return target.asSlice(0, 0);
        }
        try (Window window = new Window(begin, end)) {
            RocksIterator present = window.present;
            for (present.seekToFirst(); present.isValid(); present.next()) {
                // Each value lands on the trailer of the one before it.
                long free = target.byteSize() - at;
                int size = present.value(target.asSlice(at).asByteBuffer());
                if (size > free) {
                    target = grow(target, at, at + size, allocator);
                    size = present.value(target.asSlice(at).asByteBuffer());
                }
                long length = size - (long) StoredValue.TRAILER_BYTES;
                long trailer = trailer(target.asSlice(at), length);
                if (StoredValue.version(trailer) > version) {
                    byte[] old = inHistory(window.past(), present.key(), version);
                    if (old != null) {
                        if (old.length > target.byteSize() - at) {
                            target = grow(target, at, at + old.length, allocator);
                        }
                        MemorySegment.copy(old, 0, target, ValueLayout.JAVA_BYTE, at, old.length);
                        at += old.length;
                    }
                } else if (!StoredValue.isRemoved(trailer)) {
                    at += length;
                }
            }
            present.status();
        }
        return target.asSlice(0, at);
    }

    private static long target(long bytes) {
        return Math.max(bytes, LEAST_TARGET_BYTES) + StoredValue.TRAILER_BYTES;
    }

    private static MemorySegment grow(MemorySegment full, long used, long needed, SegmentAllocator allocator) {
        MemorySegment larger = allocator.allocate(target(Math.max(needed, full.byteSize() * 2)), Long.BYTES);
        MemorySegment.copy(full, 0, larger, 0, used);
        return larger;
    }

    /** Iterators over a range of keys: of the present, and when it is needed, of the past. Closes them. */
    private final class Window implements AutoCloseable {
        private final Slice lower;
        private final Slice upper;
        private final ReadOptions options;
        final RocksIterator present;
        private @Nullable RocksIterator past;

        Window(byte[] begin, byte[] end) {
            lower = new Slice(begin);
            upper = new Slice(end);
            options = new ReadOptions().setIterateLowerBound(lower).setIterateUpperBound(upper);
            present = db.newIterator(RocksReads.this.present, options);
        }

        /** Opened after the present, so it has every version that was moved out of what the present shows. */
        RocksIterator past() {
            RocksIterator opened = past;
            if (opened == null) {
                opened = db.newIterator(history, readOptions);
                past = opened;
            }
            return opened;
        }

        @Override
        public void close() {
            if (past != null) {
                past.close();
            }
            present.close();
            options.close();
            upper.close();
            lower.close();
        }
    }
}
