package io.kadedb.storage.transaction;

import com.apple.foundationdb.MutationType;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.Transaction;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.error.KadeException;
import io.kadedb.storage.format.v1.ColumnBuffer;
import io.kadedb.storage.format.v1.Delta;
import io.kadedb.storage.format.v1.KeyLayout;
import io.kadedb.storage.format.v1.Stamp;
import io.kadedb.storage.table.IndexTable;
import io.kadedb.storage.table.StagedBatch;
import io.kadedb.storage.table.TableStorage;
import io.kadedb.storage.table.TableView;
import io.kadedb.storage.table.ValueText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What one transaction read and wrote of one table: finished statements in layers between savepoints, and apart from them
 * the running one.
 */
final class TableChanges {
    /** A larger commit is checked against the limits of a transaction. */
    private static final int MOST_QUICK_BYTES = 256 << 10;

    private final TableStorage storage;
    private TableDefinition table;
    private final @Nullable IndexTable index;
    private final WriteGuard guard;
    private final ReadSet reads = new ReadSet();
    private final ReadSet statementReads = new ReadSet();
    private final List<ChangeLayer> layers = new ArrayList<>();
    private ReadTransaction snapshot;
    private ChangeLayer pending;
    private @Nullable TableView view;
    /** Whether partitions were dropped, by the transaction or by what it undid. */
    private boolean droppedPartitions;
    /** The rows of several layers, kept up with what statements add. */
    private @Nullable NavigableMap<byte[], Delta> together;

    TableChanges(TableStorage storage, TableDefinition table, WriteGuard guard, ReadTransaction snapshot) {
        this(storage, table, null, guard, snapshot);
    }

    /** What happens to an index. */
    TableChanges(TableStorage storage, IndexTable index, WriteGuard guard, ReadTransaction snapshot) {
        this(storage, index.table(), index, guard, snapshot);
    }

    private TableChanges(
            TableStorage storage,
            TableDefinition table,
            @Nullable IndexTable index,
            WriteGuard guard,
            ReadTransaction snapshot) {
        this.storage = storage;
        this.table = table;
        this.index = index;
        this.guard = guard;
        this.snapshot = snapshot;
        this.pending = new ChangeLayer(0, table);
    }

    TableDefinition table() {
        return table;
    }

    /** Goes on under another definition that the transaction gave the table. */
    @SuppressWarnings("ReferenceEquality") // Each statement asks; the same object is the same definition.
    synchronized void redefine(TableDefinition newTable) {
        // Versions come again after a rollback to a savepoint, with other definitions.
        if (newTable != table) {
            table = newTable;
            view = null;
            if (pending.isEmpty()) {
                pending.redefine(newTable);
            }
        }
    }

    /** Whether it is an index, whose rows change their keys. */
    boolean isIndex() {
        return index != null;
    }

    /** Finished statements between savepoints, the oldest first. */
    List<ChangeLayer> layers() {
        return layers;
    }

    /** Whether two rows may not have one key for another reason than their row ids. */
    boolean hasUniqueKey() {
        return index == null ? table.hasPrimaryKey() : index.index().unique();
    }

    /** Whether no other row may have the key of this one. */
    boolean isUnique(List<ColumnBuffer> key, int row) {
        return hasUniqueKey() && (index == null || key.get(index.width()).low(row) == 0);
    }

    /** Whether a key has to be locked: an entry of an index that only its row can have is safe with the row. */
    boolean isLocked(List<ColumnBuffer> key, int row) {
        return index == null || isUnique(key, row);
    }

    /** Rows are added whose keys nobody else can have: what stands against it is a lock of the table as a whole. */
    void addsRows() {
        if (index == null) {
            guard.addRows(this);
        }
    }

    /** The error for a key that exists already. */
    KadeException duplicate(List<ColumnBuffer> key, int row) {
        return index == null
                ? ValueText.duplicate(table.primaryKeyConstraint(), table, key, row)
                : ValueText.duplicate(index.index().name(), table, key.subList(0, index.width()), row);
    }

    TableStorage storage() {
        return storage;
    }

    WriteGuard guard() {
        return guard;
    }

    /** Keys the running statement read. */
    ReadSet reads() {
        return statementReads;
    }

    /** Keys the running statement writes, or relies on whatever the isolation. */
    ReadSet claims() {
        return pending.claims();
    }

    /** Keys that the running statement's staged rows lie between: nobody else may have written there. */
    ReadSet stagedKeys() {
        return pending.stagedKeys();
    }

    /** Reads another version from now on. */
    synchronized void moveTo(ReadTransaction other) {
        snapshot = other;
        view = null;
    }

    /** What the transaction's earlier statements wrote on a key. */
    @Nullable
    Delta written(byte[] key) {
        return layers.isEmpty() ? null : rows().get(key);
    }

    /** The table as the running statement sees it. */
    synchronized TableView view() {
        TableView current = view;
        if (current == null) {
            current = new TableView(storage, table, snapshot, rows(), staged());
            view = current;
        }
        return current;
    }

    private synchronized void forgetView() {
        view = null;
    }

    private NavigableMap<byte[], Delta> rows() {
        if (layers.size() == 1) {
            return layers.getFirst().rows();
        }
        NavigableMap<byte[], Delta> all = together;
        if (all == null) {
            all = new TreeMap<>(Arrays::compareUnsigned);
            for (ChangeLayer layer : layers) {
                all.putAll(layer.rows());
            }
            together = all;
        }
        return all;
    }

    private List<StagedBatch> staged() {
        List<StagedBatch> all = new ArrayList<>(0);
        for (ChangeLayer layer : layers) {
            all.addAll(layer.staged());
        }
        return all;
    }

    /** The table with what the running statement wrote so far. */
    synchronized TableView writtenView() {
        if (pending.isEmpty()) {
            return view();
        }
        List<StagedBatch> all = new ArrayList<>(staged());
        all.addAll(pending.staged());
        return new TableView(storage, table, snapshot, rows(), pending.rows(), all);
    }

    /** The running statement's rows by logical key. */
    NavigableMap<byte[], Delta> pending() {
        return pending.rows();
    }

    void addStaged(StagedBatch batch) {
        pending.staged().add(batch);
    }

    void droppedPartitions() {
        droppedPartitions = true;
    }

    /** Whether a fold has partitions to remove. */
    boolean hasDroppedPartitions() {
        return droppedPartitions;
    }

    boolean hasWrites() {
        boolean any = !pending.isEmpty();
        for (ChangeLayer layer : layers) {
            any |= !layer.isEmpty();
        }
        return any;
    }

    /** Whether it has rows that its commit publishes as segments. */
    boolean hasStaged() {
        boolean any = !pending.staged().isEmpty();
        for (ChangeLayer layer : layers) {
            any |= !layer.staged().isEmpty();
        }
        return any;
    }

    /** Keeps what the last statement read. */
    void keepReads() {
        reads.addAll(statementReads);
        statementReads.clear();
    }

    /** Forgets what the last statement read: it is run again on another version. */
    void dropReads() {
        statementReads.clear();
    }

    /**
     * Keeps what the statement wrote.
     *
     * @param depth how many savepoints are set
     */
    void endStatement(int depth) {
        ChangeLayer ended = pending;
        boolean claimed = !ended.claims().isEmpty() || !ended.stagedKeys().isEmpty();
        if (ended.isEmpty() && !claimed) {
            return;
        }
        ended.count();
        pending = new ChangeLayer(0, table);
        if (together != null) {
            together.putAll(ended.rows());
        }
        if (layers.isEmpty() || layers.getLast().depth() < depth) {
            layers.add(ended.atDepth(depth));
        } else {
            layers.getLast().merge(ended);
        }
        forgetView();
    }

    /**
     * Stages the rows of finished statements.
     *
     * @param sequences gives numbers greater than all before
     */
    void stageRows(IntSupplier sequences) {
        for (ChangeLayer layer : layers) {
            if (!layer.rows().isEmpty()) {
                StagedBatch batch = new DeltaStaging(this).stage(layer, sequences.getAsInt());
                layer.staged().add(batch);
            }
        }
        layers.forEach(ChangeLayer::clearRows);
        together = null;
        forgetView();
    }

    /** Drops what the statement wrote. */
    void rollbackStatement() {
        ChangeLayer dropped = pending;
        pending = new ChangeLayer(0, table);
        dropped.discard();
    }

    /** Drops what was written since a savepoint. */
    void rollbackTo(int depth) {
        rollbackStatement();
        while (!layers.isEmpty() && layers.getLast().depth() >= depth) {
            layers.removeLast().discard();
            together = null;
        }
        forgetView();
    }

    /** Makes what was written since a savepoint part of what was written before it. */
    void release(int depth) {
        ChangeLayer merged = new ChangeLayer(depth - 1, table);
        List<ChangeLayer> later = new ArrayList<>();
        while (!layers.isEmpty() && layers.getLast().depth() >= depth) {
            later.addFirst(layers.removeLast());
        }
        if (later.isEmpty()) {
            return;
        }
        if (!layers.isEmpty() && layers.getLast().depth() == depth - 1) {
            merged = layers.removeLast();
        }
        for (ChangeLayer layer : later) {
            merged.merge(layer);
        }
        layers.add(merged);
        forgetView();
    }

    /** Drops everything. */
    void rollback() {
        rollbackTo(0);
    }

    /** Writes of the transaction that the next fold will have to move. */
    TableActivity.Backlog backlog() {
        long writes = 0;
        for (ChangeLayer layer : layers) {
            for (Delta delta : layer.rows().values()) {
                writes += 1 + delta.hides().length / 4;
            }
        }
        return new TableActivity.Backlog(writes, bytes());
    }

    /** Bytes of keys that were read, in this statement and before. */
    long readBytes() {
        return reads.bytes() + statementReads.bytes();
    }

    /** Bytes of the keys and values written before the running statement. */
    long bytes() {
        long bytes = 0;
        for (ChangeLayer layer : layers) {
            bytes += layer.bytes();
        }
        return bytes;
    }

    /** Bytes of what was written before the running statement, and of what was read, as a commit counts them. */
    long commitBytes(boolean withReads) {
        long bytes = withReads ? 2 * readBytes() : 0;
        for (ChangeLayer layer : layers) {
            bytes += layer.commitBytes();
        }
        return bytes;
    }

    /** What must not have been written since a version for the transaction to go on from there. */
    void addReadConflicts(Transaction transaction, boolean withReads) {
        if (withReads) {
            reads.addReadConflicts(transaction);
            statementReads.addReadConflicts(transaction);
        }
        for (ChangeLayer layer : layers) {
            layer.claims().addReadConflicts(transaction);
            layer.stagedKeys().addReadConflicts(transaction);
        }
    }

    /** Whether something of the table matters to other transactions. */
    boolean isConcerned(boolean withReads) {
        return !layers.isEmpty() || (withReads && !(reads.isEmpty() && statementReads.isEmpty()));
    }

    /** The keys the running statement claims, alone. */
    void addStatementClaims(Transaction transaction) {
        pending.claims().addReadConflicts(transaction);
        pending.stagedKeys().addReadConflicts(transaction);
    }

    /**
     * Adds what a commit consists of: the keys that must be unchanged, those that are written, and their values with room for
     * a stamp.
     *
     * @return whether that is all, so that the commit needs no transaction
     */
    boolean addTo(List<byte[]> unchanged, List<byte[]> keys, List<byte[]> values, boolean withReads) {
        if (bytes() > MOST_QUICK_BYTES) {
            return false;
        }
        boolean isAll = true;
        if (isConcerned(withReads)) {
            unchanged.add(fence());
        }
        if (withReads) {
            isAll = reads.addKeysTo(unchanged);
            isAll &= statementReads.addKeysTo(unchanged);
        }
        for (ChangeLayer layer : layers) {
            isAll &= layer.claims().addKeysTo(unchanged);
            isAll &= layer.stagedKeys().isEmpty() && layer.staged().isEmpty();
        }
        for (Map.Entry<byte[], Delta> entry : rows().entrySet()) {
            keys.add(entry.getKey());
            values.add(entry.getValue().encodeWithRoom());
        }
        return isAll;
    }

    void write(Transaction transaction) {
        layers.forEach(layer -> layer.stagedKeys().addWriteConflicts(transaction));
        for (Map.Entry<byte[], Delta> entry : rows().entrySet()) {
            transaction.mutate(
                    MutationType.SET_VERSIONSTAMPED_VALUE,
                    entry.getKey(),
                    Stamp.placeholder(entry.getValue().encode()));
        }
        for (StagedBatch batch : staged()) {
            batch.publish(transaction);
        }
    }

    void committed() {
        for (ChangeLayer layer : layers) {
            layer.staged().forEach(StagedBatch::close);
            layer.staged().clear();
        }
    }

    byte[] fence() {
        return KeyLayout.fence(table.storageId());
    }
}
