package io.kadedb.storage.table;

import com.apple.foundationdb.MutationType;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.Transaction;
import com.google.protobuf.ByteString;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.storage.api.KeySpace;
import io.kadedb.storage.format.v1.KeyLayout;
import io.kadedb.storage.format.v1.Stamp;
import io.kadedb.storage.format.v1.proto.ManifestProto.FoldRecord;
import io.kadedb.storage.format.v1.proto.ManifestProto.SegmentRecord;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * Moves settled deltas into segments. A fold reads a table at a version F, writes segments nobody refers to, and then
 * publishes them in one small transaction that also says that deltas up to F are settled. It reads nothing that users
 * write and writes nothing that users read for validation, so neither makes the other fail; only folds of one table
 * exclude each other, by the fold record. Thread-safe.
 */
public final class Folder implements AutoCloseable {
    private final TableStorage storage;
    private final BiFunction<ReadTransaction, TableDefinition, TableDefinition> definitions;
    private final ConcurrentHashMap<Long, ReentrantLock> locks = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /**
     * @param definitions gives a table as a snapshot defines it, by its rows' place; the definition given where the catalog
     *     has none
     */
    public Folder(TableStorage storage, BiFunction<ReadTransaction, TableDefinition, TableDefinition> definitions) {
        this.storage = storage;
        this.definitions = definitions;
    }

    /** Folds what is committed to a table now. */
    public void fold(TableDefinition table) {
        whileAlone(table, () -> foldAlone(table));
    }

    /** Does something while no fold of the table runs; after the close nothing is done any more. */
    public void whileAlone(TableDefinition table, Runnable work) {
        ReentrantLock lock = locks.computeIfAbsent(table.storageId(), id -> new ReentrantLock());
        lock.lock();
        try {
            if (!closed) {
                work.run();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * A fold writes the columns that the table has at its version. Those added later are not in the rows that it folds, and
     * readers leave out those dropped later, so that what it publishes is right under any definition that came meanwhile.
     */
    private void foldAlone(TableDefinition known) {
        try (KeySpace.Pin pin = storage.keySpace().pin(storage.keySpace().currentVersion());
                Transaction reading = storage.keySpace().transactionAt(pin.version())) {
            TableDefinition table = definitions.apply(reading.snapshot(), known);
            TableView view = new TableView(
                    storage, table, reading.snapshot(), new TreeMap<>(Arrays::compareUnsigned), List.of());
            List<KeyedDelta> deltas =
                    view.deltas(new KeyRange(view.keys().begin(), view.keys().end()));
            if (deltas.isEmpty() && view.hides().isEmpty()) {
                return;
            }
            FoldPlan plan = FoldPlan.of(view, deltas);
            StagedBatch batch = new StagedBatch(storage, table);
            boolean published = false;
            try {
                new FoldWriter(view, batch, pin.version()).write(plan);
                batch.makeDurable();
                storage.commit(transaction -> {
                    publish(transaction, table, view, plan, batch, pin.version());
                    return true;
                });
                published = true;
            } finally {
                if (published) {
                    batch.close();
                } else {
                    batch.discard();
                }
            }
            new DeltaClearing(storage).clear(table, pin.version());
        }
    }

    private static void publish(
            Transaction transaction,
            TableDefinition table,
            TableView view,
            FoldPlan plan,
            StagedBatch batch,
            long version) {
        byte[] foldKey = KeyLayout.fold(table.storageId());
        byte @Nullable [] fence =
                transaction.snapshot().get(KeyLayout.fence(table.storageId())).join();
        if (fence == null) {
            // Dropped meanwhile: what the fold wrote goes with the table's data.
            transaction.clear(KeyLayout.staging(batch.id()));
            return;
        }
        transaction.addReadConflictKey(KeyLayout.fence(table.storageId()));
        transaction.get(foldKey).join();
        transaction.set(
                foldKey,
                FoldRecord.newBuilder()
                        .setMajor(KeyLayout.FORMAT_MAJOR)
                        .setVersion(version)
                        .build()
                        .toByteArray());
        for (Segment segment : plan.replaced()) {
            transaction.clear(KeyLayout.segment(table.storageId(), segment.batch(), segment.number()));
            retire(transaction, segment.dataPrefix());
        }
        plan.thinned().forEach((segment, deleted) -> thin(transaction, table, segment, deleted));
        for (HideSet hide : view.hides()) {
            long hideBatch = hide.record().getBatch();
            int number = hide.record().getNumber();
            transaction.clear(KeyLayout.hide(table.storageId(), hideBatch, number));
            retire(transaction, KeyLayout.segmentData(table.storageId(), hideBatch, number));
        }
        batch.publishAt(transaction, version);
    }

    private static void retire(Transaction transaction, byte[] data) {
        transaction.mutate(
                MutationType.SET_VERSIONSTAMPED_VALUE, KeyLayout.garbage(data), Stamp.placeholder(new byte[0]));
    }

    /** Records which rows of a segment are gone; its stamp stays. */
    private static void thin(Transaction transaction, TableDefinition table, Segment segment, RoaringBitmap deleted) {
        deleted.runOptimize();
        ByteBuffer bytes = ByteBuffer.allocate(deleted.serializedSizeInBytes());
        deleted.serialize(bytes);
        SegmentRecord record = segment.record().toBuilder()
                .setDeleted(ByteString.copyFrom(bytes.array()))
                .setDeletedRows(deleted.getCardinality())
                .build();
        transaction.set(
                KeyLayout.segment(table.storageId(), segment.batch(), segment.number()),
                Stamp.stamped(segment.stamp().version(), record.toByteArray()));
    }

    /** Waits for folds that run and lets no more begin. */
    @Override
    public void close() {
        closed = true;
        List<ReentrantLock> all = new ArrayList<>(locks.values());
        for (ReentrantLock lock : all) {
            lock.lock();
            try {
                closed = true;
            } finally {
                lock.unlock();
            }
        }
    }
}
