package io.kadedb.storage.transaction;

import com.apple.foundationdb.MutationType;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.Transaction;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.storage.format.v1.Delta;
import io.kadedb.storage.format.v1.KeyLayout;
import io.kadedb.storage.format.v1.Stamp;
import io.kadedb.storage.table.StagedBatch;
import io.kadedb.storage.table.TableStorage;
import io.kadedb.storage.table.TableView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What one transaction read and wrote of one table: finished statements, and apart from them the running one. */
final class TableChanges {
    private final TableStorage storage;
    private final TableDefinition table;
    private final ReadTransaction snapshot;
    private final ReadSet reads = new ReadSet();
    private final ReadSet stagedKeys = new ReadSet();
    private TreeMap<byte[], Delta> rows = new TreeMap<>(Arrays::compareUnsigned);
    private final List<StagedBatch> staged = new ArrayList<>();
    private long bytes;
    private @Nullable TableView view;

    private final TreeMap<byte[], Delta> pending = new TreeMap<>(Arrays::compareUnsigned);
    private final List<StagedBatch> pendingStaged = new ArrayList<>();

    TableChanges(TableStorage storage, TableDefinition table, ReadTransaction snapshot) {
        this.storage = storage;
        this.table = table;
        this.snapshot = snapshot;
    }

    TableDefinition table() {
        return table;
    }

    TableStorage storage() {
        return storage;
    }

    ReadSet reads() {
        return reads;
    }

    /** Keys that staged rows lie between: nobody else may have written there. */
    ReadSet stagedKeys() {
        return stagedKeys;
    }

    /** The table as the running statement sees it. */
    synchronized TableView view() {
        TableView current = view;
        if (current == null) {
            current = new TableView(storage, table, snapshot, rows, staged);
            view = current;
        }
        return current;
    }

    /** The running statement's rows by logical key. */
    NavigableMap<byte[], Delta> pending() {
        return pending;
    }

    void addStaged(StagedBatch batch) {
        pendingStaged.add(batch);
    }

    boolean hasWrites() {
        return !rows.isEmpty() || !staged.isEmpty() || !pending.isEmpty() || !pendingStaged.isEmpty();
    }

    boolean hasPending() {
        return !pending.isEmpty() || !pendingStaged.isEmpty();
    }

    /** Keeps what the statement wrote. */
    void endStatement(int nextSequence) {
        if (!hasPending()) {
            return;
        }
        for (Map.Entry<byte[], Delta> entry : pending.entrySet()) {
            bytes += entry.getKey().length + entry.getValue().bytes();
            rows.put(entry.getKey(), entry.getValue());
        }
        pending.clear();
        staged.addAll(pendingStaged);
        pendingStaged.clear();
        synchronized (this) {
            view = null;
        }
        if (bytes > StatementSink.STAGE_BYTES) {
            StagedBatch batch = new DeltaStaging(this).stage(rows, nextSequence);
            staged.add(batch);
            rows = new TreeMap<>(Arrays::compareUnsigned);
            bytes = 0;
            synchronized (this) {
                view = null;
            }
        }
    }

    /** Drops what the statement wrote. */
    void rollbackStatement() {
        pending.clear();
        List<StagedBatch> dropped = List.copyOf(pendingStaged);
        pendingStaged.clear();
        dropped.forEach(StagedBatch::discard);
    }

    /** Drops everything. */
    void rollback() {
        rollbackStatement();
        rows.clear();
        List<StagedBatch> dropped = List.copyOf(staged);
        staged.clear();
        dropped.forEach(StagedBatch::discard);
    }

    /** Writes of the transaction that the next fold will have to move. */
    TableActivity.Backlog backlog() {
        long writes = 0;
        for (Delta delta : rows.values()) {
            writes += 1 + delta.hides().length / 4;
        }
        return new TableActivity.Backlog(writes, bytes);
    }

    void addReadConflicts(Transaction transaction) {
        reads.addReadConflicts(transaction);
        stagedKeys.addReadConflicts(transaction);
    }

    void write(Transaction transaction) {
        stagedKeys.addWriteConflicts(transaction);
        for (Map.Entry<byte[], Delta> entry : rows.entrySet()) {
            transaction.mutate(
                    MutationType.SET_VERSIONSTAMPED_VALUE,
                    entry.getKey(),
                    Stamp.placeholder(entry.getValue().encode()));
        }
        for (StagedBatch batch : staged) {
            batch.publish(transaction);
        }
    }

    void committed() {
        staged.forEach(StagedBatch::close);
        staged.clear();
    }

    byte[] fence() {
        return KeyLayout.fence(table.id());
    }
}
