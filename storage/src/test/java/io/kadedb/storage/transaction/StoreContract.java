package io.kadedb.storage.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kadedb.common.catalog.CatalogChange;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import io.kadedb.storage.api.ColumnRange;
import io.kadedb.storage.api.KeySpan;
import io.kadedb.storage.api.SqlTransaction;
import io.kadedb.storage.table.IndexTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store must do, whatever it is kept in. */
abstract class StoreContract {
    protected final ArenaPool pool = new ArenaPool();
    protected TableStore store;

    /** The configuration of the store under test. */
    abstract StoreConfig config();

    @SuppressWarnings("NullAway.Init")
    StoreContract() {}

    @BeforeEach
    void open() {
        store = (TableStore) Stores.open(config());
    }

    @AfterEach
    void close() {
        Checks.assertSound(store);
        store.close();
        pool.close();
    }

    static List<@Nullable Object> row(@Nullable Object... values) {
        return Arrays.asList(values);
    }

    static void assertFails(ErrorCode code, ThrowingCallable work) {
        assertThatExceptionOfType(KadeException.class)
                .isThrownBy(work)
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
    }

    TableClient table(int keys, SqlType... types) {
        return TableClient.create(store, "t", keys, types);
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    final void insert(TableClient table, List<@Nullable Object>... rows) {
        try (SqlTransaction transaction = store.begin()) {
            table.insert(transaction, rows);
            transaction.commit();
        }
    }

    @Test
    void readsWhatWasCommitted() {
        TableClient t = table(1, SqlType.INTEGER, SqlType.TEXT);
        insert(t, row(2L, "two"), row(1L, null));
        assertThat(t.rows(store)).containsExactly(row(1L, null), row(2L, "two"));
        store.fold(t.table());
        assertThat(t.rows(store)).containsExactly(row(1L, null), row(2L, "two"));
    }

    @Test
    void statementsThatAreLargeTogetherAreCommitted() {
        TableClient t = table(1, SqlType.INTEGER, SqlType.TEXT);
        String text = "x".repeat(10_000);
        long rows = 0;
        try (SqlTransaction transaction = store.begin()) {
            // Each below what is staged, and each greater than those before.
            for (int count : new int[] {1, 300, 350, 370, 380}) {
                List<List<@Nullable Object>> some = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    some.add(row(rows++, text));
                }
                t.insert(transaction, some);
            }
            assertThat(transaction.usage().writtenBytes()).isLessThan(10_000_000);
            transaction.commit();
        }
        assertThat(t.count(store)).isEqualTo(rows);
    }

    @Test
    void tablesThatAreLargeTogetherAreCommitted() {
        List<TableClient> tables = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            tables.add(TableClient.create(store, "t" + i, 1, SqlType.INTEGER, SqlType.TEXT));
        }
        String text = "x".repeat(10_000);
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (long i = 0; i < 350; i++) {
            rows.add(row(i, text));
        }
        try (SqlTransaction transaction = store.begin()) {
            tables.forEach(table -> table.insert(transaction, rows));
            transaction.commit();
        }
        tables.forEach(table -> assertThat(table.count(store)).isEqualTo(rows.size()));
    }

    @Test
    void manyLongKeysAreCommitted() {
        TableClient plain = TableClient.create(store, "t", 1, SqlType.INTEGER, SqlType.TEXT);
        TableClient t;
        try (SqlTransaction transaction = store.begin()) {
            transaction.beginStatement();
            t = plain.index(transaction, "i", true, 1);
            transaction.endStatement();
            transaction.commit();
        }
        String text = "x".repeat(170);
        long rows = 0;
        try (SqlTransaction transaction = store.begin()) {
            // Each below what is staged, while a key counts more than once.
            for (int statement = 0; statement < 4; statement++) {
                List<List<@Nullable Object>> some = new ArrayList<>();
                for (int i = 0; i < 9_000; i++) {
                    some.add(row(rows, text + rows));
                    rows++;
                }
                t.insert(transaction, some);
            }
            transaction.commit();
        }
        assertThat(t.count(store)).isEqualTo(rows);
        try (SqlTransaction transaction = store.begin()) {
            List<List<@Nullable Object>> all = t.rowsWithIds(transaction, List.of());
            for (int from = 0; from < all.size(); from += 9_000) {
                t.delete(transaction, all.subList(from, Math.min(all.size(), from + 9_000)));
            }
            transaction.commit();
        }
        assertThat(t.count(store)).isZero();
    }

    private static List<List<@Nullable Object>> asOf(TableStore store, TableClient table, long time) {
        try (SqlTransaction transaction = store.begin()) {
            transaction.readAsOf(time);
            return table.rows(transaction);
        }
    }

    @Test
    void earlierTimesAreReadAsTheyWere() {
        TableClient t = table(1, SqlType.INTEGER, SqlType.TEXT);
        long seed = 4_711;
        Random random = new Random(seed);
        Map<Long, List<List<@Nullable Object>>> seen = new LinkedHashMap<>();
        for (int i = 0; i < 60; i++) {
            try (SqlTransaction transaction = store.begin()) {
                List<List<@Nullable Object>> rows = t.rowsWithIds(transaction, List.of());
                List<List<@Nullable Object>> some =
                        rows.stream().filter(row -> random.nextInt(4) == 0).toList();
                switch (random.nextInt(rows.size() < 20 ? 1 : 4)) {
                    case 0 -> t.insert(transaction, numbered(1_000 * i, 10, 1));
                    case 1 -> t.delete(transaction, some);
                    default -> {
                        int now = i;
                        t.update(transaction, some, old -> row(old.get(0), "changed by " + now));
                    }
                }
                transaction.commit();
            }
            if (random.nextInt(3) == 0) {
                store.fold(t.table());
            }
            try (SqlTransaction transaction = store.begin()) {
                seen.put(transaction.readVersion(), t.rows(transaction));
            }
        }
        seen.forEach((time, rows) -> assertThat(asOf(store, t, time))
                .as("seed %s, time %s", seed, time)
                .isEqualTo(rows));
    }

    @Test
    void theCatalogOfAnEarlierTimeIsSeen() {
        TableClient t = table(1, SqlType.INTEGER, SqlType.TEXT);
        insert(t, row(1L, "a"));
        store.fold(t.table());
        insert(t, row(2L, "b"));
        long time;
        try (SqlTransaction transaction = store.begin()) {
            time = transaction.readVersion();
        }
        try (SqlTransaction transaction = store.begin()) {
            transaction.apply(new CatalogChange.DropTable("public", "t"));
            transaction.commit();
        }
        TableClient other = TableClient.create(store, "t", 1, SqlType.BIGINT);
        insert(other, row(7L));
        assertThat(asOf(store, t, time)).containsExactly(row(1L, "a"), row(2L, "b"));
        assertThat(other.rows(store)).containsExactly(row(7L));
    }

    @Test
    void earlierTimesCannotBeWritten() {
        TableClient t = table(1, SqlType.INTEGER);
        insert(t, row(1L));
        try (SqlTransaction transaction = store.begin()) {
            transaction.readAsOf(transaction.readVersion());
            assertThat(transaction.isHistorical()).isTrue();
            assertFails(ErrorCode.READ_ONLY_SQL_TRANSACTION, () -> t.insert(transaction, row(2L)));
            assertFails(
                    ErrorCode.READ_ONLY_SQL_TRANSACTION,
                    () -> transaction.apply(new CatalogChange.DropTable("public", "t")));
            assertFails(ErrorCode.ACTIVE_SQL_TRANSACTION, () -> transaction.readAsOf(transaction.readVersion()));
        }
    }

    @Test
    void schemaPublicExists() {
        try (SqlTransaction transaction = store.begin()) {
            assertThat(transaction.catalog().schemas()).containsKey("public");
        }
    }

    @Test
    void keysWithoutPrimaryKeyMayRepeat() {
        TableClient t = table(0, SqlType.INTEGER);
        insert(t, row(1L), row(1L));
        insert(t, row(1L));
        assertThat(t.rows(store)).containsExactly(row(1L), row(1L), row(1L));
    }

    @Test
    void duplicateKeyNamesTableAndValues() {
        TableClient t = table(2, SqlType.INTEGER, SqlType.TEXT);
        insert(t, row(1L, "a"));
        try (SqlTransaction transaction = store.begin()) {
            assertThatExceptionOfType(KadeException.class)
                    .isThrownBy(() -> t.insert(transaction, row(2L, "b"), row(1L, "a")))
                    .withMessage("duplicate key value violates unique constraint \"t_pkey\"")
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.UNIQUE_VIOLATION))
                    .satisfies(e -> assertThat(e.detail()).contains("Key (c0, c1)=(1, a) already exists."));
            assertThat(t.rows(transaction)).containsExactly(row(1L, "a"));
            assertFails(ErrorCode.UNIQUE_VIOLATION, () -> t.insert(transaction, row(3L, "c"), row(3L, "c")));
            t.insert(transaction, row(3L, "c"));
            transaction.commit();
        }
        assertThat(t.rows(store)).containsExactly(row(1L, "a"), row(3L, "c"));
    }

    @Test
    void duplicateKeyIsFoundInSegments() {
        TableClient t = table(1, SqlType.INTEGER, SqlType.TEXT);
        insert(t, row(1L, "a"), row(5L, "b"));
        store.fold(t.table());
        assertFails(ErrorCode.UNIQUE_VIOLATION, () -> insert(t, row(5L, "c")));
        insert(t, row(4L, "c"));
        assertThat(t.rows(store)).hasSize(3);
    }

    @Test
    void nullInNotNullColumn() {
        TableClient t = table(1, SqlType.INTEGER, SqlType.TEXT);
        try (SqlTransaction transaction = store.begin()) {
            assertThatExceptionOfType(KadeException.class)
                    .isThrownBy(() -> t.insert(transaction, row(null, "x")))
                    .withMessage("null value in column \"c0\" of relation \"t\" violates not-null constraint")
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_NULL_VIOLATION));
        }
    }

    @Test
    void statementDoesNotSeeItsOwnWritesAndLaterOnesDo() {
        TableClient t = table(1, SqlType.INTEGER);
        try (SqlTransaction transaction = store.begin()) {
            transaction.beginStatement();
            var sink = transaction.insert(t.table());
            sink.accept(Values.batch(List.of(SqlType.INTEGER), List.of(row(1L))));
            sink.finish();
            assertThat(t.rows(transaction)).isEmpty();
            transaction.endStatement();
            assertThat(t.rows(transaction)).containsExactly(row(1L));
            assertThat(t.lookup(transaction, row(1L))).containsExactly(row(1L));
            assertThat(transaction.hasWrites()).isTrue();
            transaction.rollback();
        }
        assertThat(t.rows(store)).isEmpty();
    }

    @Test
    void updatesAndDeletesInDeltasAndSegments() {
        TableClient t = table(1, SqlType.INTEGER, SqlType.TEXT);
        insert(t, row(1L, "a"), row(2L, "b"), row(3L, "c"));
        for (int round = 0; round < 3; round++) {
            int mark = round;
            try (SqlTransaction transaction = store.begin()) {
                var rows = t.rowsWithIds(transaction, List.of());
                assertThat(t.update(transaction, rows, old -> row(old.get(0), old.get(1) + "" + mark)))
                        .isEqualTo(3);
                assertThat(t.rows(transaction)).hasSize(3);
                transaction.commit();
            }
            if (round == 1) {
                store.fold(t.table());
            }
        }
        assertThat(t.rows(store)).containsExactly(row(1L, "a012"), row(2L, "b012"), row(3L, "c012"));
        try (SqlTransaction transaction = store.begin()) {
            var two = t.rowsWithIds(transaction, List.of(new ColumnRange(0, 2L, true, 2L, true))).stream()
                    .filter(found -> Long.valueOf(2).equals(found.get(1)))
                    .toList();
            assertThat(t.delete(transaction, two)).isEqualTo(1);
            assertThat(t.lookup(transaction, row(2L))).isEmpty();
            transaction.commit();
        }
        assertThat(t.rows(store)).containsExactly(row(1L, "a012"), row(3L, "c012"));
        insert(t, row(2L, "new"));
        store.fold(t.table());
        assertThat(t.rows(store)).containsExactly(row(1L, "a012"), row(2L, "new"), row(3L, "c012"));
    }

    @Test
    void updateOfThePrimaryKey() {
        TableClient t = table(1, SqlType.INTEGER);
        insert(t, row(1L), row(2L), row(3L));
        store.fold(t.table());
        try (SqlTransaction transaction = store.begin()) {
            var rows = t.rowsWithIds(transaction, List.of());
            t.update(transaction, rows, old -> row((Long) Values.required(old.getFirst()) + 1));
            transaction.commit();
        }
        assertThat(t.rows(store)).containsExactly(row(2L), row(3L), row(4L));
        store.fold(t.table());
        assertThat(t.rows(store)).containsExactly(row(2L), row(3L), row(4L));
        try (SqlTransaction transaction = store.begin()) {
            var rows = t.rowsWithIds(transaction, List.of());
            assertFails(ErrorCode.UNIQUE_VIOLATION, () -> t.update(transaction, rows, old -> row(9L)));
        }
    }

    @Test
    void writeSkewIsRefused() {
        TableClient t = table(1, SqlType.INTEGER, SqlType.INTEGER);
        insert(t, row(1L, 1L), row(2L, 1L));
        store.fold(t.table());
        try (SqlTransaction first = store.begin();
                SqlTransaction second = store.begin()) {
            var seenByFirst = t.rowsWithIds(first, List.of());
            var seenBySecond = t.rowsWithIds(second, List.of());
            t.update(first, seenByFirst.subList(0, 1), old -> row(old.get(0), 0L));
            t.update(second, seenBySecond.subList(1, 2), old -> row(old.get(0), 0L));
            first.commit();
            assertFails(ErrorCode.SERIALIZATION_FAILURE, second::commit);
        }
    }

    @Test
    void phantomsAreRefusedAndDisjointRangesAreNot() {
        TableClient t = table(1, SqlType.INTEGER, SqlType.INTEGER);
        insert(t, row(1L, 1L), row(100L, 1L));
        try (SqlTransaction first = store.begin();
                SqlTransaction second = store.begin()) {
            t.rowsWithIds(first, List.of(new ColumnRange(0, 1L, true, 50L, true)));
            t.insert(first, row(200L, 1L));
            t.insert(second, row(20L, 1L));
            second.commit();
            assertFails(ErrorCode.SERIALIZATION_FAILURE, first::commit);
        }
        if (config().testCipher()) {
            return; // hashed keys have no ranges
        }
        try (SqlTransaction first = store.begin();
                SqlTransaction second = store.begin()) {
            t.rowsWithIds(first, List.of(new ColumnRange(0, 1L, true, 50L, true)));
            t.insert(first, row(201L, 1L));
            t.insert(second, row(51L, 1L));
            second.commit();
            first.commit();
        }
    }

    /** What was read of a span and not what follows it, up to the row that was the last one wanted. */
    @Test
    void spansConflictWithWhatTheyRead() {
        if (config().testCipher()) {
            return; // hashed keys have no ranges
        }
        TableClient t = table(1, SqlType.INTEGER, SqlType.INTEGER);
        insert(t, row(10L, 1L), row(20L, 2L), row(30L, 3L), row(40L, 4L));
        store.fold(t.table());
        insert(t, row(25L, 9L));
        KeySpan upwards = t.span(0, 15L, 35L, true, false);
        KeySpan downwards = t.span(0, 15L, 35L, true, true);
        assertThat(keysOf(t, upwards, 99)).containsExactly(20L, 25L, 30L);
        assertThat(keysOf(t, downwards, 99)).containsExactly(30L, 25L, 20L);
        assertThat(keysOf(t, downwards, 1)).containsExactly(30L);
        for (int i = 0; i < 2; i++) {
            KeySpan span = i == 0 ? upwards : downwards;
            assertThat(conflicts(t, span, 99, 15L)).isTrue();
            assertThat(conflicts(t, span, 99, 35L)).isTrue();
            assertThat(conflicts(t, span, 99, 14L)).isFalse();
            assertThat(conflicts(t, span, 99, 36L)).isFalse();
        }
        assertThat(conflicts(t, upwards, 1, 16L)).isTrue();
        assertThat(conflicts(t, upwards, 1, 21L)).isFalse();
        assertThat(conflicts(t, downwards, 1, 31L)).isTrue();
        assertThat(conflicts(t, downwards, 1, 29L)).isFalse();
    }

    /** A row takes the key that another had, in a transaction that has seen neither its move nor the fold after it. */
    @Test
    void rowsKeepTheirEntryWhenAnotherTakesTheirFormerKey() {
        TableClient plain = table(1, SqlType.INTEGER, SqlType.INTEGER);
        TableClient t;
        try (SqlTransaction transaction = store.begin()) {
            t = plain.index(transaction, "numbers", true, 1);
            transaction.commit();
        }
        TableDefinition numbers = IndexTable.of(
                        t.table(), t.table().index("numbers").orElseThrow())
                .table();
        insert(t, row(1L, 49L), row(2L, 50L));
        store.fold(numbers);
        change(store.begin(), t, 1L, 615L);
        SqlTransaction late = store.begin();
        assertThat(t.rows(late)).hasSize(2);
        store.fold(numbers);
        change(late, t, 2L, 49L);
        store.fold(numbers);
        try (SqlTransaction reader = store.begin()) {
            assertThat(t.lookup(reader, "numbers", row(615L))).containsExactly(row(1L, 615L));
            assertThat(t.lookup(reader, "numbers", row(49L))).containsExactly(row(2L, 49L));
            assertThat(t.lookup(reader, "numbers", row(50L))).isEmpty();
        }
    }

    private static void change(SqlTransaction transaction, TableClient t, long key, long number) {
        try (transaction) {
            t.update(
                    transaction,
                    t.rowsWithIds(transaction, List.of()).stream()
                            .filter(old -> Long.valueOf(key).equals(old.get(1)))
                            .toList(),
                    old -> row(key, number));
            transaction.commit();
        }
    }

    private List<@Nullable Object> keysOf(TableClient t, KeySpan span, int batches) {
        try (SqlTransaction reader = store.begin()) {
            return new ArrayList<>(t.readSpan(reader, null, span, batches).stream()
                    .map(List::getFirst)
                    .toList());
        }
    }

    /** Whether a transaction that reads batches of a span fails when another one has added a key; takes it out again. */
    private boolean conflicts(TableClient t, KeySpan span, int batches, long key) {
        boolean failed = false;
        try (SqlTransaction first = store.begin();
                SqlTransaction second = store.begin()) {
            t.readSpan(first, null, span, batches);
            t.insert(first, row(1000L, 1L));
            t.insert(second, row(key, 1L));
            second.commit();
            try {
                first.commit();
            } catch (KadeException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.SERIALIZATION_FAILURE);
                failed = true;
            }
        }
        try (SqlTransaction third = store.begin()) {
            t.delete(
                    third,
                    t.rowsWithIds(third, List.of()).stream()
                            .filter(row -> List.of(key, 1000L).contains(row.get(1)))
                            .toList());
            third.commit();
        }
        return failed;
    }

    @Test
    void readOnlyTransactionsNeverConflict() {
        TableClient t = table(1, SqlType.INTEGER);
        try (SqlTransaction reader = store.begin()) {
            assertThat(t.rows(reader)).isEmpty();
            insert(t, row(1L));
            assertThat(t.rows(reader)).isEmpty();
            reader.commit();
        }
    }

    @Test
    void statementRollbackKeepsEarlierStatements() {
        TableClient t = table(1, SqlType.INTEGER);
        try (SqlTransaction transaction = store.begin()) {
            t.insert(transaction, row(1L));
            transaction.beginStatement();
            transaction.apply(new CatalogChange.CreateSchema("s", "kadedb"));
            var sink = transaction.insert(t.table());
            sink.accept(Values.batch(List.of(SqlType.INTEGER), List.of(row(2L))));
            sink.finish();
            transaction.rollbackStatement();
            assertThat(transaction.catalog().schemas()).doesNotContainKey("s");
            assertThat(t.rows(transaction)).containsExactly(row(1L));
            transaction.commit();
        }
        assertThat(t.rows(store)).containsExactly(row(1L));
    }

    @Test
    void changesOfTheCatalogConflict() {
        try (SqlTransaction first = store.begin();
                SqlTransaction second = store.begin()) {
            TableClient.create(first, "a", 1, SqlType.INTEGER);
            TableClient.create(second, "b", 1, SqlType.INTEGER);
            first.commit();
            assertFails(ErrorCode.SERIALIZATION_FAILURE, second::commit);
        }
    }

    @Test
    void droppedTableFailsWriters() {
        TableClient t = table(1, SqlType.INTEGER);
        TableClient other = TableClient.create(store, "other", 1, SqlType.INTEGER);
        try (SqlTransaction writer = store.begin();
                SqlTransaction bystander = store.begin();
                SqlTransaction dropper = store.begin()) {
            t.insert(writer, row(1L));
            other.insert(bystander, row(1L));
            dropper.apply(new CatalogChange.DropTable("public", "t"));
            dropper.commit();
            assertFails(ErrorCode.SERIALIZATION_FAILURE, writer::commit);
            bystander.commit();
        }
        try (SqlTransaction later = store.begin()) {
            assertFails(ErrorCode.SERIALIZATION_FAILURE, () -> t.rows(later));
        }
    }

    @Test
    void tableMadeAndFilledInOneTransaction() {
        try (SqlTransaction transaction = store.begin()) {
            TableClient t = TableClient.create(transaction, "fresh", 1, SqlType.INTEGER);
            t.insert(transaction, row(1L));
            assertThat(t.rows(transaction)).containsExactly(row(1L));
            transaction.commit();
            assertThat(t.rows(store)).containsExactly(row(1L));
        }
    }

    @Test
    void catalogErrorsHaveTheirCodes() {
        table(1, SqlType.INTEGER);
        try (SqlTransaction transaction = store.begin()) {
            assertFails(ErrorCode.DUPLICATE_TABLE, () -> TableClient.create(transaction, "t", 1, SqlType.INTEGER));
            assertFails(
                    ErrorCode.DUPLICATE_SCHEMA, () -> transaction.apply(new CatalogChange.CreateSchema("public", "x")));
            assertFails(
                    ErrorCode.UNDEFINED_TABLE, () -> transaction.apply(new CatalogChange.DropTable("public", "no")));
            assertFails(
                    ErrorCode.INVALID_SCHEMA_NAME, () -> transaction.apply(new CatalogChange.DropSchema("no", false)));
            assertFails(
                    ErrorCode.DEPENDENT_OBJECTS_STILL_EXIST,
                    () -> transaction.apply(new CatalogChange.DropSchema("public", false)));
            assertFails(
                    ErrorCode.UNDEFINED_OBJECT,
                    () -> transaction.apply(new CatalogChange.DropPropertyGraph("public", "no")));
            transaction.apply(new CatalogChange.DropSchema("public", true));
            assertThat(transaction.catalog().schemas()).isEmpty();
        }
    }

    /** Rows (i, "value i") for keys from, from + step, ... */
    static List<List<@Nullable Object>> numbered(int from, int count, int step) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long key = from + (long) i * step;
            rows.add(row(key, "value " + key));
        }
        return rows;
    }
}
