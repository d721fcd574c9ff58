package io.kadedb.storage.api;

import com.apple.foundationdb.Database;
import com.apple.foundationdb.MutationType;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.Transaction;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The ordered, transactional key space that everything lives in, over one engine. Programs use it through the
 * interfaces of fdb-java ({@link #database()}); this handle adds what those do not have. Safe for any number of threads.
 *
 * <p>Versions are microseconds since 1970, each commit's at least one above the last: {@code max(last + 1, now)}. So a
 * time is a version, and reading at a version is reading as of a time.
 */
public interface KeySpace extends AutoCloseable {
    /** The transactions of this key space; loads no native FoundationDB library. */
    Database database();

    /** A transaction that reads at the given version; it may write if the version is young enough to commit. */
    default Transaction transactionAt(long version) {
        Transaction transaction = database().createTransaction();
        transaction.setReadVersion(version);
        return transaction;
    }

    /** Reads at a version, without conflicts and for as long as the version is kept. */
    default ReadTransaction readsAt(long version) {
        return transactionAt(version).snapshot();
    }

    /** The newest version that is committed and durable: what a new transaction reads at. */
    long currentVersion();

    /** The oldest version that can still be read. */
    long oldestVersion();

    /**
     * The version that shows the data as of a time.
     *
     * @param epochMicros microseconds since 1970-01-01 00:00 UTC
     * @return the time itself, or {@link #currentVersion()} for a time after the last commit
     */
    default long versionAsOf(long epochMicros) {
        return Math.min(epochMicros, currentVersion());
    }

    /**
     * Checks what a transaction of this key space has declared as read against what was committed since its read version,
     * without committing it.
     *
     * @throws com.apple.foundationdb.FDBException 1020 when some of it was written meanwhile, 1007 when the read version is
     *     too old to tell
     */
    void validate(Transaction transaction);

    /** Keeps a version and all newer ones readable until the pin is closed, whatever the retention. */
    Pin pin(long version);

    /**
     * The value of a key at a version as {@link #readsAt} gives it, without a future; null when it has none.
     *
     * @return not to be changed
     * @throws com.apple.foundationdb.FDBException 1007 when the version is no longer kept
     */
    default byte @Nullable [] read(byte[] key, long version) {
        return readsAt(version).get(key).join();
    }

    /**
     * Commits values that begin with the commit's versionstamp, within the limits of keys, values and transactions.
     *
     * @param readVersion a version whose reads the write relies on
     * @param unchanged keys that nobody may have written since; not to be changed afterwards
     * @param keys each once, not to be changed afterwards
     * @param values with ten bytes for the stamp in front; not to be used afterwards
     * @throws com.apple.foundationdb.FDBException 1020 when one of the keys was written, 1007 when the version is too old
     *     to tell; also within a {@link java.util.concurrent.CompletionException}
     */
    default void commitStamped(long readVersion, byte[][] unchanged, byte[][] keys, byte[][] values) {
        try (Transaction transaction = transactionAt(readVersion)) {
            for (byte[] key : unchanged) {
                transaction.addReadConflictKey(key);
            }
            for (int i = 0; i < keys.length; i++) {
                byte[] value = values[i];
                transaction.mutate(
                        MutationType.SET_VERSIONSTAMPED_VALUE,
                        keys[i],
                        Arrays.copyOf(value, value.length + Integer.BYTES));
            }
            transaction.commit().join();
        }
    }

    /** The key space with keys and values as they are stored, beneath what encrypts them; itself where nothing does. */
    default KeySpace stored() {
        return this;
    }

    /** Reads into native memory. */
    SegmentReads segments();

    /** Starts a bulk load under a prefix nobody uses. */
    StagedWrites stage(byte[] prefix);

    /**
     * Removes all keys with a prefix, in all versions, at once and outside any transaction: for staged data that was
     * never published and for dropped objects that no readable version refers to.
     */
    void discard(byte[] prefix);

    /** Keeps more or less of the past from now on, where the engine lets one say so; see {@link KeySpaceSettings}. */
    default void keep(Duration retention, long historyBytes, Duration transactionWindow) {}

    /** Removes versions that the retention no longer covers; commits do some of this as they go. */
    void collectGarbage();

    /**
     * Checks what the engine keeps beneath the keys: that its files can be read, and that what it keeps of old versions
     * agrees. Others go on reading and writing.
     *
     * @param checkpoint run now and then; what it throws ends the check
     * @param problems takes a sentence for each damage
     */
    default void check(Runnable checkpoint, Consumer<String> problems) {}

    /** Writes what is in the log alone to the files, where there are any. What is committed is durable without it. */
    default void persist() {}

    /** The limits that transactions are held to. */
    KeySpaceLimits limits();

    /** Closes the engine; everything committed is durable already. */
    @Override
    void close();

    /** Holds back garbage collection. */
    interface Pin extends AutoCloseable {
        long version();

        @Override
        void close();
    }
}
