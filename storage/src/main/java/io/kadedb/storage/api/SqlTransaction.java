package io.kadedb.storage.api;

import io.kadedb.common.catalog.CatalogChange;
import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.data.Batch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One serializable SQL transaction over the key space: a snapshot, the changes made so far (which its own reads see),
 * and the reads to be validated at commit. Changes of the catalog are part of it.
 *
 * <p>One statement runs at a time; within a statement scans, splits and lookups may be used by several threads.
 */
public interface SqlTransaction extends AutoCloseable {
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

    /** What is known of a table's rows, for the planner's estimates; cheap. */
    TableStatistics statistics(TableDefinition table);

    /**
     * The rows of a table that may pass the ranges.
     *
     * @param columns ordinals, or {@link TableDefinition#ROW_ID}
     * @param ranges conjuncts for pruning: rows outside may be given nevertheless, the caller filters
     */
    TableScan scan(TableDefinition table, List<Integer> columns, List<ColumnRange> ranges);

    /**
     * The rows of the given primary keys, in any order; keys that do not exist give none.
     *
     * @param keys the primary key columns in key order
     */
    BatchSource lookup(TableDefinition table, List<Integer> columns, Batch keys);

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

    /** Begins a statement: its writes are undone by {@link #rollbackStatement}, and it does not read them. */
    void beginStatement();

    /** Keeps the statement's writes: later statements read them. */
    void endStatement();

    /** Undoes the statement's writes. */
    void rollbackStatement();

    /**
     * Takes rows to insert: all columns of the table in order.
     *
     * @throws io.kadedb.common.error.KadeException from {@link RowSink#accept} or {@link RowSink#finish}: 23505 naming
     *     the key, 23502
     */
    RowSink insert(TableDefinition table);

    /** Takes rows to change: the row id, the old primary key columns, then all columns. Same errors. */
    RowSink update(TableDefinition table);

    /** Takes rows to remove: the row id, then the primary key columns. */
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
