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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.FlushOptions;
import org.rocksdb.Range;
import org.rocksdb.ReadOptions;
import org.rocksdb.ReadTier;
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
    static final byte[] LAST_VERSION = "lastVersion".getBytes(StandardCharsets.US_ASCII);
    static final byte[] HORIZON = "horizon".getBytes(StandardCharsets.US_ASCII);
    private static final int LOOKUP_KEYS = 256;
    static final long LOG_FILE_BYTES = 16L << 20;
    private static final long KEPT_BYTES = 32L << 20;

    private final RocksFiles files;
    private final RocksDB db;
    private final ColumnFamilyHandle facts;
    private final ColumnFamilyHandle present;
    private final ColumnFamilyHandle history;
    private final SupersededQueue superseded;
    private final RocksReads reads;
    private final RecentValues recent = new RecentValues();
    private final KeptRanges kept = new KeptRanges(KEPT_BYTES);
    private final ReadOptions readOptions = new ReadOptions();
    /** The log is ours, see {@link CommitLog}. */
    private final WriteOptions unlogged = new WriteOptions().setDisableWAL(true);

    private final CommitLog log;
    private final int factsFamily;
    private final int presentFamily;
    private final int historyFamily;
    private final OperationGate gate = new OperationGate();
    private volatile long lastVersion;
    private volatile long horizon;

    /** @param logFileBytes of each file of the log */
    RocksStore(RocksFiles files, long logFileBytes) {
        this.files = files;
        this.db = files.database();
        this.facts = files.family(FACTS);
        this.present = files.family(PRESENT);
        this.history = files.family(HISTORY);
        this.factsFamily = BatchBytes.family(facts);
        this.presentFamily = BatchBytes.family(present);
        this.historyFamily = BatchBytes.family(history);
        this.log = openLog(logFileBytes);
        boolean open = false;
        try {
            this.reads = new RocksReads(files, readOptions, recent, kept);
            this.lastVersion = fact(LAST_VERSION);
            this.horizon = fact(HORIZON);
            this.superseded = new SupersededQueue(files);
            open = true;
        } finally {
            if (!open) {
                closeAll();
            }
        }
    }

    private long fact(byte[] name) {
        try {
            byte[] value = db.get(facts, name);
            return value == null ? 0 : ByteBuffer.wrap(value).getLong();
        } catch (RocksDBException e) {
            throw files.translate("reading", e);
        }
    }

    private void apply(byte[] bytes) throws RocksDBException {
        try (WriteBatch batch = new WriteBatch(bytes)) {
            db.write(unlogged, batch);
        }
    }

    private CommitLog openLog(long fileBytes) {
        boolean open = false;
        try {
            CommitLog opened = CommitLog.open(
                    files.disk(), files.directory(), new Unlogged(), factsFamily, fileBytes, this::apply);
            open = true;
            return opened;
        } catch (RocksDBException e) {
            throw files.translate("reading the log of", e);
        } finally {
            if (!open) {
                readOptions.close();
                unlogged.close();
                files.close();
            }
        }
    }

    /** What RocksDB has in memory. */
    private final class Unlogged implements CommitLog.Memory {
        @Override
        public long persisted() throws RocksDBException {
            try (ReadOptions inFiles = new ReadOptions().setReadTier(ReadTier.PERSISTED_TIER)) {
                byte[] number = db.get(facts, inFiles, CommitLog.NUMBER_KEY);
                return number == null ? 0 : ByteBuffer.wrap(number).getLong();
            }
        }

        @Override
        public void persist(boolean wait) throws RocksDBException {
            try (FlushOptions options = new FlushOptions().setWaitForFlush(wait).setAllowWriteStall(true)) {
                db.flush(options, files.families());
            }
        }
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
    public long write(long version, ResolvedWrites writes) {
        gate.enter();
        try {
            long superseded = 0;
            BatchBytes batch = new BatchBytes();
            for (int from = 0; from < writes.size(); from += LOOKUP_KEYS) {
                int to = Math.min(from + LOOKUP_KEYS, writes.size());
                List<byte @Nullable []> old = storedNow(writes, from, to);
                for (int i = from; i < to; i++) {
                    superseded += add(batch, version, writes.key(i), writes.value(i), old.get(i - from));
                }
            }
            batch.put(factsFamily, LAST_VERSION, version);
            log.write(batch, this::apply);
            for (int i = 0; i < writes.size(); i++) {
                recent.put(writes.key(i), writes.value(i), version);
                kept.forget(writes.key(i));
            }
            lastVersion = version;
            return superseded;
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
                RecentValues.Entry known = recent.find(writes.key(i));
                stored.add(
                        known == null
                                ? db.get(present, readOptions, writes.key(i))
                                : StoredValue.of(known.value(), known.version()));
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

    /** Adds a write and gives the bytes that are kept of what was there. */
    private long add(BatchBytes batch, long version, byte[] key, byte @Nullable [] value, byte @Nullable [] old) {
        if (old == null) {
            if (value != null) {
                batch.put(presentFamily, key, StoredValue.of(value, version));
            }
            return 0;
        }
        long trailer = StoredValue.trailer(old);
        if (value == null && StoredValue.isRemoved(trailer)) {
            return 0;
        }
        long oldVersion = StoredValue.version(trailer);
        batch.put(historyFamily, HistoryKeys.of(key, oldVersion), old);
        superseded.add(batch, version, key, oldVersion);
        batch.put(presentFamily, key, StoredValue.of(value, version));
        return 2L * (key.length + Long.BYTES) + old.length + Long.BYTES;
    }

    @Override
    public void sync() {
        gate.enter();
        try {
            log.sync();
        } finally {
            gate.leave();
        }
    }

    @Override
    public void stage(List<KeyValue> rows) {
        gate.enter();
        try {
            BatchBytes batch = new BatchBytes();
            for (KeyValue row : rows) {
                batch.put(presentFamily, row.getKey(), StoredValue.of(row.getValue(), 0));
            }
            log.write(batch, this::apply);
            rows.forEach(row -> {
                recent.forget(row.getKey());
                kept.forget(row.getKey());
            });
        } catch (RocksDBException e) {
            throw files.translate("writing", e);
        } finally {
            gate.leave();
        }
    }

    @Override
    public void discard(byte[] begin, byte[] end) {
        gate.enter();
        try {
            BatchBytes batch = new BatchBytes();
            batch.deleteRange(presentFamily, begin, end);
            batch.deleteRange(historyFamily, HistoryKeys.bound(begin), HistoryKeys.bound(end));
            log.write(batch, this::apply);
            recent.forget(begin, end);
            kept.forget(begin, end);
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
            BatchBytes batch = new BatchBytes();
            boolean more = superseded.collect(batch, horizon, budget, reads::newestTrailer);
            batch.put(factsFamily, HORIZON, horizon);
            log.write(batch, this::apply);
            return more;
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
    public void persist() {
        gate.enter();
        try {
            new Unlogged().persist(true);
        } catch (RocksDBException e) {
            throw files.translate("writing", e);
        } finally {
            gate.leave();
        }
    }

    @Override
    public void check(Runnable checkpoint, Consumer<String> problems) {
        try {
            new RocksCheck(files, gate).run(checkpoint, problems);
        } catch (RocksDBException e) {
            throw files.translate("checking", e);
        }
    }

    @Override
    public void close() {
        if (gate.close()) {
            closeAll();
        }
    }

    private void closeAll() {
        try {
            log.close();
        } finally {
            readOptions.close();
            unlogged.close();
            files.close();
        }
    }
}
