package io.kadedb.storage.keyspace;

import com.apple.foundationdb.Database;
import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.Transaction;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.storage.api.KeySpace;
import io.kadedb.storage.api.KeySpaceErrors;
import io.kadedb.storage.api.KeySpaceLimits;
import io.kadedb.storage.api.KeySpaceSettings;
import io.kadedb.storage.api.SegmentReads;
import io.kadedb.storage.api.StagedWrites;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A key space over a store of our own: what all engines have in common. */
public abstract class EngineKeySpace implements KeySpace {
    private final VersionedStore store;
    private final KeySpaceSettings settings;
    private final Sequencer sequencer;
    private final EngineDatabase database;
    private final SegmentReads segments = new CheckedSegments();

    protected EngineKeySpace(VersionedStore store, KeySpaceSettings settings) {
        this.store = store;
        this.settings = settings;
        this.sequencer = new Sequencer(store, settings);
        this.database = new EngineDatabase(store, sequencer, settings.limits(), settings.clock());
    }

    @Override
    public Database database() {
        return database;
    }

    @Override
    public ReadTransaction readsAt(long version) {
        if (version > currentVersion()) {
            throw KeySpaceErrors.FUTURE_VERSION.exception();
        }
        return new VersionReads(store, sequencer, version, () -> transactionAt(version));
    }

    @Override
    public long currentVersion() {
        return sequencer.currentVersion();
    }

    @Override
    public long versionAsOf(long epochMicros) {
        return sequencer.versionAsOf(epochMicros);
    }

    @Override
    public long oldestVersion() {
        return store.horizon();
    }

    @Override
    public void validate(Transaction transaction) {
        if (!(transaction instanceof EngineTransaction own)) {
            throw new IllegalArgumentException("a transaction of another key space");
        }
        own.validate();
    }

    @Override
    public Pin pin(long version) {
        if (version > currentVersion()) {
            throw KeySpaceErrors.FUTURE_VERSION.exception();
        }
        if (!sequencer.pin(version)) {
            throw KeySpaceErrors.TRANSACTION_TOO_OLD.exception();
        }
        AtomicBoolean open = new AtomicBoolean(true);
        return new Pin() {
            @Override
            public long version() {
                return version;
            }

            @Override
            public void close() {
                if (open.getAndSet(false)) {
                    sequencer.unpin(version);
                }
            }
        };
    }

    @Override
    public byte @Nullable [] read(byte[] key, long version) {
        sequencer.ensureUsable();
        byte[] value = store.get(key, version);
        if (version < store.horizon()) {
            throw KeySpaceErrors.TRANSACTION_TOO_OLD.exception();
        }
        return value;
    }

    @Override
    public void commitStamped(long readVersion, byte[][] unchanged, byte[][] keys, byte[][] values) {
        sequencer.commitStamped(readVersion, unchanged, keys, values);
    }

    @Override
    public SegmentReads segments() {
        return segments;
    }

    @Override
    public StagedWrites stage(byte[] prefix) {
        sequencer.ensureUsable();
        return new EngineStage(prefix.clone());
    }

    @Override
    public void discard(byte[] prefix) {
        sequencer.discard(prefix, Keys.endOfPrefix(prefix));
    }

    @Override
    public void keep(Duration retention, long historyBytes, Duration transactionWindow) {
        sequencer.keep(retention, historyBytes, transactionWindow);
    }

    @Override
    public void collectGarbage() {
        sequencer.collectGarbage();
    }

    @Override
    public void check(Runnable checkpoint, Consumer<String> problems) {
        sequencer.ensureUsable();
        store.check(checkpoint, problems);
    }

    @Override
    public void persist() {
        sequencer.ensureUsable();
        store.persist();
    }

    @Override
    public KeySpaceLimits limits() {
        return settings.limits();
    }

    @Override
    public void close() {
        sequencer.close();
        store.close();
    }

    /** Checks versions around the reads of the store. */
    private final class CheckedSegments implements SegmentReads {
        private void checkFuture(long version) {
            sequencer.ensureUsable();
            if (version > currentVersion()) {
                throw KeySpaceErrors.FUTURE_VERSION.exception();
            }
        }

        /** After the read: what it saw is complete only if the version is still kept. */
        private <T extends @Nullable Object> T checked(long version, T read) {
            if (version < store.horizon()) {
                throw KeySpaceErrors.TRANSACTION_TOO_OLD.exception();
            }
            return read;
        }

        @Override
        public @Nullable MemorySegment read(byte[] key, long version, SegmentAllocator allocator) {
            checkFuture(version);
            return checked(version, store.get(key, version, allocator));
        }

        @Override
        public List<@Nullable MemorySegment> readAll(List<byte[]> keys, long version, SegmentAllocator allocator) {
            checkFuture(version);
            return checked(version, store.getAll(keys, version, allocator));
        }

        @Override
        public MemorySegment readConcatenated(
                byte[] begin, byte[] end, long version, long sizeHint, SegmentAllocator allocator) {
            checkFuture(version);
            return checked(version, store.concatenate(begin, end, version, sizeHint, allocator));
        }
    }

    /** Hands rows to the store in pieces. */
    private final class EngineStage implements StagedWrites {
        private static final int PIECE_BYTES = 4 << 20;

        private final byte[] prefix;
        private List<KeyValue> rows = new ArrayList<>();
        private long pieceBytes;
        private long bytes;
        private boolean open = true;

        EngineStage(byte[] prefix) {
            this.prefix = prefix;
        }

        @Override
        public void set(byte[] key, byte[] value) {
            if (!open) {
                throw KadeException.of(ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE, "the bulk load has ended");
            }
            if (!Keys.startsWith(key, prefix)) {
                throw KeySpaceErrors.KEY_OUTSIDE_LEGAL_RANGE.exception();
            }
            if (key.length > limits().keyBytes()) {
                throw KeySpaceErrors.KEY_TOO_LARGE.exception();
            }
            if (value.length > limits().valueBytes()) {
                throw KeySpaceErrors.VALUE_TOO_LARGE.exception();
            }
            rows.add(new KeyValue(key.clone(), value));
            bytes += key.length + value.length;
            pieceBytes += key.length + value.length;
            if (pieceBytes >= PIECE_BYTES) {
                hand();
            }
        }

        @Override
        public void set(byte[] key, MemorySegment value) {
            set(key, value.toArray(ValueLayout.JAVA_BYTE));
        }

        private void hand() {
            sequencer.ensureUsable();
            store.stage(rows);
            rows = new ArrayList<>();
            pieceBytes = 0;
        }

        @Override
        public void makeDurable() {
            hand();
            store.sync();
        }

        @Override
        public long bytes() {
            return bytes;
        }

        @Override
        public void close() {
            open = false;
            rows = List.of();
        }
    }
}
