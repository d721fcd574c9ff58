package io.kadedb.storage.api;

import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.control.CancelToken;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A database's tables over one key space: opens transactions and folds in the background. Thread-safe. */
public interface Store extends AutoCloseable {
    SqlTransaction begin(TransactionOptions options);

    /** Begins a serializable transaction. */
    default SqlTransaction begin() {
        return begin(TransactionOptions.DEFAULT);
    }

    /**
     * Reads of single rows outside transactions, for as long as the catalog is the one of a version. Empty for tables whose
     * rows cannot be found that way.
     *
     * @param table as it is defined in that catalog
     * @param columns ordinals, each once
     */
    Optional<LatestRows> latestRows(long catalogVersion, TableDefinition table, List<Integer> columns);

    /**
     * Writes of single rows that are transactions of their own, for as long as the catalog is the one of a version. Empty for
     * tables whose writes concern more than the row: that have indexes, or foreign keys from or to them.
     *
     * @param table as it is defined in that catalog
     * @param owner whose they are, for messages about locks
     */
    Optional<LatestWrites> latestWrites(long catalogVersion, TableDefinition table, String owner);

    /** The locks of a session, which have to be closed. */
    SessionLocks sessionLocks(String owner);

    /** Who waits for whose locks now. */
    List<LockWait> lockWaits();

    /** The locks that are held or waited for now. */
    List<LockState> locks();

    /** The last deadlocks of this process, oldest first. */
    List<Deadlock> deadlocks();

    /**
     * Builds an index that was made in state delete-only, while others write; its changes are transactions of their own.
     *
     * @param table the id of the index's table
     * @param index its id: it may get another name meanwhile
     * @throws io.kadedb.common.error.KadeException 23505 with the key that two rows have, 57014 when cancelled, 42P01 and
     *     42704 when the table or index went away; then there is no index
     */
    void buildIndex(long table, long index, StatementControl control);

    /**
     * Begins to check what is stored, at the newest version, while others read and write.
     *
     * @param table the id of the only table to check, with its indexes and foreign keys
     * @param token ends the check when it is cancelled
     */
    DatabaseCheck check(OptionalLong table, CancelToken token);

    /**
     * Copies the newest version to a file, while others read and write. The file appears under its name when it is whole.
     *
     * @param program that does so, with its version
     * @throws io.kadedb.common.error.KadeException 53100, 58030, 57014; 72000 when the version could not be kept that long
     */
    BackupSummary backup(Path file, String program, CancelToken token);

    /**
     * Moves the committed rows of all tables into segments, and what the key space has in memory into its files, so that the
     * next process finds nothing to be replayed. Others read and write meanwhile.
     *
     * @param token ends it between two tables when it is cancelled
     */
    void checkpoint(CancelToken token);

    /** The value of a setting of the database: milliseconds or bytes. */
    long setting(StoreSetting setting);

    /**
     * Gives a setting another value, for good and at once.
     *
     * @param value empty for the value it has by default
     * @throws io.kadedb.common.error.KadeException 22023 for a value beyond its bounds
     */
    void set(StoreSetting setting, OptionalLong value);

    /** Stops background work and closes the key space; running transactions fail with 57P01. */
    @Override
    void close();
}
