package io.kadedb.storage.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.common.data.Batch;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import io.kadedb.storage.api.ColumnRange;
import io.kadedb.storage.api.RowSink;
import io.kadedb.storage.api.SqlTransaction;
import io.kadedb.storage.api.TableStatistics;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Statements beyond the size of a key-value transaction, all or nothing. */
class LargeStatementTest {
    private static final int ROWS = 200_000;

    private final ArenaPool pool = new ArenaPool();
    private TableStore store;

    /** The configuration of the store under test. */
    StoreConfig config(ArenaPool memory) {
        return StoreConfig.inMemory(memory);
    }

    // JUnit sets the field before each test.
    @SuppressWarnings("NullAway.Init")
    LargeStatementTest() {}

    @BeforeEach
    void open() {
        store = (TableStore) Stores.open(config(pool));
    }

    @AfterEach
    void close() {
        store.close();
        pool.close();
    }

    private TableClient table() {
        return TableClient.create(store, "t", 1, SqlType.INTEGER, SqlType.TEXT);
    }

    private void load(TableClient table, List<List<@Nullable Object>> rows) {
        try (SqlTransaction transaction = store.begin()) {
            table.insert(transaction, rows);
            assertThat(table.rowsWithIds(transaction, List.of())).hasSize(rows.size());
            transaction.commit();
        }
    }

    @Test
    void sortedAndUnsortedLoads() {
        TableClient table = table();
        load(table, StoreContract.numbered(0, ROWS, 2));
        assertThat(table.count(store)).isEqualTo(ROWS);
        List<List<@Nullable Object>> odd = StoreContract.numbered(1, ROWS, 2);
        Collections.shuffle(odd, new Random(5));
        try (SqlTransaction transaction = store.begin()) {
            table.insert(transaction, odd);
            transaction.commit();
        }
        assertThat(table.count(store)).isEqualTo(2 * ROWS);
        try (SqlTransaction transaction = store.begin()) {
            assertThat(table.lookup(transaction, StoreContract.row(12_345L)))
                    .containsExactly(StoreContract.row(12_345L, "value 12345"));
            assertThat(table.lookup(transaction, StoreContract.row(-1L))).isEmpty();
            TableStatistics statistics = transaction.statistics(table.table());
            assertThat(statistics.rows()).isEqualTo(2.0 * ROWS);
            assertThat(statistics.columns().getFirst().min()).isEqualTo(0L);
            assertThat(statistics.columns().getFirst().max()).isEqualTo(2L * ROWS - 1);
            assertThat(statistics.columns().getFirst().distinct()).isBetween(1.6 * ROWS, 2.4 * ROWS);
            assertThat(statistics.columns().getFirst().nullFraction()).isZero();
        }
    }

    @Test
    void zoneMapsPrune() {
        TableClient table = table();
        load(table, StoreContract.numbered(0, ROWS, 1));
        try (SqlTransaction transaction = store.begin()) {
            var all = transaction.scan(table.table(), List.of(0), List.of()).splits();
            var some = transaction
                    .scan(table.table(), List.of(0), List.of(new ColumnRange(0, 10L, true, 20L, true)))
                    .splits();
            assertThat(all.size()).isGreaterThan(2);
            assertThat(some).hasSize(1);
        }
    }

    @Test
    void duplicateInTheLastRowLeavesNothing() {
        TableClient table = table();
        List<List<@Nullable Object>> rows = new ArrayList<>(StoreContract.numbered(0, ROWS, 1));
        rows.add(StoreContract.row(7L, "again"));
        try (SqlTransaction transaction = store.begin()) {
            StoreContract.assertFails(ErrorCode.UNIQUE_VIOLATION, () -> table.insert(transaction, rows));
            assertThat(table.rows(transaction)).isEmpty();
            transaction.commit();
        }
        assertThat(table.count(store)).isZero();
    }

    @Test
    void duplicatesOfSettledRowsAndOfDeltas() {
        TableClient table = table();
        try (SqlTransaction transaction = store.begin()) {
            table.insert(transaction, StoreContract.row(ROWS - 1L, "first"));
            transaction.commit();
        }
        for (int round = 0; round < 2; round++) {
            try (SqlTransaction transaction = store.begin()) {
                StoreContract.assertFails(
                        ErrorCode.UNIQUE_VIOLATION,
                        () -> table.insert(transaction, StoreContract.numbered(0, ROWS, 1)));
            }
            store.fold(table.table());
        }
        assertThat(table.count(store)).isEqualTo(1);
    }

    @Test
    void writersIntoTheLoadedSpanWaitForTheLoad() {
        TableClient table = table();
        TableClient impatient = table.withLockTimeout(1);
        try (SqlTransaction load = store.begin();
                SqlTransaction small = store.begin()) {
            assertThat(table.rows(small)).isEmpty();
            table.insert(load, StoreContract.numbered(0, ROWS, 2));
            StoreContract.assertFails(
                    ErrorCode.LOCK_NOT_AVAILABLE, () -> impatient.insert(small, StoreContract.row(101L, "x")));
            load.commit();
            // It has read the table, which is another now.
            StoreContract.assertFails(
                    ErrorCode.SERIALIZATION_FAILURE, () -> table.insert(small, StoreContract.row(101L, "x")));
            assertThat(small.refresh()).isFalse();
        }
        assertThat(table.count(store)).isEqualTo(ROWS);
    }

    @Test
    void aLoadWaitsForWritersIntoItsSpan() {
        TableClient table = table();
        TableClient impatient = table.withLockTimeout(1);
        try (SqlTransaction load = store.begin();
                SqlTransaction small = store.begin()) {
            assertThat(load.catalog().schemas()).isNotEmpty();
            table.insert(small, StoreContract.row(101L, "x"));
            StoreContract.assertFails(
                    ErrorCode.LOCK_NOT_AVAILABLE, () -> impatient.insert(load, StoreContract.numbered(0, ROWS, 2)));
            small.commit();
            StoreContract.assertFails(
                    ErrorCode.SERIALIZATION_FAILURE, () -> table.insert(load, StoreContract.numbered(0, ROWS, 2)));
            assertThat(load.refresh()).isTrue();
            assertThat(table.insert(load, StoreContract.numbered(0, ROWS, 2))).isEqualTo(ROWS);
            load.commit();
        }
        assertThat(table.count(store)).isEqualTo(ROWS + 1);
    }

    @Test
    void largeUpdatesAndDeletes() {
        TableClient table = table();
        load(table, StoreContract.numbered(0, ROWS, 1));
        try (SqlTransaction transaction = store.begin()) {
            var rows = table.rowsWithIds(transaction, List.of());
            assertThat(table.update(transaction, rows, old -> StoreContract.row(old.get(0), "changed")))
                    .isEqualTo(ROWS);
            var changed = table.rowsWithIds(transaction, List.of());
            assertThat(changed).hasSize(ROWS).allMatch(row -> "changed".equals(row.get(2)));
            table.update(transaction, changed.subList(0, 10), old -> StoreContract.row(old.get(0), "changed again"));
            assertThat(table.rowsWithIds(transaction, List.of()).stream()
                            .filter(row -> "changed again".equals(row.get(2))))
                    .hasSize(10);
            transaction.commit();
        }
        for (int round = 0; round < 2; round++) {
            try (SqlTransaction transaction = store.begin()) {
                var rows = table.rowsWithIds(transaction, List.of());
                assertThat(rows).hasSize(ROWS);
                assertThat(rows.stream().filter(row -> "changed".equals(row.get(2))))
                        .hasSize(ROWS - 10);
            }
            store.fold(table.table());
        }
        try (SqlTransaction transaction = store.begin()) {
            var rows = table.rowsWithIds(transaction, List.of());
            assertThat(table.delete(transaction, rows.subList(0, ROWS - 5))).isEqualTo(ROWS - 5L);
            assertThat(table.rows(transaction)).hasSize(5);
            transaction.commit();
        }
        assertThat(table.count(store)).isEqualTo(5);
        store.fold(table.table());
        assertThat(table.count(store)).isEqualTo(5);
    }

    @Test
    void largeUpdateOfThePrimaryKey() {
        TableClient table = table();
        load(table, StoreContract.numbered(0, ROWS, 1));
        try (SqlTransaction transaction = store.begin()) {
            var rows = table.rowsWithIds(transaction, List.of());
            table.update(
                    transaction, rows, old -> StoreContract.row((Long) Values.required(old.get(0)) + 1, old.get(1)));
            assertThat(table.lookup(transaction, StoreContract.row(0L))).isEmpty();
            assertThat(table.lookup(transaction, StoreContract.row((long) ROWS)))
                    .containsExactly(StoreContract.row((long) ROWS, "value " + (ROWS - 1)));
            transaction.commit();
        }
        assertThat(table.count(store)).isEqualTo(ROWS);
    }

    @Test
    void manySmallStatementsOfOneTransaction() {
        TableClient table = table();
        String text = "x".repeat(1_000);
        try (SqlTransaction transaction = store.begin()) {
            for (int i = 0; i < 30; i++) {
                List<List<@Nullable Object>> rows = new ArrayList<>();
                for (long j = 0; j < 500; j++) {
                    rows.add(StoreContract.row(i * 500L + j, text));
                }
                table.insert(transaction, rows);
            }
            StoreContract.assertFails(
                    ErrorCode.UNIQUE_VIOLATION, () -> table.insert(transaction, StoreContract.row(3L, "again")));
            var rows = table.rowsWithIds(transaction, List.of());
            assertThat(rows).hasSize(15_000);
            table.delete(transaction, rows.subList(0, 100));
            transaction.commit();
        }
        assertThat(table.count(store)).isEqualTo(14_900);
    }

    @Test
    void nothingStaysOfWhatWasRolledBack() {
        TableClient table = table();
        try (SqlTransaction transaction = store.begin()) {
            table.insert(transaction, StoreContract.numbered(0, ROWS, 1));
            transaction.rollback();
        }
        assertThat(table.count(store)).isZero();
        load(table, StoreContract.numbered(0, ROWS, 1));
        assertThat(table.count(store)).isEqualTo(ROWS);
    }

    @Test
    void sinkThatFailsHalfWayCanBeRolledBack() {
        TableClient table = table();
        try (SqlTransaction transaction = store.begin()) {
            transaction.beginStatement();
            RowSink sink = transaction.insert(table.table());
            for (List<List<@Nullable Object>> part : parts()) {
                Batch batch = Values.batch(List.of(SqlType.INTEGER, SqlType.TEXT), part);
                sink.accept(batch);
            }
            transaction.rollbackStatement();
            assertThat(table.rows(transaction)).isEmpty();
            table.insert(transaction, StoreContract.row(1L, "one"));
            transaction.commit();
        } catch (KadeException e) {
            throw new AssertionError(e);
        }
        assertThat(table.rows(store)).containsExactly(StoreContract.row(1L, "one"));
    }

    private static List<List<List<@Nullable Object>>> parts() {
        List<List<List<@Nullable Object>>> parts = new ArrayList<>();
        for (int i = 0; i < 70; i++) {
            parts.add(StoreContract.numbered(i * 2_000, 2_000, 1));
        }
        return parts;
    }
}
