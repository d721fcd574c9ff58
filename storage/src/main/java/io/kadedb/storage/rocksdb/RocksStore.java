package io.kadedb.storage.rocksdb;

import static io.kadedb.storage.rocksdb.RocksFiles.Family.FACTS;
import static io.kadedb.storage.rocksdb.RocksFiles.Family.HISTORY;
import static io.kadedb.storage.rocksdb.RocksFiles.Family.PRESENT;

import com.apple.foundationdb.KeyValue;
import io.kadedb.storage.keyspace.ResolvedWrites;
import io.kadedb.storage.keyspace.VersionedStore;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.Range;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.SizeApproximationFlag;
import org.rocksdb.Slice;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * Versions in RocksDB. One column family has the newest version of each key under the key itself, so that reads of the
 * present are plain gets and scans; a write moves the version it supersedes to a second family, where reads of the past
 * find it, and notes in a third when it may be removed.
 */
final class RocksStore implements VersionedStore {
    private static final byte[] LAST_VERSION = "lastVersion".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HORIZON = "horizon".getBytes(StandardCharsets.US_ASCII);
    private static final int LOOKUP_KEYS = 256;

    private final RocksFiles files;
    private final RocksDB db;
    private final ColumnFamilyHandle facts;
    private final ColumnFamilyHandle present;
    private final ColumnFamilyHandle history;
    private final SupersededQueue superseded;
    private final RocksReads reads;
    private final ReadOptions readOptions = new ReadOptions();
    private final WriteOptions unsynced = new WriteOptions();
    private final GroupSync groupSync = new GroupSync();
    private final OperationGate gate = new OperationGate();
    private volatile long lastVersion;
    private volatile long horizon;

    RocksStore(RocksFiles files) {
        this.files = files;
        this.db = files.database();
        this.facts = files.family(FACTS);
        this.present = files.family(PRESENT);
        this.history = files.family(HISTORY);
        this.reads = new RocksReads(files, readOptions);
        this.lastVersion = fact(LAST_VERSION);
        this.horizon = fact(HORIZON);
        this.superseded = new SupersededQueue(files);
    }

    private long fact(byte[] name) {
        try {
            byte[] value = db.get(facts, name);
            return value == null ? 0 : ByteBuffer.wrap(value).getLong();
        } catch (RocksDBException e) {
            throw files.translate("reading", e);
        }
    }

    private static byte[] bytes(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }

    @Override
    public byte @Nullable [] get(byte[] key, long version) {
        gate.enter();
        try {
            return reads.get(key, version);
        } catch (RocksDBException e) {
            throw files.translate("reading", e);
        } finally {
            gate.leave();
        }
    }

    @Override
    public @Nullable MemorySegment get(byte[] key, long version, SegmentAllocator allocator) {
        gate.enter();
        try {
            return reads.get(key, version, allocator);
        } catch (RocksDBException e) {
            throw files.translate("reading", e);
        } finally {
            gate.leave();
        }
    }

    @Override
    public List<@Nullable MemorySegment> getAll(List<byte[]> keys, long version, SegmentAllocator allocator) {
        gate.enter();
        try {
            List<@Nullable MemorySegment> values = new ArrayList<>(keys.size());
            for (byte[] key : keys) {
                values.add(reads.get(key, version, allocator));
            }
            return values;
        } catch (RocksDBException e) {
            throw files.translate("reading", e);
        } finally {
            gate.leave();
        }
    }

    @Override
    public Rows scan(byte[] begin, byte[] end, long version, int maxRows, int maxBytes, boolean reverse) {
        gate.enter();
        try {
            return reads.scan(begin, end, version, maxRows, maxBytes, reverse);
        } catch (RocksDBException e) {
            throw files.translate("reading", e);
        } finally {
            gate.leave();
        }
    }

    @Override
    public MemorySegment concatenate(
            byte[] begin, byte[] end, long version, long sizeHint, SegmentAllocator allocator) {
        gate.enter();
        try {
            return reads.concatenate(begin, end, version, sizeHint, allocator);
        } catch (RocksDBException e) {
            throw files.translate("reading", e);
        } finally {
            gate.leave();
        }
    }

    @Override
    public void write(long version, ResolvedWrites writes) {
        gate.enter();
        try (WriteBatch batch = new WriteBatch()) {
            for (int from = 0; from < writes.size(); from += LOOKUP_KEYS) {
                int to = Math.min(from + LOOKUP_KEYS, writes.size());
                List<byte @Nullable []> old = storedNow(writes, from, to);
                for (int i = from; i < to; i++) {
                    add(batch, version, writes.key(i), writes.value(i), old.get(i - from));
                }
            }
            batch.put(facts, LAST_VERSION, bytes(version));
            db.write(unsynced, batch);
            lastVersion = version;
            groupSync.wrote();
        } catch (RocksDBException e) {
            throw files.translate("writing", e);
        } finally {
            gate.leave();
        }
    }

    private List<byte @Nullable []> storedNow(ResolvedWrites writes, int from, int to) throws RocksDBException {
        List<byte @Nullable []> stored = new ArrayList<>(to - from);
        if (to - from < 8) {
            for (int i = from; i < to; i++) {
                stored.add(db.get(present, readOptions, writes.key(i)));
            }
            return stored;
        }
        List<ColumnFamilyHandle> families = new ArrayList<>(to - from);
        List<byte[]> keys = new ArrayList<>(to - from);
        for (int i = from; i < to; i++) {
            families.add(present);
            keys.add(writes.key(i));
        }
        stored.addAll(db.multiGetAsList(readOptions, families, keys));
        return stored;
    }

    private void add(WriteBatch batch, long version, byte[] key, byte @Nullable [] value, byte @Nullable [] old)
            throws RocksDBException {
        if (old == null) {
            if (value != null) {
                batch.put(present, key, StoredValue.of(value, version));
            }
            return;
        }
        long trailer = StoredValue.trailer(old);
        if (value == null && StoredValue.isRemoved(trailer)) {
            return;
        }
        long oldVersion = StoredValue.version(trailer);
        batch.put(history, HistoryKeys.of(key, oldVersion), old);
        superseded.add(batch, version, key, oldVersion);
        batch.put(present, key, StoredValue.of(value, version));
    }

    @Override
    public void sync() {
        gate.enter();
        try {
            groupSync.await(db::syncWal);
        } catch (RocksDBException e) {
            throw files.translate("flushing", e);
        } finally {
            gate.leave();
        }
    }

    @Override
    public void stage(List<KeyValue> rows) {
        gate.enter();
        try (WriteBatch batch = new WriteBatch()) {
            for (KeyValue row : rows) {
                batch.put(present, row.getKey(), StoredValue.of(row.getValue(), 0));
            }
            db.write(unsynced, batch);
            groupSync.wrote();
        } catch (RocksDBException e) {
            throw files.translate("writing", e);
        } finally {
            gate.leave();
        }
    }

    @Override
    public void discard(byte[] begin, byte[] end) {
        gate.enter();
        try (WriteBatch batch = new WriteBatch()) {
            batch.deleteRange(present, begin, end);
            batch.deleteRange(history, HistoryKeys.bound(begin), HistoryKeys.bound(end));
            db.write(unsynced, batch);
            groupSync.wrote();
        } catch (RocksDBException e) {
            throw files.translate("writing", e);
        } finally {
            gate.leave();
        }
    }

    @Override
    public boolean collect(long newHorizon, int budget) {
        gate.enter();
        try {
            // Raised before anything is removed, so that a read that might miss something is told.
            horizon = Math.max(horizon, newHorizon);
            if (!superseded.reaches(horizon)) {
                return false;
            }
            try (WriteBatch batch = new WriteBatch()) {
                boolean more = superseded.collect(batch, horizon, budget, reads::newestTrailer);
                batch.put(facts, HORIZON, bytes(horizon));
                db.write(unsynced, batch);
                groupSync.wrote();
                return more;
            }
        } catch (RocksDBException e) {
            throw files.translate("removing old versions in", e);
        } finally {
            gate.leave();
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
        gate.enter();
        try (Slice from = new Slice(begin);
                Slice to = new Slice(end)) {
            long[] sizes = db.getApproximateSizes(
                    present,
                    List.of(new Range(from, to)),
                    SizeApproximationFlag.INCLUDE_FILES,
                    SizeApproximationFlag.INCLUDE_MEMTABLES);
            return sizes[0];
        } finally {
            gate.leave();
        }
    }

    @Override
    public void close() {
        if (gate.close()) {
            readOptions.close();
            unsynced.close();
            files.close();
        }
    }
}
