package io.kadedb.storage.keyspace;

import com.apple.foundationdb.KeyArrayResult;
import com.apple.foundationdb.KeySelector;
import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.StreamingMode;
import com.apple.foundationdb.Transaction;
import com.apple.foundationdb.TransactionOptions;
import com.apple.foundationdb.async.AsyncIterable;
import io.kadedb.storage.api.KeySpaceErrors;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads at one version that nothing is written with: single keys at once, all else through a transaction. */
final class VersionReads implements RangeOverloads {
    private final VersionedStore store;
    private final Sequencer sequencer;
    private final long version;
    private final Supplier<Transaction> transactions;
    private @Nullable Transaction transaction;

    /** @param transactions makes a transaction that reads at the version */
    VersionReads(VersionedStore store, Sequencer sequencer, long version, Supplier<Transaction> transactions) {
        this.store = store;
        this.sequencer = sequencer;
        this.version = version;
        this.transactions = transactions;
    }

    private synchronized ReadTransaction all() {
        Transaction known = transaction;
        if (known == null) {
            known = transactions.get();
            transaction = known;
        }
        return known.snapshot();
    }

    @Override
    @SuppressWarnings("NullAway") // fdb-java's get answers null for a missing key
    public CompletableFuture<byte[]> get(byte[] key) {
        if (key.length == 0 || (key[0] & 0xFF) == 0xFF) {
            return all().get(key);
        }
        try {
            sequencer.ensureUsable();
            byte[] value = store.get(key, version);
            if (version < store.horizon()) {
                throw KeySpaceErrors.TRANSACTION_TOO_OLD.exception();
            }
            return CompletableFuture.completedFuture(value);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public boolean isSnapshot() {
        return true;
    }

    @Override
    public ReadTransaction snapshot() {
        return this;
    }

    @Override
    public CompletableFuture<byte[]> getKey(KeySelector selector) {
        return all().getKey(selector);
    }

    @Override
    public AsyncIterable<KeyValue> getRange(
            KeySelector begin, KeySelector end, int limit, boolean reverse, StreamingMode mode) {
        return all().getRange(begin, end, limit, reverse, mode);
    }

    @Override
    public CompletableFuture<Long> getReadVersion() {
        return CompletableFuture.completedFuture(version);
    }

    @Override
    public void setReadVersion(long other) {
        throw KeySpaceErrors.READ_VERSION_ALREADY_SET.exception();
    }

    @Override
    public boolean addReadConflictRangeIfNotSnapshot(byte[] begin, byte[] end) {
        return false;
    }

    @Override
    public boolean addReadConflictKeyIfNotSnapshot(byte[] key) {
        return false;
    }

    @Override
    public CompletableFuture<Long> getEstimatedRangeSizeBytes(byte[] begin, byte[] end) {
        return all().getEstimatedRangeSizeBytes(begin, end);
    }

    @Override
    public CompletableFuture<KeyArrayResult> getRangeSplitPoints(byte[] begin, byte[] end, long chunkSize) {
        return all().getRangeSplitPoints(begin, end, chunkSize);
    }

    @Override
    public TransactionOptions options() {
        return all().options();
    }

    @Override
    public Executor getExecutor() {
        return all().getExecutor();
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
