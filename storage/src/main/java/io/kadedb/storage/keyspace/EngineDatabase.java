package io.kadedb.storage.keyspace;

import com.apple.foundationdb.DatabaseOptions;
import com.apple.foundationdb.EventKeeper;
import com.apple.foundationdb.OptionConsumer;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.Transaction;
import io.kadedb.common.seam.Clock;
import io.kadedb.storage.api.KeySpaceErrors;
import io.kadedb.storage.api.KeySpaceLimits;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fdb-java database over one of our own engines. Everything runs on the calling thread; the executor that a caller
 * gives is used for the steps between the tries of {@link #runAsync} only.
 *
 * <p>{@link #run} throws what the function or the commit threw, without the wrapper of a future.
 */
final class EngineDatabase implements DatabaseOverloads, OptionConsumer {
    private final VersionedStore store;
    private final Sequencer sequencer;
    private final KeySpaceLimits limits;
    private final Clock clock;
    private final DatabaseOptions options = new DatabaseOptions(this);
    private final List<DefaultOption> defaults = new CopyOnWriteArrayList<>();

    private record DefaultOption(int code, byte @Nullable [] parameter) {}

    EngineDatabase(VersionedStore store, Sequencer sequencer, KeySpaceLimits limits, Clock clock) {
        this.store = store;
        this.sequencer = sequencer;
        this.limits = limits;
        this.clock = clock;
    }

    VersionedStore store() {
        return store;
    }

    Sequencer sequencer() {
        return sequencer;
    }

    KeySpaceLimits limits() {
        return limits;
    }

    Clock clock() {
        return clock;
    }

    @Override
    public Transaction createTransaction(Executor executor) {
        sequencer.ensureUsable();
        TransactionSettings settings = new TransactionSettings(limits.transactionBytes());
        for (DefaultOption option : defaults) {
            settings.setOption(option.code, option.parameter);
        }
        return new EngineTransaction(this, executor, settings);
    }

    @Override
    public Transaction createTransaction(Executor executor, @Nullable EventKeeper eventKeeper) {
        return createTransaction(executor);
    }

    @Override
    public DatabaseOptions options() {
        return options;
    }

    /** Options of a database are those that its transactions start with. */
    @Override
    public void setOption(int code, byte @Nullable [] parameter) {
        switch (code) {
            case 26 -> defaults.add(new DefaultOption(600, null));
            case 27 -> defaults.add(new DefaultOption(601, null));
            default -> {
                new TransactionSettings(limits.transactionBytes()).setOption(code, parameter);
                defaults.add(new DefaultOption(code, parameter));
            }
        }
    }

    @Override
    public double getMainThreadBusyness() {
        return 0;
    }

    @Override
    public CompletableFuture<byte[]> getClientStatus(Executor executor) {
        return CompletableFuture.completedFuture("{\"Healthy\":true}".getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public <T> T run(Function<? super Transaction, T> retryable, Executor executor) {
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
    public <T> T read(Function<? super ReadTransaction, T> retryable, Executor executor) {
        return run(retryable, executor);
    }

    @Override
    public <T> CompletableFuture<T> runAsync(
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
    public <T> CompletableFuture<T> readAsync(
            Function<? super ReadTransaction, ? extends CompletableFuture<T>> retryable, Executor executor) {
        return runAsync(retryable, executor);
    }

    /** Runs steps on the thread that completes the one before; nothing here waits. */
    @Override
    public Executor getExecutor() {
        return Runnable::run;
    }

    /** Does nothing: the key space owns the engine. */
    @Override
    public void close() {
        // The engine is closed with its key space.
    }
}
