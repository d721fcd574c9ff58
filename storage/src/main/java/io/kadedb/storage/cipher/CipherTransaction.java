package io.kadedb.storage.cipher;

import com.apple.foundationdb.Database;
import com.apple.foundationdb.MutationType;
import com.apple.foundationdb.Range;
import com.apple.foundationdb.Transaction;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.storage.api.KeySpaceErrors;
import io.kadedb.storage.api.KeySpaceLimits;
import io.kadedb.storage.keyspace.DatabaseOverloads;
import io.kadedb.storage.keyspace.Versionstamps;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** A transaction whose keys and values pass the encryption boundary. */
final class CipherTransaction extends CipherReads implements Transaction {
    private final Database database;
    private final KeySpaceLimits limits;
    private final AtomicReference<Transaction> inner;

    CipherTransaction(Database database, Transaction inner, EncryptionBoundary boundary, KeySpaceLimits limits) {
        this(database, new AtomicReference<>(inner), boundary, limits);
    }

    private CipherTransaction(
            Database database, AtomicReference<Transaction> inner, EncryptionBoundary boundary, KeySpaceLimits limits) {
        super(inner::get, boundary);
        this.database = database;
        this.inner = inner;
        this.limits = limits;
    }

    Transaction inner() {
        return inner.get();
    }

    @Override
    public void addReadConflictRange(byte[] begin, byte[] end) {
        boundary.checkRange(begin, end);
        inner().addReadConflictRange(begin, end);
    }

    @Override
    public void addReadConflictKey(byte[] key) {
        inner().addReadConflictKey(boundary.storedKey(key));
    }

    @Override
    public void addWriteConflictRange(byte[] begin, byte[] end) {
        boundary.checkRange(begin, end);
        inner().addWriteConflictRange(begin, end);
    }

    @Override
    public void addWriteConflictKey(byte[] key) {
        inner().addWriteConflictKey(boundary.storedKey(key));
    }

    @Override
    public void set(byte[] key, byte[] value) {
        checkSizes(key.length, value.length);
        inner().set(boundary.storedKey(key), boundary.storedValue(key, value));
    }

    private void checkSizes(int keyLength, int valueLength) {
        if (keyLength > limits.keyBytes()) {
            throw KeySpaceErrors.KEY_TOO_LARGE.exception();
        }
        if (valueLength > limits.valueBytes()) {
            throw KeySpaceErrors.VALUE_TOO_LARGE.exception();
        }
    }

    @Override
    public void clear(byte[] key) {
        inner().clear(boundary.storedKey(key));
    }

    @Override
    public void clear(byte[] begin, byte[] end) {
        boundary.checkRange(begin, end);
        inner().clear(begin, end);
    }

    @Override
    public void clear(Range range) {
        clear(range.begin, range.end);
    }

    @Override
    @Deprecated
    public void clearRangeStartsWith(byte[] prefix) {
        boundary.checkRange(prefix, prefix);
        inner().clear(Range.startsWith(prefix));
    }

    /**
     * Versionstamped writes work in every space, except for versionstamped keys in BUCKETED ones.
     *
     * @throws KadeException FEATURE_NOT_SUPPORTED for other mutations outside PLAINTEXT spaces
     */
    @Override
    public void mutate(MutationType type, byte[] key, byte[] operand) {
        KeyMode mode = boundary.modeOf(key);
        if (mode == KeyMode.PLAINTEXT) {
            inner().mutate(type, key, operand);
        } else if (type == MutationType.SET_VERSIONSTAMPED_VALUE) {
            int offset = Versionstamps.offset(operand);
            byte[] value = Arrays.copyOf(operand, operand.length - Integer.BYTES);
            checkSizes(key.length, value.length);
            byte[] stored = boundary.storedStampedValue(key, value, offset);
            inner().mutate(
                            type,
                            boundary.storedKey(key),
                            Versionstamps.parameter(stored, EncryptionBoundary.STAMP_OFFSET));
        } else if (type == MutationType.SET_VERSIONSTAMPED_KEY && mode == KeyMode.PLAIN) {
            checkSizes(key.length - Integer.BYTES, operand.length);
            inner().mutate(type, key, boundary.storedValue(key, operand));
        } else {
            throw KadeException.of(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "%s cannot change encrypted data; it needs a plaintext space".formatted(type));
        }
    }

    @Override
    public CompletableFuture<Void> commit() {
        return inner().commit();
    }

    @Override
    public Long getCommittedVersion() {
        return inner().getCommittedVersion();
    }

    @Override
    public CompletableFuture<byte[]> getVersionstamp() {
        return inner().getVersionstamp();
    }

    @Override
    public CompletableFuture<Long> getApproximateSize() {
        return inner().getApproximateSize();
    }

    @Override
    public CompletableFuture<Transaction> onError(Throwable error) {
        return inner().onError(error).thenApply(next -> {
            inner.set(next);
            return this;
        });
    }

    @Override
    public void cancel() {
        inner().cancel();
    }

    /** Completes when the key is written, which under encryption changes the stored value even if the plain one stays. */
    @Override
    public CompletableFuture<Void> watch(byte[] key) {
        return inner().watch(boundary.storedKey(key));
    }

    @Override
    public Database getDatabase() {
        return database;
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
    public void close() {
        inner().close();
    }
}
