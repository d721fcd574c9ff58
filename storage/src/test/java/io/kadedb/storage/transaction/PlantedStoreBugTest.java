package io.kadedb.storage.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.kadedb.common.type.SqlType;
import io.kadedb.storage.api.KeySpaceSettings;
import io.kadedb.storage.api.SqlTransaction;
import io.kadedb.storage.faults.PowerLoss;
import io.kadedb.storage.keyspace.ManualClock;
import io.kadedb.storage.memory.MemoryKeySpace;
import io.kadedb.storage.planted.StoreBug;
import io.kadedb.storage.table.Folder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The tests of the store find the bugs that are planted in it. See {@code docs/planted-bugs.md}. */
class PlantedStoreBugTest {
    private static final long SEED = 11;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void isFound(StoreBug bug) throws Exception {
        assertThat(passes(bug, false)).as("without %s", bug).isTrue();
        assertThat(passes(bug, true)).as("with %s", bug).isFalse();
    }

    private boolean passes(StoreBug bug, boolean planted) throws Exception {
        if (bug == StoreBug.SYNC_SKIPPED) {
            return survivesLossOfPower(planted ? bug : null);
        }
        StoreBug.@Nullable Planted plant = planted ? bug.plant() : null;
        try {
            judge(bug);
            return true;
        } catch (RuntimeException | AssertionError e) {
            System.out.println(bug + ": " + e);
            return false;
        } finally {
            if (plant != null) {
                plant.close();
            }
        }
    }

    private boolean survivesLossOfPower(@Nullable StoreBug bug) throws Exception {
        Path own = Files.createDirectory(folder.resolve(bug == null ? "sound" : "planted"));
        PowerLoss.Outcome outcome =
                PowerLoss.run(own, SEED, 1, 2, bug).orElseGet(() -> abort("no C compiler: nothing can lose its power"));
        return outcome.survived();
    }

    private static void judge(StoreBug bug) {
        switch (bug) {
            case SYNC_SKIPPED -> throw new IllegalArgumentException("not in this process");
            case RANGE_CONFLICT_DROPPED -> contract(StoreContract::phantomsAreRefusedAndDisjointRangesAreNot);
            case MERGE_FORGETS_DELETES -> contract(StoreContract::updatesAndDeletesInDeltasAndSegments);
            case FOLD_BEFORE_CHUNKS -> contract(StoreContract::readsWhatWasCommitted);
            case FOLD_VERSION_OFF_BY_ONE -> foldsLeaveWhatIsCommittedMeanwhile();
            case LOCK_KEPT -> rollbackGivesLocksBack();
            case TOMBSTONE_IGNORED, STATISTICS_STALE -> foldedRemovals();
            case CHECKSUM_IGNORED -> CorruptionTest.findAndNameAChangedByte();
        }
    }

    private static void contract(Consumer<StoreContract> test) {
        StoreContract contract = new MemoryStoreTest();
        contract.open();
        try {
            test.accept(contract);
        } finally {
            contract.close();
        }
    }

    /** A commit has the version after that of the fold, on a clock that stands still. */
    @Test
    void foldsLeaveWhatIsCommittedBetween() {
        foldsLeaveWhatIsCommittedMeanwhile();
    }

    private static void foldsLeaveWhatIsCommittedMeanwhile() {
        KeySpaceSettings settings = KeySpaceSettings.DEFAULT.withClock(new ManualClock());
        try (ArenaPool pool = new ArenaPool();
                TableStore store = new TableStore(new MemoryKeySpace(settings), StoreConfig.inMemory(pool))) {
            TableClient table = TableClient.create(store, "t", 1, SqlType.INTEGER, SqlType.TEXT);
            insert(store, table, StoreContract.numbered(0, 10, 1));
            try (Folder folder = new Folder(store.storage(), (reads, known) -> {
                insert(store, table, StoreContract.numbered(10, 1, 1));
                return known;
            })) {
                folder.fold(table.table());
            }
            assertThat(table.count(store)).isEqualTo(11);
        }
    }

    private static void insert(TableStore store, TableClient table, List<List<@Nullable Object>> rows) {
        try (SqlTransaction transaction = store.begin()) {
            table.insert(transaction, rows);
            transaction.commit();
        }
    }

    private static void rollbackGivesLocksBack() {
        try (ArenaPool pool = new ArenaPool();
                TableStore store = (TableStore) Stores.open(StoreConfig.inMemory(pool))) {
            TableClient table = TableClient.create(store, "t", 1, SqlType.INTEGER, SqlType.TEXT)
                    .withLockTimeout(1);
            insert(store, table, StoreContract.numbered(0, 1, 1));
            for (int i = 0; i < 2; i++) {
                try (SqlTransaction transaction = store.begin()) {
                    table.delete(transaction, table.rowsWithIds(transaction, List.of()));
                    transaction.rollback();
                }
            }
            assertThat(store.locks()).isEmpty();
        }
    }

    /** Rows that were removed stay away after a fold, and are not counted. */
    @Test
    void removedRowsAreGone() {
        foldedRemovals();
    }

    private static void foldedRemovals() {
        try (ArenaPool pool = new ArenaPool();
                TableStore store = (TableStore) Stores.open(StoreConfig.inMemory(pool))) {
            TableClient table = TableClient.create(store, "t", 1, SqlType.INTEGER, SqlType.TEXT);
            insert(store, table, StoreContract.numbered(0, 1_000, 1));
            store.fold(table.table());
            try (SqlTransaction transaction = store.begin()) {
                assertThat(transaction.statistics(table.table()).rows()).isEqualTo(1_000);
                table.delete(
                        transaction, table.rowsWithIds(transaction, List.of()).subList(0, 200));
                transaction.commit();
            }
            store.fold(table.table());
            assertThat(table.count(store)).isEqualTo(800);
            try (SqlTransaction transaction = store.begin()) {
                assertThat(transaction.statistics(table.table()).rows()).isEqualTo(800);
            }
        }
    }

    @Test
    void theDocumentHasAll() throws IOException {
        String root = System.getProperty("kadedb.root");
        String document =
                Files.readString((root == null ? Path.of("..") : Path.of(root)).resolve("docs/planted-bugs.md"));
        for (StoreBug bug : StoreBug.values()) {
            assertThat(document).contains("| " + bug.what() + " |");
        }
    }
}
