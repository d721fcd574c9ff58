package io.kadedb.storage.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import com.apple.foundationdb.Transaction;
import io.kadedb.common.control.CancelToken;
import io.kadedb.common.type.SqlType;
import io.kadedb.storage.api.KeySpace;
import io.kadedb.storage.api.KeySpaceSettings;
import io.kadedb.storage.api.SqlTransaction;
import io.kadedb.storage.api.StoreSetting;
import io.kadedb.storage.format.v1.KeyLayout;
import io.kadedb.storage.memory.MemoryKeySpace;
import io.kadedb.storage.simulation.CrashingKeySpace;
import io.kadedb.storage.simulation.SimulatedScheduler;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Background work on a simulated scheduler and clock. */
final class MaintenanceTest {
    private static final int FOLD_AFTER = 100;
    private static final long FOLD_AFTER_BYTES = 1 << 20;

    private final ArenaPool pool = new ArenaPool();
    private final SimulatedScheduler scheduler = new SimulatedScheduler();
    private final KeySpace space = new MemoryKeySpace(KeySpaceSettings.DEFAULT.withClock(scheduler));
    private final CrashingKeySpace failing = new CrashingKeySpace(space);
    private TableStore store;
    private TableClient table;

    // JUnit sets the fields before each test.
    @SuppressWarnings("NullAway.Init")
    MaintenanceTest() {}

    @BeforeEach
    void open() {
        store = openStore();
        table = TableClient.create(store, "t", 1, SqlType.INTEGER, SqlType.TEXT);
    }

    private TableStore openStore() {
        return new TableStore(
                failing,
                StoreConfig.inMemory(pool).withScheduler(scheduler).withFoldAfter(FOLD_AFTER, FOLD_AFTER_BYTES));
    }

    @AfterEach
    void close() {
        store.close();
        space.close();
        pool.close();
    }

    private void insert(int from, int count) {
        try (SqlTransaction transaction = store.begin()) {
            table.insert(transaction, StoreContract.numbered(from, count, 1));
            transaction.commit();
        }
    }

    private long keys(byte[] prefix) {
        try (Transaction transaction = space.database().createTransaction()) {
            return transaction
                    .snapshot()
                    .getRange(prefix, KeyLayout.end(prefix))
                    .asList()
                    .join()
                    .size();
        }
    }

    private long deltas() {
        return keys(KeyLayout.rows(table.table().id()));
    }

    @Test
    void aCheckpointFoldsWhatIsNotDueYet() {
        insert(0, 3);
        assertThat(deltas()).isEqualTo(3);
        store.checkpoint(CancelToken.unbounded());
        assertThat(deltas()).isZero();
        assertThat(table.count(store)).isEqualTo(3);
        assertThat(scheduler.due()).isZero();
    }

    @Test
    void aTableIsFoldedOnceEnoughWasWritten() {
        insert(0, FOLD_AFTER - 1);
        assertThat(scheduler.due()).isZero();
        insert(1_000, 1);
        assertThat(scheduler.due()).isEqualTo(1);
        assertThat(deltas()).isEqualTo(FOLD_AFTER);
        scheduler.pass(Duration.ZERO);
        assertThat(deltas()).isZero();
        assertThat(table.count(store)).isEqualTo(FOLD_AFTER);
        insert(2_000, FOLD_AFTER - 1);
        assertThat(scheduler.due()).isZero();
    }

    @Test
    void fewLargeRowsAreFoldedToo() {
        try (SqlTransaction transaction = store.begin()) {
            for (long i = 0; i < 20; i++) {
                table.insert(transaction, StoreContract.row(i, "x".repeat(70_000)));
            }
            transaction.commit();
        }
        scheduler.pass(Duration.ZERO);
        assertThat(deltas()).isZero();
        assertThat(table.count(store)).isEqualTo(20);
    }

    @Test
    void aFoldThatFailsIsTriedAgainWithoutAnotherWrite() {
        insert(0, FOLD_AFTER);
        failing.crashAfter(3);
        scheduler.pass(Duration.ZERO);
        assertThat(deltas()).isEqualTo(FOLD_AFTER);
        failing.crashAfter(Long.MAX_VALUE >> 1);
        scheduler.pass(StoreConfig.DEFAULT_MAINTENANCE_INTERVAL);
        assertThat(deltas()).isZero();
        assertThat(table.count(store)).isEqualTo(FOLD_AFTER);
    }

    @Test
    void whatAnEarlierProcessLeftIsFolded() {
        insert(0, FOLD_AFTER);
        store.close();
        store = openStore();
        scheduler.pass(StoreConfig.DEFAULT_MAINTENANCE_INTERVAL);
        assertThat(deltas()).isZero();
        assertThat(table.count(store)).isEqualTo(FOLD_AFTER);
    }

    @Test
    void writersThatOutrunTheFoldsFoldThemselves() {
        for (int i = 0; i < 50; i++) {
            insert(i * 50, 50);
            assertThat(deltas()).isLessThanOrEqualTo(8L * FOLD_AFTER);
        }
        assertThat(table.count(store)).isEqualTo(2_500);
    }

    @Test
    void nothingIsFoldedWhileFoldingIsOff() {
        store.set(StoreSetting.FOLDING, OptionalLong.of(0));
        int rows = 10 * FOLD_AFTER;
        for (int i = 0; i < 10; i++) {
            insert(i * FOLD_AFTER, FOLD_AFTER);
        }
        scheduler.pass(StoreConfig.DEFAULT_MAINTENANCE_INTERVAL);
        assertThat(deltas()).isEqualTo(rows);
        store.close();
        store = openStore();
        scheduler.pass(StoreConfig.DEFAULT_MAINTENANCE_INTERVAL);
        assertThat(deltas()).isEqualTo(rows);
        store.set(StoreSetting.FOLDING, OptionalLong.empty());
        scheduler.pass(Duration.ZERO);
        assertThat(deltas()).isZero();
        assertThat(table.count(store)).isEqualTo(rows);
    }

    @Test
    void aCheckpointFoldsWhileFoldingIsOff() {
        store.set(StoreSetting.FOLDING, OptionalLong.of(0));
        insert(0, FOLD_AFTER);
        store.checkpoint(CancelToken.unbounded());
        assertThat(deltas()).isZero();
        assertThat(table.count(store)).isEqualTo(FOLD_AFTER);
    }

    @Test
    void anIdleDatabaseGivesItsOldVersionsBack() {
        insert(0, FOLD_AFTER);
        scheduler.pass(Duration.ZERO);
        try (SqlTransaction transaction = store.begin()) {
            table.update(
                    transaction,
                    table.rowsWithIds(transaction, java.util.List.of()),
                    old -> StoreContract.row(old.get(0), "changed"));
            transaction.commit();
        }
        scheduler.pass(Duration.ZERO);
        long before = keys(KeyLayout.tableData(table.table().id()));
        long oldest = space.oldestVersion();
        assertThat(keys(KeyLayout.garbages())).isPositive();
        scheduler.pass(KeySpaceSettings.DEFAULT.retention().plus(Duration.ofMinutes(1)));
        assertThat(space.oldestVersion()).isGreaterThan(oldest);
        assertThat(keys(KeyLayout.garbages())).isZero();
        assertThat(keys(KeyLayout.tableData(table.table().id()))).isLessThan(before);
        assertThat(table.count(store)).isEqualTo(FOLD_AFTER);
    }

    @Test
    void nothingRunsAfterTheClose() {
        insert(0, FOLD_AFTER);
        store.close();
        scheduler.pass(Duration.ofHours(1));
        assertThat(deltas()).isEqualTo(FOLD_AFTER);
        store = openStore();
    }
}
