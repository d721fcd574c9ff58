package io.kadedb.storage.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.common.catalog.CatalogChange;
import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.MissingValue;
import io.kadedb.common.catalog.RowStorage;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.type.SqlType;
import io.kadedb.storage.api.SqlTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows of every age under definitions that change. */
abstract class AlterationContract {
    private final ArenaPool pool = new ArenaPool();
    private TableStore store;

    @SuppressWarnings("NullAway.Init")
    AlterationContract() {}

    abstract StoreConfig config(ArenaPool memory);

    @BeforeEach
    void open() {
        store = (TableStore) Stores.open(config(pool));
    }

    @AfterEach
    void close() {
        store.close();
        pool.close();
    }

    /** Whether what was committed is there after {@link #reopen}. */
    void reopen() {
        if (config(pool).directory().isPresent()) {
            store.close();
            open();
        }
    }

    private static List<@Nullable Object> row(@Nullable Object... values) {
        return StoreContract.row(values);
    }

    private static TableDefinition with(
            TableDefinition table, String name, SqlType type, Optional<MissingValue> missing, int id) {
        List<ColumnDefinition> columns = new ArrayList<>(table.columns());
        columns.add(ColumnDefinition.of(id, name, type, true).withMissing(missing));
        return table.withColumns(columns);
    }

    private static TableDefinition without(TableDefinition table, int ordinal) {
        List<ColumnDefinition> columns = new ArrayList<>(table.columns());
        ColumnDefinition gone = columns.remove(ordinal);
        List<RowStorage.DroppedColumn> dropped = new ArrayList<>(table.rows().dropped());
        dropped.add(new RowStorage.DroppedColumn(gone.id(), gone.type()));
        return table.withColumns(columns).withRows(new RowStorage(table.rows().id(), dropped));
    }

    private TableClient alter(UnaryOperator<TableDefinition> change) {
        try (SqlTransaction transaction = store.begin()) {
            TableClient client = alter(transaction, change);
            transaction.commit();
            return client;
        }
    }

    private static TableClient alter(SqlTransaction transaction, UnaryOperator<TableDefinition> change) {
        transaction.beginStatement();
        transaction.apply(new CatalogChange.ReplaceTable(change.apply(now(transaction))));
        transaction.endStatement();
        return new TableClient(now(transaction));
    }

    private static TableDefinition now(SqlTransaction transaction) {
        return transaction.catalog().table("public", "t").orElseThrow();
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    private void insert(TableClient table, List<@Nullable Object>... rows) {
        try (SqlTransaction transaction = store.begin()) {
            table.insert(transaction, rows);
            transaction.commit();
        }
    }

    @Test
    void oldRowsHaveTheMissingValue() {
        TableClient t = TableClient.create(store, "t", 1, SqlType.INTEGER, SqlType.TEXT);
        insert(t, row(1L, "segment"));
        store.fold(t.table());
        insert(t, row(2L, "delta"));
        TableClient wider = alter(table -> with(table, "n", SqlType.BIGINT, Optional.of(MissingValue.fixed(7, 0)), 3));
        insert(wider, row(3L, "new", null), row(4L, "new", 8L));
        TableClient widest = alter(table ->
                with(table, "s", SqlType.TEXT, Optional.of(MissingValue.bytes(new byte[] {'o', 'k'})), 4));
        List<List<@Nullable Object>> expected = List.of(
                row(1L, "segment", 7L, "ok"),
                row(2L, "delta", 7L, "ok"),
                row(3L, "new", null, "ok"),
                row(4L, "new", 8L, "ok"));
        assertThat(widest.rows(store)).isEqualTo(expected);
        store.fold(widest.table());
        assertThat(widest.rows(store)).isEqualTo(expected);
        reopen();
        assertThat(widest.rows(store)).isEqualTo(expected);
        try (SqlTransaction transaction = store.begin()) {
            assertThat(widest.lookup(transaction, row(2L))).containsExactly(row(2L, "delta", 7L, "ok"));
            transaction.rollback();
        }
    }

    @Test
    void droppedColumnsStayInOldRowsOnly() {
        TableClient t = TableClient.create(store, "t", 1, SqlType.INTEGER, SqlType.TEXT, SqlType.BIGINT);
        insert(t, row(1L, "a", 10L));
        store.fold(t.table());
        insert(t, row(2L, "b", 20L));
        try (SqlTransaction transaction = store.begin()) {
            t.index(transaction, "i", true, 2);
            transaction.commit();
        }
        TableClient narrow = alter(table -> without(table, 1));
        insert(narrow, row(3L, 30L));
        TableClient wide = alter(table -> with(table, "again", SqlType.TEXT, Optional.empty(), 4));
        insert(wide, row(4L, 40L, "d"));
        for (int round = 0; round < 2; round++) {
            assertThat(wide.rows(store))
                    .containsExactly(row(1L, 10L, null), row(2L, 20L, null), row(3L, 30L, null), row(4L, 40L, "d"));
            try (SqlTransaction transaction = store.begin()) {
                assertThat(wide.lookup(transaction, "i", row(20L))).containsExactly(row(2L, 20L, null));
                assertThat(wide.lookup(transaction, "i", row(40L))).containsExactly(row(4L, 40L, "d"));
            }
            store.fold(wide.table());
            reopen();
        }
        insert(wide, row(5L, 50L, "e"));
        assertThat(wide.rows(store)).hasSize(5);
    }

    @Test
    void aFoldThatKnowsAnOldDefinitionLosesNothing() {
        TableClient t = TableClient.create(store, "t", 1, SqlType.INTEGER);
        insert(t, row(1L));
        TableClient wide = alter(table -> with(table, "b", SqlType.TEXT, Optional.empty(), 2));
        insert(wide, row(2L, "kept"));
        store.fold(t.table());
        assertThat(wide.rows(store)).containsExactly(row(1L, null), row(2L, "kept"));
    }

    @Test
    void runningReadersKeepTheirSnapshot() {
        TableClient t = TableClient.create(store, "t", 1, SqlType.INTEGER, SqlType.TEXT);
        insert(t, row(1L, "a"), row(2L, "b"));
        try (SqlTransaction reader = store.begin()) {
            assertThat(t.rows(reader)).hasSize(2);
            TableClient narrow = alter(table -> without(table, 1));
            insert(narrow, row(3L));
            store.fold(narrow.table());
            assertThat(t.rows(reader)).containsExactly(row(1L, "a"), row(2L, "b"));
            reader.commit();
        }
    }

    @Test
    void aWriterThatPlannedOnTheOldDefinitionLoses() {
        TableClient t = TableClient.create(store, "t", 1, SqlType.INTEGER, SqlType.TEXT);
        insert(t, row(1L, "a"));
        try (SqlTransaction writer = store.begin()) {
            t.insert(writer, row(2L, "b"));
            alter(table -> without(table, 1));
            StoreContract.assertFails(ErrorCode.SERIALIZATION_FAILURE, writer::commit);
        }
        StoreContract.assertFails(ErrorCode.SERIALIZATION_FAILURE, () -> insert(t, row(3L, "c")));
    }

    @Test
    void savepointsUndoDefinitions() {
        TableClient t = TableClient.create(store, "t", 1, SqlType.INTEGER);
        try (SqlTransaction transaction = store.begin()) {
            t.insert(transaction, row(1L));
            SqlTransaction.Savepoint before = transaction.savepoint();
            TableClient text = alter(transaction, table -> with(table, "b", SqlType.TEXT, Optional.empty(), 2));
            text.insert(transaction, row(2L, "gone"));
            assertThat(text.rows(transaction)).containsExactly(row(1L, null), row(2L, "gone"));
            transaction.rollbackTo(before);
            assertThat(new TableClient(now(transaction)).rows(transaction)).containsExactly(row(1L));
            TableClient number = alter(
                    transaction, table -> with(table, "b", SqlType.BIGINT, Optional.of(MissingValue.fixed(5, 0)), 2));
            number.insert(transaction, row(3L, 6L));
            assertThat(number.rows(transaction)).containsExactly(row(1L, 5L), row(3L, 6L));
            transaction.commit();
            assertThat(number.rows(store)).containsExactly(row(1L, 5L), row(3L, 6L));
        }
    }

    @Test
    void largeTransactionsAcrossAnAlteration() {
        TableClient t = TableClient.create(store, "t", 1, SqlType.INTEGER, SqlType.TEXT);
        String text = "x".repeat(1_000);
        TableClient wide;
        try (SqlTransaction transaction = store.begin()) {
            List<List<@Nullable Object>> rows = new ArrayList<>();
            for (long i = 0; i < 3_000; i++) {
                rows.add(row(i, text));
            }
            t.insert(transaction, rows);
            transaction.savepoint();
            wide = alter(
                    transaction, table -> with(table, "b", SqlType.BIGINT, Optional.of(MissingValue.fixed(5, 0)), 3));
            List<List<@Nullable Object>> more = new ArrayList<>();
            for (long i = 3_000; i < 6_000; i++) {
                more.add(row(i, text, i));
            }
            wide.insert(transaction, more);
            transaction.commit();
        }
        reopen();
        try (SqlTransaction transaction = store.begin()) {
            assertThat(wide.lookup(transaction, row(17L))).containsExactly(row(17L, text, 5L));
            assertThat(wide.lookup(transaction, row(5_000L))).containsExactly(row(5_000L, text, 5_000L));
        }
        assertThat(wide.count(store)).isEqualTo(6_000);
    }

    @Test
    void aShadowTakesThePlaceOfItsTable() {
        TableClient t = TableClient.create(store, "t", 1, SqlType.INTEGER, SqlType.TEXT);
        insert(t, row(1L, "a"), row(2L, "b"));
        store.fold(t.table());
        try (SqlTransaction reader = store.begin();
                SqlTransaction writer = store.begin()) {
            assertThat(t.rows(reader)).hasSize(2);
            t.insert(writer, row(9L, "late"));
            TableClient swapped;
            try (SqlTransaction transaction = store.begin()) {
                swapped = swap(transaction);
                transaction.commit();
            }
            assertThat(swapped.table().id()).isEqualTo(t.table().id());
            assertThat(swapped.table().storageId()).isNotEqualTo(t.table().storageId());
            assertThat(t.rows(reader)).containsExactly(row(1L, "a"), row(2L, "b"));
            StoreContract.assertFails(ErrorCode.SERIALIZATION_FAILURE, writer::commit);
            insert(swapped, row("c", 3L));
            store.fold(t.table());
            store.fold(swapped.table());
            reopenAfter(swapped);
        }
    }

    private void reopenAfter(TableClient swapped) {
        assertThat(swapped.rows(store)).containsExactly(row("a", 1L), row("b", 2L), row("c", 3L));
    }

    @Test
    void aShadowThatWasNotCommittedIsGone() {
        TableClient t = TableClient.create(store, "t", 1, SqlType.INTEGER, SqlType.TEXT);
        insert(t, row(1L, "a"), row(2L, "b"));
        try (SqlTransaction transaction = store.begin()) {
            swap(transaction);
        }
        assertThat(t.rows(store)).containsExactly(row(1L, "a"), row(2L, "b"));
        try (SqlTransaction transaction = store.begin()) {
            SqlTransaction.Savepoint before = transaction.savepoint();
            swap(transaction);
            transaction.rollbackTo(before);
            t.insert(transaction, row(3L, "c"));
            transaction.commit();
        }
        reopen();
        assertThat(t.rows(store)).hasSize(3);
        try (SqlTransaction transaction = store.begin()) {
            assertThat(Objects.requireNonNull(transaction.catalog().schemas().get("public"))
                            .tables())
                    .containsOnlyKeys("t");
        }
    }

    /** Writes the table anew with its columns the other way round, the second one its key. */
    private static TableClient swap(SqlTransaction transaction) {
        TableDefinition old = now(transaction);
        TableDefinition other = old.withColumns(List.of(
                        old.columns().get(1).withNullable(false),
                        old.columns().get(0).withNullable(true)))
                .withPrimaryKey(List.of(0), Optional.of("t_pkey"));
        List<List<@Nullable Object>> rows = new ArrayList<>();
        new TableClient(old).rows(transaction).forEach(row -> rows.add(row(row.get(1), row.get(0))));
        transaction.beginStatement();
        transaction.apply(new CatalogChange.CreateShadow(other.withName("public", "shadow of t")));
        transaction.endStatement();
        new TableClient(transaction.catalog().table("public", "shadow of t").orElseThrow()).insert(transaction, rows);
        transaction.beginStatement();
        transaction.apply(new CatalogChange.SwapShadow(other, "shadow of t"));
        transaction.endStatement();
        return new TableClient(now(transaction));
    }
}
