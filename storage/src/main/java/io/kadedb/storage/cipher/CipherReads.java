package io.kadedb.storage.cipher;

import com.apple.foundationdb.KeyArrayResult;
import com.apple.foundationdb.KeySelector;
import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.StreamingMode;
import com.apple.foundationdb.TransactionOptions;
import com.apple.foundationdb.async.AsyncIterable;
import io.kadedb.storage.keyspace.DatabaseOverloads;
import io.kadedb.storage.keyspace.RangeOverloads;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

/** Reads through the encryption boundary: keys are translated on the way in, rows on the way out. */
class CipherReads implements RangeOverloads {
    private final Supplier<? extends ReadTransaction> source;
    final EncryptionBoundary boundary;

    /** Reads from whatever transaction the source gives, which may change when it is retried. */
    CipherReads(Supplier<? extends ReadTransaction> source, EncryptionBoundary boundary) {
        this.source = source;
        this.boundary = boundary;
    }

    @Override
    public boolean isSnapshot() {
        return source.get().isSnapshot();
    }

    @Override
    public ReadTransaction snapshot() {
        return new CipherReads(() -> source.get().snapshot(), boundary);
    }

    @Override
    public CompletableFuture<Long> getReadVersion() {
        return source.get().getReadVersion();
    }

    @Override
    public void setReadVersion(long version) {
        source.get().setReadVersion(version);
    }

    @Override
    public boolean addReadConflictRangeIfNotSnapshot(byte[] begin, byte[] end) {
        boundary.checkRange(begin, end);
        return source.get().addReadConflictRangeIfNotSnapshot(begin, end);
    }

    @Override
    public boolean addReadConflictKeyIfNotSnapshot(byte[] key) {
        return source.get().addReadConflictKeyIfNotSnapshot(boundary.storedKey(key));
    }

    @Override
    public CompletableFuture<byte[]> get(byte[] key) {
        byte[] storedKey = boundary.storedKey(key);
        return source.get().get(storedKey).thenApply(stored -> plain(storedKey, stored));
    }

    @SuppressWarnings("NullAway") // fdb-java's get answers null for a missing key
    private byte[] plain(byte[] storedKey, byte[] stored) {
        return stored == null ? null : boundary.plainValue(storedKey, stored);
    }

    @Override
    public CompletableFuture<byte[]> getKey(KeySelector selector) {
        checkOrdered(selector.getKey());
        return source.get().getKey(selector).thenApply(key -> {
            checkOrdered(key);
            return key;
        });
    }

    private void checkOrdered(byte[] key) {
        if (boundary.modeOf(key) == KeyMode.BUCKETED) {
            throw EncryptionBoundary.unordered();
        }
    }

    @Override
    public AsyncIterable<KeyValue> getRange(
            KeySelector begin, KeySelector end, int limit, boolean reverse, StreamingMode mode) {
        boundary.checkRange(begin.getKey(), end.getKey());
        return new DecryptedRange(source.get().getRange(begin, end, limit, reverse, mode), boundary);
    }

    @Override
    public CompletableFuture<Long> getEstimatedRangeSizeBytes(byte[] begin, byte[] end) {
        return source.get().getEstimatedRangeSizeBytes(begin, end);
    }

    @Override
    public CompletableFuture<KeyArrayResult> getRangeSplitPoints(byte[] begin, byte[] end, long chunkSize) {
        boundary.checkRange(begin, end);
        return source.get().getRangeSplitPoints(begin, end, chunkSize);
    }

    @Override
    public TransactionOptions options() {
        return source.get().options();
    }

    @Override
    public Executor getExecutor() {
        return source.get().getExecutor();
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
