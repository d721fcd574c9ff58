package io.kadedb.storage.keyspace;

import com.apple.foundationdb.Database;
import com.apple.foundationdb.FDBException;
import com.apple.foundationdb.KeyArrayResult;
import com.apple.foundationdb.KeySelector;
import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.MutationType;
import com.apple.foundationdb.Range;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.StreamingMode;
import com.apple.foundationdb.Transaction;
import com.apple.foundationdb.TransactionOptions;
import com.apple.foundationdb.async.AsyncIterable;
import io.kadedb.storage.api.KeySpaceErrors;
import io.kadedb.storage.api.KeySpaceLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A transaction on one of our own engines. It runs on the calling thread: reads complete at once, {@link #commit} returns
 * a completed future when the commit is durable. Arrays that reads return belong to the engine and must not be changed.
 *
 * <p>Errors of a write (a key too large, a key outside the user's range) are thrown by the call itself.
 */
final class EngineTransaction implements Transaction, RangeOverloads {
    private enum State {
        OPEN,
        COMMITTING,
        COMMITTED,
        CANCELLED,
        CLOSED
    }

    private final EngineDatabase database;
    private final VersionedStore store;
    private final Sequencer sequencer;
    private final KeySpaceLimits limits;
    private final Executor executor;
    private final TransactionSettings settings;
    private final TransactionOptions options;
    private final TransactionReads reads = new TransactionReads(this);
    private final ReadTransaction snapshot = new EngineSnapshot(this, reads);
    private final long startNanos;

    private State state = State.OPEN;
    private TransactionWrites writes;
    private List<Watches.Watch> watches = new ArrayList<>(0);
    private CompletableFuture<byte[]> versionstamp = new CompletableFuture<>();
    private long readVersion = -1;
    private long committedVersion = -1;
    private long retries;

    EngineTransaction(EngineDatabase database, Executor executor, TransactionSettings settings) {
        this.database = database;
        this.store = database.store();
        this.sequencer = database.sequencer();
        this.limits = database.limits();
        this.executor = executor;
        this.settings = settings;
        this.options = new TransactionOptions(settings);
        this.writes = new TransactionWrites(limits, settings);
        this.startNanos = database.clock().nanoTime();
    }

    // Reads

    synchronized long version() {
        ensureOpen();
        if (readVersion < 0) {
            readVersion = sequencer.currentVersion();
        }
        return readVersion;
    }

    /** Runs a read and turns what it throws into a failed future. */
    static <T extends @Nullable Object> CompletableFuture<T> completed(Supplier<T> read) {
        try {
            return CompletableFuture.completedFuture(read.get());
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    @SuppressWarnings("NullAway") // fdb-java's get answers null for a missing key
    public CompletableFuture<byte[]> get(byte[] key) {
        return completed(() -> reads.value(key, false));
    }

    @Override
    public CompletableFuture<byte[]> getKey(KeySelector selector) {
        return completed(() -> reads.key(selector, false));
    }

    @Override
    public AsyncIterable<KeyValue> getRange(
            KeySelector begin, KeySelector end, int limit, boolean reverse, StreamingMode mode) {
        return new RangeScan(reads, false, begin, end, limit, reverse, mode);
    }

    @Override
    public boolean isSnapshot() {
        return false;
    }

    @Override
    public ReadTransaction snapshot() {
        return snapshot;
    }

    @Override
    public CompletableFuture<Long> getReadVersion() {
        return completed(this::version);
    }

    @Override
    public synchronized void setReadVersion(long version) {
        ensureOpen();
        if (readVersion >= 0) {
            throw KeySpaceErrors.READ_VERSION_ALREADY_SET.exception();
        }
        if (version > sequencer.currentVersion()) {
            throw KeySpaceErrors.FUTURE_VERSION.exception();
        }
        if (version < store.horizon()) {
            throw KeySpaceErrors.TRANSACTION_TOO_OLD.exception();
        }
        readVersion = version;
    }

    @Override
    public CompletableFuture<Long> getEstimatedRangeSizeBytes(byte[] begin, byte[] end) {
        return completed(() -> {
            ensureReadable(begin, end);
            return store.estimateBytes(begin, end);
        });
    }

    @Override
    public CompletableFuture<KeyArrayResult> getRangeSplitPoints(byte[] begin, byte[] end, long chunkSize) {
        return completed(() -> {
            ensureReadable(begin, end);
            return SplitPoints.of(store, begin, end, version(), chunkSize);
        });
    }

    VersionedStore store() {
        return store;
    }

    /** What was written so far, unless such reads do not see it. */
    synchronized @Nullable WriteBuffer ownWrites(boolean snapshotRead) {
        return settings.readsOwnWrites(snapshotRead) ? writes.buffer() : null;
    }

    synchronized ConflictRanges readConflicts() {
        return writes.readConflicts();
    }

    void checkKey(byte[] key) {
        writes.checkKey(key);
    }

    /** Fails as a commit would now because of what was read, and changes nothing. */
    void validate() {
        long version;
        ConflictRanges reads;
        synchronized (this) {
            version = version();
            reads = writes.readConflicts();
        }
        sequencer.validate(version, reads);
    }

    // Conflicts

    @Override
    public boolean addReadConflictRangeIfNotSnapshot(byte[] begin, byte[] end) {
        addReadConflictRange(begin, end);
        return true;
    }

    @Override
    public boolean addReadConflictKeyIfNotSnapshot(byte[] key) {
        addReadConflictKey(key);
        return true;
    }

    @Override
    public synchronized void addReadConflictRange(byte[] begin, byte[] end) {
        ensureOpen();
        writes.addReadConflictRange(begin, end);
    }

    @Override
    public synchronized void addReadConflictKey(byte[] key) {
        ensureOpen();
        writes.addReadConflictKey(key);
    }

    @Override
    public synchronized void addWriteConflictRange(byte[] begin, byte[] end) {
        ensureOpen();
        writes.addWriteConflictRange(begin, end);
    }

    @Override
    public synchronized void addWriteConflictKey(byte[] key) {
        ensureOpen();
        writes.addWriteConflictKey(key);
    }

    // Writes

    @Override
    public synchronized void set(byte[] key, byte[] value) {
        ensureOpen();
        writes.set(key, value);
    }

    @Override
    public synchronized void clear(byte[] key) {
        ensureOpen();
        writes.clear(key);
    }

    @Override
    public synchronized void clear(byte[] begin, byte[] end) {
        ensureOpen();
        writes.clear(begin, end);
    }

    @Override
    public void clear(Range range) {
        clear(range.begin, range.end);
    }

    @Override
    @Deprecated
    public void clearRangeStartsWith(byte[] prefix) {
        clear(prefix, Keys.endOfPrefix(prefix));
    }

    @Override
    public synchronized void mutate(MutationType type, byte[] key, byte[] operand) {
        ensureOpen();
        writes.mutate(type, key, operand);
    }

    private synchronized void ensureReadable(byte[] begin, byte[] end) {
        ensureOpen();
        TransactionWrites.checkRange(begin, end);
    }

    // The end

    @Override
    public CompletableFuture<Void> commit() {
        try {
            commitNow();
            return CompletableFuture.completedFuture(null);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void commitNow() {
        Sequencer.Commit commit;
        synchronized (this) {
            ensureOpen();
            if (writes.bytes() > settings.sizeLimit()) {
                throw KeySpaceErrors.TRANSACTION_TOO_LARGE.exception();
            }
            if (writes.isEmpty()) {
                state = State.COMMITTED;
                versionstamp.completeExceptionally(KeySpaceErrors.NO_COMMIT_VERSION.exception());
                watches.forEach(sequencer::watch);
                return;
            }
            commit = writes.commit(version());
            state = State.COMMITTING;
        }
        long version = sequencer.commit(commit);
        synchronized (this) {
            committedVersion = version;
            if (state == State.COMMITTING) {
                state = State.COMMITTED;
            }
        }
        versionstamp.complete(Versionstamps.stamp(version));
        watches.forEach(sequencer::watch);
    }

    @Override
    public synchronized Long getCommittedVersion() {
        if (state != State.COMMITTED) {
            throw KeySpaceErrors.NO_COMMIT_VERSION.exception();
        }
        return committedVersion;
    }

    @Override
    public synchronized CompletableFuture<byte[]> getVersionstamp() {
        return versionstamp;
    }

    @Override
    public synchronized CompletableFuture<Long> getApproximateSize() {
        return CompletableFuture.completedFuture(writes.bytes());
    }

    /** Resets the transaction for another try at once: a conflict means that another transaction got through. */
    @Override
    public CompletableFuture<Transaction> onError(Throwable error) {
        Throwable cause = KeySpaceErrors.unwrap(error);
        synchronized (this) {
            boolean retry = cause instanceof FDBException known && KeySpaceErrors.isRetryable(known.getCode());
            if (!retry || state == State.CANCELLED || state == State.CLOSED) {
                return CompletableFuture.failedFuture(cause);
            }
            if (timedOut()) {
                return CompletableFuture.failedFuture(KeySpaceErrors.TRANSACTION_TIMED_OUT.exception());
            }
            if (settings.retryLimit() >= 0 && retries >= settings.retryLimit()) {
                return CompletableFuture.failedFuture(cause);
            }
            retries++;
            giveUpWatches();
            versionstamp.completeExceptionally(cause);
            writes = new TransactionWrites(limits, settings);
            versionstamp = new CompletableFuture<>();
            readVersion = -1;
            committedVersion = -1;
            state = State.OPEN;
        }
        return CompletableFuture.completedFuture(this);
    }

    private void giveUpWatches() {
        List<Watches.Watch> given = watches;
        watches = new ArrayList<>();
        given.forEach(watch -> watch.changed().completeExceptionally(KeySpaceErrors.OPERATION_CANCELLED.exception()));
    }

    private boolean timedOut() {
        long millis = settings.timeoutMillis();
        return millis > 0 && database.clock().nanoTime() - startNanos >= millis * 1_000_000;
    }

    private void ensureOpen() {
        switch (state) {
            case OPEN -> {
                if (timedOut()) {
                    throw KeySpaceErrors.TRANSACTION_TIMED_OUT.exception();
                }
                sequencer.ensureUsable();
            }
            case COMMITTING, COMMITTED -> throw KeySpaceErrors.USED_DURING_COMMIT.exception();
            case CANCELLED, CLOSED -> throw KeySpaceErrors.TRANSACTION_CANCELLED.exception();
        }
    }

    @Override
    public synchronized CompletableFuture<Void> watch(byte[] key) {
        byte[] value = reads.value(key, true);
        Watches.Watch watch = new Watches.Watch(key.clone(), value, new CompletableFuture<>());
        watches.add(watch);
        return watch.changed();
    }

    @Override
    public synchronized void cancel() {
        if (state == State.OPEN || state == State.COMMITTING) {
            state = State.CANCELLED;
            giveUpWatches();
        }
    }

    @Override
    public synchronized void close() {
        if (state != State.COMMITTED) {
            giveUpWatches();
        }
        state = state == State.COMMITTED ? State.COMMITTED : State.CLOSED;
    }

    @Override
    public Database getDatabase() {
        return database;
    }

    @Override
    public TransactionOptions options() {
        return options;
    }

    @Override
    public Executor getExecutor() {
        return executor;
    }

    @Override
    public <T> T run(Function<? super Transaction, T> retryable) {
        return retryable.apply(this);
    }

    @Override
    public <T> CompletableFuture<T> runAsync(Function<? super Transaction, ? extends CompletableFuture<T>> retryable) {
        return DatabaseOverloads.applySafely(retryable, this);
    }

    @Override
    public <T> T read(Function<? super ReadTransaction, T> retryable) {
        return retryable.apply(this);
    }

    @Override
    public <T> CompletableFuture<T> readAsync(
            Function<? super ReadTransaction, ? extends CompletableFuture<T>> retryable) {
        return DatabaseOverloads.applySafely(retryable, this);
    }
}
