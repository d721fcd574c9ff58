package io.kadedb.storage.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.common.catalog.CatalogChange;
import io.kadedb.common.catalog.RangePartitioning;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.type.Interval;
import io.kadedb.common.type.SqlType;
import io.kadedb.storage.api.KeySpaceSettings;
import io.kadedb.storage.api.SqlTransaction;
import io.kadedb.storage.api.TablePartitions.Partition;
import io.kadedb.storage.memory.MemoryKeySpace;
import io.kadedb.storage.simulation.SimulatedScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Partitions that are older than their table keeps them, on a simulated scheduler and clock. */
final class RetentionTest {
    private static final long DAY = 86_400_000_000L;
    private static final Duration ROUND = StoreConfig.DEFAULT_MAINTENANCE_INTERVAL;

    private final ArenaPool pool = new ArenaPool();
    private final SimulatedScheduler scheduler = new SimulatedScheduler();
    private final MemoryKeySpace space = new MemoryKeySpace(KeySpaceSettings.DEFAULT.withClock(scheduler));
    private TableStore store;
    private TableClient table;

    // JUnit sets the fields before each test.
    @SuppressWarnings("NullAway.Init")
    RetentionTest() {}

    @BeforeEach
    void open() {
        store = new TableStore(
                space, StoreConfig.inMemory(pool).withScheduler(scheduler).withClock(scheduler));
        table = TableClient.create(store, "t", 0, SqlType.TIMESTAMP, SqlType.BIGINT);
        table = redefined(table.table().withPartitioning(Optional.of(days(Optional.of(new Interval(0, 10, 0))))));
    }

    private static RangePartitioning days(Optional<Interval> retention) {
        return new RangePartitioning(1, false, DAY, retention);
    }

    private TableClient redefined(TableDefinition other) {
        try (SqlTransaction transaction = store.begin()) {
            transaction.beginStatement();
            transaction.apply(new CatalogChange.ReplaceTable(other));
            transaction.endStatement();
            transaction.commit();
            return new TableClient(transaction.catalog().table("public", "t").orElseThrow());
        }
    }

    @AfterEach
    void close() {
        Checks.assertSound(store);
        store.close();
        space.close();
        pool.close();
    }

    /** Rows of the last so many days, ten a day. */
    private void insert(int days) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (long i = 0; i < days * 10L; i++) {
            rows.add(StoreContract.row(scheduler.wallMicros() - i * DAY / 10, i));
        }
        try (SqlTransaction transaction = store.begin()) {
            table.insert(transaction, rows);
            transaction.commit();
        }
    }

    private List<Partition> partitions() {
        try (SqlTransaction transaction = store.begin()) {
            return transaction.partitions().of(table.table());
        }
    }

    @Test
    void partitionsGoWhenTheyEndedLongEnoughAgo() {
        insert(15);
        assertThat(partitions()).hasSize(15);
        scheduler.pass(ROUND);
        // Today's and those of the ten days before.
        assertThat(partitions()).hasSize(11);
        scheduler.pass(Duration.ofDays(1));
        assertThat(partitions()).hasSize(10);
        scheduler.pass(Duration.ofDays(30));
        assertThat(partitions()).isEmpty();
        assertThat(table.count(store)).isZero();
    }

    @Test
    void foldedRowsGoAsOthersDoAndLeaveNoSegments() {
        insert(15);
        store.fold(table.table());
        assertThat(partitions()).hasSize(15).allMatch(partition -> partition.segments() == 1);
        scheduler.pass(ROUND);
        assertThat(partitions()).hasSize(11).allMatch(partition -> partition.segments() == 1);
    }

    @Test
    void oneRoundDropsSoManyAtMost() {
        insert(60);
        scheduler.pass(ROUND);
        assertThat(partitions()).hasSize(60 - 16);
        scheduler.pass(ROUND);
        assertThat(partitions()).hasSize(60 - 32);
        scheduler.pass(ROUND.multipliedBy(2));
        assertThat(partitions()).hasSize(11);
    }

    @Test
    void readersOfAnOlderSnapshotKeepTheirRows() {
        insert(15);
        store.fold(table.table());
        try (SqlTransaction reader = store.begin()) {
            assertThat(table.rows(reader)).hasSize(150);
            scheduler.pass(ROUND);
            assertThat(table.count(store)).isLessThan(150);
            assertThat(table.rows(reader)).hasSize(150);
        }
    }

    @Test
    void aTableThatSomebodyWritesIsLeftToTheNextRound() {
        insert(15);
        try (SqlTransaction writer = store.begin()) {
            table.update(
                    writer,
                    table.rowsWithIds(writer, List.of()),
                    old -> StoreContract.row(old.get(0), (Long) Values.required(old.get(1)) + 1));
            scheduler.pass(ROUND);
            assertThat(partitions()).hasSize(15);
            writer.commit();
        }
        scheduler.pass(ROUND);
        assertThat(partitions()).hasSize(11);
    }

    @Test
    void withoutARetentionRowsStay() {
        table = redefined(table.table().withPartitioning(Optional.of(days(Optional.empty()))));
        insert(15);
        scheduler.pass(Duration.ofDays(1_000));
        assertThat(partitions()).hasSize(15);
    }
}
