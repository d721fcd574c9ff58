package io.kadedb.storage.transaction;

import com.apple.foundationdb.FDBException;
import com.apple.foundationdb.Transaction;
import io.kadedb.common.catalog.CatalogChange;
import io.kadedb.common.catalog.IndexDefinition;
import io.kadedb.common.catalog.IndexDefinition.State;
import io.kadedb.common.catalog.SchemaDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.data.Batch;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.storage.api.BatchSource;
import io.kadedb.storage.api.IsolationLevel;
import io.kadedb.storage.api.LockPolicy;
import io.kadedb.storage.api.RowLockMode;
import io.kadedb.storage.api.StatementControl;
import io.kadedb.storage.api.TableScan;
import io.kadedb.storage.api.TransactionOptions;
import io.kadedb.storage.format.v1.ColumnBuffer;
import io.kadedb.storage.format.v1.KeyEncoding;
import io.kadedb.storage.format.v1.KeyLayout;
import io.kadedb.storage.table.IndexTable;
import io.kadedb.storage.table.KeyLookup;
import io.kadedb.storage.table.KeyRange;
import io.kadedb.storage.table.NativeBatch;
import io.kadedb.storage.table.Segment;
import io.kadedb.storage.table.StorageErrors;
import io.kadedb.storage.transaction.StatementSink.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

/**
 * Builds an index while others write: takes it from delete-only through write-only to public, each state in a transaction
 * of its own that the table's fence tells writers of. Once all writers keep the index, the rows of a snapshot get the
 * entries that are missing, some rows at a time: those that nobody has changed since at once, others locked for that short
 * time and as they are then.
 *
 * <p>What fails takes the index away again.
 *
 * @see <a href="https://research.google/pubs/pub41376/">Online, Asynchronous Schema Change in F1</a>
 */
final class OnlineIndexBuild {
    /** Of rows that get their entries in one transaction. */
    private static final int MOST_BYTES = 16 << 20;

    private final TableStore store;
    private final long tableId;
    private final long index;
    private final StatementControl control;
    /** As it was called when it was last seen. */
    private String name;

    /**
     * @param tableId of the table that has the index, in state delete-only
     * @param index its id, since it may get another name meanwhile
     */
    OnlineIndexBuild(TableStore store, long tableId, long index, StatementControl control) {
        this.store = store;
        this.tableId = tableId;
        this.index = index;
        this.name = "with id " + index;
        this.control = control;
    }

    void run() {
        boolean done = false;
        try {
            fill(become(State.WRITE_ONLY));
            become(State.PUBLIC);
            done = true;
        } catch (KadeException e) {
            throw e.code() == ErrorCode.UNIQUE_VIOLATION ? IndexBuild.notUnique(name, e) : e;
        } finally {
            if (!done) {
                remove();
            }
        }
    }

    private TransactionOptions options() {
        return new TransactionOptions(IsolationLevel.READ_COMMITTED, "the build of index " + name);
    }

    /** The table as a transaction sees it, with the index. */
    private TableDefinition table(TableTransaction transaction) {
        TableDefinition table = transaction
                .catalog()
                .table(tableId)
                .orElseThrow(() -> KadeException.of(
                        ErrorCode.UNDEFINED_TABLE,
                        "the table of index \"" + name + "\" was dropped while it was built"));
        name = definition(table).name();
        return table;
    }

    private IndexDefinition definition(TableDefinition table) {
        return table.indexes().stream()
                .filter(each -> each.id() == index)
                .findFirst()
                .orElseThrow(() -> KadeException.of(
                        ErrorCode.UNDEFINED_OBJECT, "index \"" + name + "\" was dropped while it was built"));
    }

    /** Gives a version at which the index had no entries yet, if the state it had shows so. */
    private OptionalLong become(State state) {
        AtomicReference<OptionalLong> empty = new AtomicReference<>(OptionalLong.empty());
        again(transaction -> {
            TableDefinition table = table(transaction);
            List<IndexDefinition> indexes = table.indexes().stream()
                    .map(each -> each.id() == index ? each.withState(state) : each)
                    .toList();
            boolean isEmpty = definition(table).state() == State.DELETE_ONLY;
            empty.set(isEmpty ? OptionalLong.of(transaction.readVersion()) : OptionalLong.empty());
            transaction.apply(new CatalogChange.ReplaceTable(table.withIndexes(indexes)));
        });
        return empty.get();
    }

    /** @param since a version at which the index had no entries yet */
    private void fill(OptionalLong since) {
        try (TableTransaction snapshot = store.begin(options())) {
            TableDefinition table = table(snapshot);
            IndexTable entries = IndexTable.of(table, definition(table));
            SentRows rows = new SentRows(table, Kind.INSERT);
            List<Integer> columns = IndexBuild.columns(entries);
            for (TableScan.Split split :
                    snapshot.scan(table, columns, List.of()).splits()) {
                try (BatchSource source = split.open()) {
                    for (Batch batch = source.next(); batch != null; batch = source.next()) {
                        if (rows.rows() + batch.length() > Segment.MAX_ROWS || rows.bytes() > MOST_BYTES) {
                            fill(rows, since);
                            rows.clear();
                        }
                        IndexBuild.add(entries, batch, rows);
                    }
                }
            }
            fill(rows, since);
        }
    }

    private void fill(SentRows rows, OptionalLong since) {
        control.cancel().checkpoint();
        if (rows.rows() == 0 || (since.isPresent() && addedUnchanged(rows, since.getAsLong()))) {
            return;
        }
        List<ColumnBuffer> key = rows.newKey();
        try (NativeBatch keys = new NativeBatch(
                store.storage().memory(), key.stream().map(ColumnBuffer::type).toList())) {
            for (int from = 0; from < rows.rows(); from += Batch.MAX_ROWS) {
                int count = Math.min(Batch.MAX_ROWS, rows.rows() - from);
                keys.clear();
                for (int i = 0; i < key.size(); i++) {
                    for (int row = from; row < from + count; row++) {
                        keys.columns().get(i).add(key.get(i), row);
                    }
                }
                Batch some = keys.toBatch(count);
                again(transaction -> addMissing(transaction, some));
            }
        }
    }

    /** Adds the entries of rows if none was written since a version: then no writer has added the entry of one of them. */
    private boolean addedUnchanged(SentRows rows, long since) {
        try (TableTransaction transaction = store.begin(options())) {
            transaction.beginStatement(control);
            TableDefinition table = table(transaction);
            ReadSet keys = keys(table, rows);
            if (!isUnchanged(keys, since)) {
                return false;
            }
            transaction.changes(table).claims().addAll(keys);
            IndexDefinition definition = definition(table);
            IndexSink sink = new IndexSink(
                    transaction.indexChanges(table, definition),
                    IndexTable.of(table, definition),
                    Kind.INSERT,
                    transaction.sequence());
            sink.add(rows);
            sink.finish();
            transaction.commit();
            return true;
        } catch (KadeException e) {
            if (isLost(e)) {
                return false;
            }
            throw e;
        }
    }

    private ReadSet keys(TableDefinition table, SentRows rows) {
        KeyEncoding encoding = new KeyEncoding(table, store.storage().hash());
        ReadSet keys = new ReadSet();
        for (int from = 0; from < rows.rows(); from += Batch.MAX_ROWS) {
            byte[] first = encoding.logical(rows.newKey(), from);
            byte[] last = first;
            for (int row = from + 1; row < Math.min(rows.rows(), from + Batch.MAX_ROWS); row++) {
                byte[] key = encoding.logical(rows.newKey(), row);
                first = Arrays.compareUnsigned(key, first) < 0 ? key : first;
                last = Arrays.compareUnsigned(key, last) > 0 ? key : last;
            }
            keys.add(new KeyRange(first, KeyLayout.concat(last, new byte[1])));
        }
        return keys;
    }

    private boolean isUnchanged(ReadSet keys, long since) {
        try (Transaction check = store.storage().keySpace().transactionAt(since)) {
            keys.addReadConflicts(check);
            store.storage().keySpace().validate(check);
            return true;
        } catch (FDBException e) {
            KadeException error = StorageErrors.translate(e);
            if (isLost(error)) {
                return false;
            }
            throw error;
        }
    }

    private static boolean isLost(KadeException error) {
        return error.code() == ErrorCode.SERIALIZATION_FAILURE || error.code() == ErrorCode.DEADLOCK_DETECTED;
    }

    /** Locks the rows of some keys, and adds the entries that they lack as they are now. */
    private void addMissing(TableTransaction transaction, Batch keys) {
        TableDefinition table = table(transaction);
        IndexDefinition definition = definition(table);
        transaction.lock(table, keys, RowLockMode.SHARE, LockPolicy.WAIT);
        TableChanges rows = transaction.changes(table);
        IndexTable entries = IndexTable.of(table, definition);
        IndexSink sink =
                IndexSink.ofMissing(transaction.indexChanges(table, definition), entries, transaction.sequence());
        SentRows found = new SentRows(table, Kind.INSERT);
        try (BatchSource source = new KeyLookup(rows.view(), IndexBuild.columns(entries), keys, rows.claims()::add)) {
            for (Batch batch = source.next(); batch != null; batch = source.next()) {
                IndexBuild.add(entries, batch, found);
            }
        }
        sink.add(found);
        sink.finish();
    }

    /** Does work in a transaction until that commits. */
    private void again(Consumer<TableTransaction> work) {
        while (true) {
            control.cancel().checkpoint();
            try (TableTransaction transaction = store.begin(options())) {
                RepeatedStatement.run(transaction, control, () -> {
                    work.accept(transaction);
                    return true;
                });
                transaction.commit();
                return;
            } catch (KadeException e) {
                if (!isLost(e)) {
                    throw e;
                }
            }
        }
    }

    /** Takes the unfinished index away, if that is still possible: else the next process does, see {@link #removeAll}. */
    private void remove() {
        removeUnfinished(store, (owner, each) -> owner.id() == tableId && each.id() == index);
    }

    /** Takes away what an earlier process did not finish. */
    static void removeAll(TableStore store) {
        removeUnfinished(store, (owner, each) -> true);
    }

    private static void removeUnfinished(TableStore store, BiPredicate<TableDefinition, IndexDefinition> meant) {
        while (store.isOpen()) {
            try (TableTransaction transaction = store.begin()) {
                boolean any = false;
                for (SchemaDefinition schema :
                        List.copyOf(transaction.catalog().schemas().values())) {
                    for (TableDefinition owner : List.copyOf(schema.tables().values())) {
                        for (IndexDefinition each : owner.indexes()) {
                            if (!each.isPublic() && meant.test(owner, each)) {
                                transaction.apply(
                                        new CatalogChange.DropIndex(owner.schema(), owner.name(), each.name()));
                                any = true;
                            }
                        }
                    }
                }
                if (any) {
                    transaction.commit();
                }
                return;
            } catch (KadeException e) {
                if (e.code() != ErrorCode.SERIALIZATION_FAILURE) {
                    throw e;
                }
            }
        }
    }
}
