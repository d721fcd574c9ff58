package io.kadedb.storage.api;

import io.kadedb.common.catalog.CatalogChange;
import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.common.catalog.IndexDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.data.Batch;
import io.kadedb.common.inverted.TermQuery;
import io.kadedb.common.json.PathColumn;
import io.kadedb.common.lock.TableLockMode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One SQL transaction over the key space: a snapshot, the changes made so far (which its own reads see), the row locks it
 * holds, and the reads to be validated at commit. Changes of the catalog are part of it. The snapshot is taken when it is
 * first needed, and with {@link IsolationLevel#READ_COMMITTED} again for every statement.
 *
 * <p>What a statement writes is locked first. A row that another has locked, or changed since the snapshot, is 40001; after
 * {@link #rollbackStatement}, {@link #awaitLocks} and {@link #refresh}, of which one at least must have an effect, the
 * statement is run again, with the locks it has got.
 *
 * <p>One statement runs at a time; within a statement scans, splits and lookups may be used by several threads.
 */
public interface SqlTransaction extends AutoCloseable {
    IsolationLevel isolation();

    /**
     * Changes the isolation before the first statement.
     *
     * @throws io.kadedb.common.error.KadeException 25001 after it
     */
    void setIsolation(IsolationLevel isolation);

    /**
     * Reads the data, and the catalog, of a time from now on, whatever the isolation; nothing can be written.
     *
     * @param epochMicros microseconds since 1970-01-01 00:00 UTC, not in the future; or a version
     * @throws io.kadedb.common.error.KadeException 25001 after the first statement, 72000 when the data of then is no longer
     *     kept, or was not there yet
     */
    void readAsOf(long epochMicros);

    /** Whether it reads the data of a time that it was told. */
    boolean isHistorical();

    /** What it holds now; may be asked by any thread. */
    TransactionUsage usage();

    /** The version of the snapshot it reads: microseconds, see the ADR on versions. */
    long readVersion();

    /** The catalog at the snapshot, with this transaction's own changes. */
    CatalogSnapshot catalog();

    /**
     * Changes the catalog, as of commit for others and at once for this transaction.
     *
     * @throws io.kadedb.common.error.KadeException 42P07, 42P06, 42710 for what exists, 42P01, 3F000, 42704 for what
     *     does not, 2BP01 for a schema that is not empty
     */
    void apply(CatalogChange change);

    /** The values of sequences, of which this transaction undoes none. */
    SequenceValues sequences();

    /**
     * Keeps a table's rows as the running statement sees them, whatever the isolation: locks them all, and makes the commit
     * fail if another transaction has added rows that it need not lock.
     *
     * @throws io.kadedb.common.error.KadeException 40001 for rows that others have locked, or changed since the snapshot
     */
    void relyOn(TableDefinition table);

    /** What is known of a table's rows, for the planner's estimates; cheap. */
    TableStatistics statistics(TableDefinition table);

    /**
     * The rows of a table that may pass the ranges.
     *
     * @param columns ordinals, or {@link TableDefinition#ROW_ID}
     * @param paths of documents: each adds two columns behind the others
     * @param ranges conjuncts for pruning: rows outside may be given nevertheless, the caller filters
     */
    TableScan scan(TableDefinition table, List<Integer> columns, List<PathColumn> paths, List<ColumnRange> ranges);

    /** The same without paths. */
    default TableScan scan(TableDefinition table, List<Integer> columns, List<ColumnRange> ranges) {
        return scan(table, columns, List.of(), ranges);
    }

    /**
     * The rows of the given primary keys, in any order; keys that do not exist give none.
     *
     * @param keys the primary key columns in key order
     */
    BatchSource lookup(TableDefinition table, List<Integer> columns, Batch keys);

    /**
     * The rows that an index has under the given keys, in any order. Keys are compared by equality: NULL finds nothing, but
     * in an index whose NULLs are not distinct.
     *
     * @param keys values of the index's leading columns, all of them in a table of mode BUCKETED
     */
    BatchSource lookup(TableDefinition table, IndexDefinition index, List<Integer> columns, Batch keys);

    /**
     * The rows that may meet a condition by an inverted index, others among them: all rows if the index finds too many.
     *
     * @param index public, of a table of mode PLAIN
     */
    TableScan search(TableDefinition table, IndexDefinition index, List<Integer> columns, TermQuery query);

    /**
     * The rows that have their keys in a span, in the order of the keys, read as far as they are asked for: only what was read is
     * validated at commit.
     *
     * @param table with a primary key, of mode PLAIN
     * @param index whose keys are meant; those of the primary key if absent
     */
    BatchSource readSpan(TableDefinition table, Optional<IndexDefinition> index, List<Integer> columns, KeySpan span);

    /** The partitions of partitioned tables. */
    TablePartitions partitions();

    /** What of continuous aggregates is to be computed anew. */
    ChangedBuckets buckets();

    /** What {@link #read} needs to read rows of a table. */
    RowReader reader(TableDefinition table, List<Integer> columns);

    /**
     * The row of a primary key, as {@link #lookup} of that one key gives it, or null.
     *
     * @param key one row of the primary key columns in key order
     * @return one row, valid until the reader is used again
     */
    @Nullable
    Batch read(RowReader reader, Batch key);

    /**
     * Begins a statement, before it is planned: its writes are undone by {@link #rollbackStatement}, and it does not read
     * them.
     *
     * @param control what ends its waiting for locks
     */
    void beginStatement(StatementControl control);

    /** Begins a statement that waits for locks as long as it takes. */
    default void beginStatement() {
        beginStatement(StatementControl.unlimited());
    }

    /** Keeps the statement's writes: later statements read them. */
    void endStatement();

    /** Undoes the statement's writes. Its locks stay. */
    void rollbackStatement();

    /**
     * After a statement that failed with 40001 and was rolled back: waits for the lock it stopped at, if that is why.
     *
     * @return whether it waited, so that the statement may be run again
     * @throws io.kadedb.common.error.KadeException 55P03 when that took too long, 40P01 in a deadlock, 57014
     */
    boolean awaitLocks();

    /**
     * After a statement that failed with 40001 and was rolled back: reads the newest version from now on, if that changes
     * nothing that the transaction has shown before.
     *
     * @return whether the statement may be run again
     */
    boolean refresh();

    /**
     * Locks rows that the running statement has read.
     *
     * @param keys of the rows: the columns of the primary key in order, or the row id for a table without one
     * @return which of the rows are locked, in order; all of them unless they may be skipped
     * @throws io.kadedb.common.error.KadeException 55P03 for a lock that is not to be had at once if it has to be, 40001
     *     for rows that others have locked, or changed since the snapshot
     */
    int[] lock(TableDefinition table, Batch keys, RowLockMode mode, LockPolicy policy);

    /**
     * Locks a table as a whole. With a mode that keeps others from writing, what the transaction goes on to read is the newest.
     *
     * @param wait whether to wait for it, which ends the running statement with 40001 as for row locks
     * @throws io.kadedb.common.error.KadeException 55P03 for a lock that is not to be had at once if it has to be, 40001 when
     *     others have written the table since the snapshot
     */
    void lock(TableDefinition table, TableLockMode mode, boolean wait);

    /**
     * Takes an advisory lock for the transaction or its session.
     *
     * @param wait whether to wait for it, which ends the running statement with 40001 as for row locks
     * @return whether it is held now
     * @throws io.kadedb.common.error.KadeException 0A000 for a lock of the session without a session
     */
    boolean lock(AdvisoryLock lock, boolean wait);

    /** A point to which a transaction can be rolled back. */
    interface Savepoint {}

    /** Marks the point between two statements. */
    Savepoint savepoint();

    /** Undoes what was done since a savepoint, which stays; gives back the locks got since, and drops later ones. */
    void rollbackTo(Savepoint savepoint);

    /** Forgets a savepoint and those after it; what was done stays. */
    void release(Savepoint savepoint);

    /**
     * Takes rows to insert: all columns of the table in order.
     *
     * @throws io.kadedb.common.error.KadeException from {@link RowSink#accept} or {@link RowSink#finish}: 23505 naming
     *     the key, 23502
     */
    RowSink insert(TableDefinition table);

    /** Takes rows to change: the row id, the old values of {@link TableDefinition#identity()}, then all columns. */
    RowSink update(TableDefinition table);

    /** Takes rows to remove: the row id, then {@link TableDefinition#identity()}. */
    RowSink delete(TableDefinition table);

    /** Whether anything was written, so that commit has to do something. */
    boolean hasWrites();

    /**
     * Makes everything durable and visible at once, or nothing.
     *
     * @throws io.kadedb.common.error.KadeException 40001 when what it read was changed meanwhile, 40003 when the
     *     outcome is unknown
     */
    void commit();

    void rollback();

    /** Rolls back what was not committed. */
    @Override
    void close();
}
