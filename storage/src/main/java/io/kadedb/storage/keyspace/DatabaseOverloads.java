package io.kadedb.storage.keyspace;

import com.apple.foundationdb.Database;
import com.apple.foundationdb.EventKeeper;
import com.apple.foundationdb.KeyRangeArrayResult;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.Tenant;
import com.apple.foundationdb.Transaction;
import com.apple.foundationdb.tuple.Tuple;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.storage.api.KeySpaceErrors;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * What every key space answers alike: the retry loops, and tenants and blob granules, which it does not offer.
 *
 * <p>Everything runs on the calling thread; the executor that a caller gives is used for the steps between the tries of
 * {@link #runAsync} only. {@link #run} throws what the function or the commit threw, without the wrapper of a future.
 */
public interface DatabaseOverloads extends Database {
    private static KadeException unsupported(String what) {
        return KadeException.of(ErrorCode.FEATURE_NOT_SUPPORTED, what + " are not supported by this key space");
    }

    @Override
    default Tenant openTenant(Tuple tenantName) {
        throw unsupported("tenants");
    }

    @Override
    default Tenant openTenant(byte[] tenantName, Executor executor) {
        throw unsupported("tenants");
    }

    @Override
    default Tenant openTenant(Tuple tenantName, Executor executor) {
        throw unsupported("tenants");
    }

    @Override
    default Tenant openTenant(byte[] tenantName, Executor executor, EventKeeper eventKeeper) {
        throw unsupported("tenants");
    }

    @Override
    default Tenant openTenant(Tuple tenantName, Executor executor, EventKeeper eventKeeper) {
        throw unsupported("tenants");
    }

    @Override
    default CompletableFuture<byte[]> purgeBlobGranules(
            byte[] beginKey, byte[] endKey, long purgeVersion, boolean force, Executor executor) {
        throw unsupported("blob granules");
    }

    @Override
    default CompletableFuture<Void> waitPurgeGranulesComplete(byte[] purgeKey, Executor executor) {
        throw unsupported("blob granules");
    }

    @Override
    default CompletableFuture<Boolean> blobbifyRange(byte[] beginKey, byte[] endKey, Executor executor) {
        throw unsupported("blob granules");
    }

    @Override
    default CompletableFuture<Boolean> blobbifyRangeBlocking(byte[] beginKey, byte[] endKey, Executor executor) {
        throw unsupported("blob granules");
    }

    @Override
    default CompletableFuture<Boolean> unblobbifyRange(byte[] beginKey, byte[] endKey, Executor executor) {
        throw unsupported("blob granules");
    }

    @Override
    default CompletableFuture<KeyRangeArrayResult> listBlobbifiedRanges(
            byte[] beginKey, byte[] endKey, int rangeLimit, Executor executor) {
        throw unsupported("blob granules");
    }

    @Override
    default CompletableFuture<Long> verifyBlobRange(byte[] beginKey, byte[] endKey, long version, Executor executor) {
        throw unsupported("blob granules");
    }

    @Override
    default CompletableFuture<Boolean> flushBlobRange(
            byte[] beginKey, byte[] endKey, boolean compact, long version, Executor executor) {
        throw unsupported("blob granules");
    }

    @Override
    default double getMainThreadBusyness() {
        return 0;
    }

    @Override
    default CompletableFuture<byte[]> getClientStatus(Executor executor) {
        return CompletableFuture.completedFuture("{\"Healthy\":true}".getBytes(StandardCharsets.UTF_8));
    }

    @Override
    default <T> T run(Function<? super Transaction, T> retryable, Executor executor) {
        Transaction transaction = createTransaction(executor);
        try {
            while (true) {
                try {
                    T result = retryable.apply(transaction);
                    transaction.commit().join();
                    return result;
                } catch (RuntimeException e) {
                    transaction = retry(transaction, e);
                }
            }
        } finally {
            transaction.close();
        }
    }

    private static Transaction retry(Transaction transaction, RuntimeException error) {
        try {
            return transaction.onError(error).join();
        } catch (CompletionException e) {
            if (KeySpaceErrors.unwrap(e) instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    @Override
    default <T> T read(Function<? super ReadTransaction, T> retryable, Executor executor) {
        return run(retryable, executor);
    }

    @Override
    default <T> CompletableFuture<T> runAsync(
            Function<? super Transaction, ? extends CompletableFuture<T>> retryable, Executor executor) {
        Transaction transaction = createTransaction(executor);
        return attempt(retryable, transaction, executor).whenComplete((result, error) -> transaction.close());
    }

    private static <T> CompletableFuture<T> attempt(
            Function<? super Transaction, ? extends CompletableFuture<T>> retryable,
            Transaction transaction,
            Executor executor) {
        return applySafely(retryable, transaction)
                .thenCompose(result -> transaction.commit().thenApply(done -> result))
                .exceptionallyComposeAsync(
                        error -> transaction.onError(error).thenCompose(next -> attempt(retryable, next, executor)),
                        executor);
    }

    static <I, T> CompletableFuture<T> applySafely(
            Function<? super I, ? extends CompletableFuture<T>> function, I value) {
        try {
            return function.apply(value);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    default <T> CompletableFuture<T> readAsync(
            Function<? super ReadTransaction, ? extends CompletableFuture<T>> retryable, Executor executor) {
        return runAsync(retryable, executor);
    }

    /** Runs steps on the thread that completes the one before; nothing here waits. */
    @Override
    default Executor getExecutor() {
        return Runnable::run;
    }

    /** Does nothing: the key space owns the engine. */
    @Override
    default void close() {
        // The engine is closed with its key space.
    }
}
