package io.kadedb.storage.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.common.catalog.CatalogChange;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.data.HeapRow;
import io.kadedb.common.type.SqlType;
import io.kadedb.storage.api.LatestRows;
import io.kadedb.storage.api.LatestRows.Answer;
import io.kadedb.storage.api.SqlTransaction;
import io.kadedb.storage.format.v1.ColumnBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Rows read outside transactions are those that a transaction would read that begins then. */
final class LatestRowsTest {
    private static LatestRows reader(TableStore store, TableClient table, int columns) {
        try (SqlTransaction transaction = store.begin()) {
            return store.latestRows(
                            transaction.catalog().version(),
                            table.table(),
                            IntStream.range(0, columns).boxed().toList())
                    .orElseThrow();
        }
    }

    private static HeapRow key(TableClient table, List<@Nullable Object> values) {
        HeapRow key = new HeapRow(values.size());
        for (int i = 0; i < values.size(); i++) {
            ColumnBuffer buffer =
                    new ColumnBuffer(table.table().columns().get(i).type());
            Values.add(buffer, values.get(i));
            if (buffer.isVarbytes()) {
                key.set(i, buffer.bytes(), 0, buffer.byteLength(0));
            } else {
                key.set(i, buffer.low(0), buffer.high(0));
            }
        }
        return key;
    }

    private static List<@Nullable Object> values(TableDefinition table, HeapRow row) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
            ColumnBuffer buffer = new ColumnBuffer(table.columns().get(i).type());
            buffer.add(row, i);
            values.add(Values.get(Values.vector(buffer), 0));
        }
        return values;
    }

    @Test
    void rowsAreThoseOfATransactionWhereverTheyLie() {
        long seed = Long.getLong("kadedb.seed", System.nanoTime());
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (SqlType first : List.of(SqlType.INTEGER, SqlType.BIGINT, SqlType.TEXT)) {
            for (int keys = 1; keys <= 2; keys++) {
                try (ArenaPool pool = new ArenaPool();
                        TableStore store = (TableStore) Stores.open(StoreConfig.inMemory(pool))) {
                    TableClient table = TableClient.create(
                            store, "t", keys, first, SqlType.BIGINT, SqlType.TEXT, SqlType.DOUBLE, SqlType.BOOLEAN);
                    compare(store, table, keys, random, "seed " + seed + ", " + keys + " of " + first);
                }
            }
        }
    }

    private static void compare(TableStore store, TableClient table, int keys, SplittableRandom random, String name) {
        LatestRows latest = reader(store, table, 5);
        HeapRow row = new HeapRow(5);
        boolean isText = table.table().columns().getFirst().type().isText();
        int found = 0;
        for (int step = 0; step < 400; step++) {
            int number = random.nextInt(-60, 60) * (random.nextInt(9) == 0 ? 1_000 : 1);
            List<@Nullable Object> key = new ArrayList<>();
            key.add(isText ? "k" + number : (Object) (long) number);
            if (keys == 2) {
                key.add((long) random.nextInt(2));
            }
            try (SqlTransaction transaction = store.begin()) {
                change(table, transaction, key, keys, random);
                transaction.commit();
            }
            if (random.nextInt(40) == 0) {
                store.fold(table.table());
            }
            List<List<@Nullable Object>> expected;
            try (SqlTransaction transaction = store.begin()) {
                expected = table.lookup(transaction, key);
            }
            Answer answer = latest.read(key(table, key), row);
            if (answer == Answer.FOUND) {
                found++;
                assertThat(values(table.table(), row)).as(name).isEqualTo(expected.getFirst());
            } else if (answer == Answer.MISSING) {
                assertThat(expected).as(name).isEmpty();
            }
        }
        assertThat(found).as(name).isGreaterThan(100);
    }

    private static void change(
            TableClient table,
            SqlTransaction transaction,
            List<@Nullable Object> key,
            int keys,
            SplittableRandom random) {
        List<@Nullable Object> values = new ArrayList<>(key);
        if (keys == 1) {
            values.add(random.nextBoolean() ? null : (Object) random.nextLong());
        }
        values.add(random.nextInt(3) == 0 ? null : "text " + random.nextInt());
        values.add(random.nextInt(3) == 0 ? null : (Object) random.nextDouble());
        values.add(random.nextBoolean());
        List<List<@Nullable Object>> known = table.rowsWithIds(transaction, List.of()).stream()
                .filter(row -> row.subList(1, 1 + keys).equals(key))
                .toList();
        if (known.isEmpty()) {
            table.insert(transaction, List.of(values));
        } else if (random.nextInt(4) == 0) {
            table.delete(transaction, known);
        } else if (random.nextInt(3) == 0) {
            table.update(transaction, known, old -> values);
        }
    }

    @Test
    void whatIsCommittedIsReadWhileTheTableIsFolded() throws Exception {
        int accounts = 50;
        try (ArenaPool pool = new ArenaPool();
                TableStore store = (TableStore) Stores.open(StoreConfig.inMemory(pool));
                ExecutorService threads = Executors.newCachedThreadPool()) {
            TableClient table = TableClient.create(store, "t", 1, SqlType.INTEGER, SqlType.BIGINT);
            try (SqlTransaction transaction = store.begin()) {
                for (long i = 0; i < accounts; i++) {
                    table.insert(transaction, StoreContract.row(i, 0L));
                }
                transaction.commit();
            }
            AtomicLongArray committed = new AtomicLongArray(accounts);
            AtomicBoolean done = new AtomicBoolean();
            Future<?> folds = threads.submit(() -> {
                while (!done.get()) {
                    store.fold(table.table());
                }
            });
            Future<Integer> reads = threads.submit(() -> read(store, table, committed, done));
            try {
                for (int i = 0; i < 600; i++) {
                    int account = i % accounts;
                    long value = i;
                    try (SqlTransaction transaction = store.begin()) {
                        List<List<@Nullable Object>> old = table.rowsWithIds(transaction, List.of()).stream()
                                .filter(row -> row.get(1) instanceof Long id && id == account)
                                .toList();
                        table.update(transaction, old, row -> StoreContract.row(row.getFirst(), value));
                        transaction.commit();
                    }
                    committed.set(account, value);
                }
            } finally {
                done.set(true);
            }
            folds.get();
            assertThat(reads.get()).isPositive();
        }
    }

    private static int read(TableStore store, TableClient table, AtomicLongArray committed, AtomicBoolean done) {
        LatestRows latest = reader(store, table, 2);
        HeapRow row = new HeapRow(2);
        int found = 0;
        for (int i = 0; !done.get(); i = (i + 1) % committed.length()) {
            long least = committed.get(i);
            Answer answer = latest.read(key(table, StoreContract.row((long) i)), row);
            assertThat(answer).isNotEqualTo(Answer.MISSING);
            if (answer == Answer.FOUND) {
                found++;
                assertThat(row.low(0)).isEqualTo(i);
                assertThat(row.low(1)).isGreaterThanOrEqualTo(least);
            }
        }
        return found;
    }

    @Test
    void nothingIsSaidUnderAnotherCatalog() {
        try (ArenaPool pool = new ArenaPool();
                TableStore store = (TableStore) Stores.open(StoreConfig.inMemory(pool))) {
            TableClient table = TableClient.create(store, "t", 1, SqlType.INTEGER, SqlType.BIGINT);
            try (SqlTransaction transaction = store.begin()) {
                table.insert(transaction, StoreContract.row(1L, 10L));
                transaction.commit();
            }
            LatestRows latest = reader(store, table, 2);
            HeapRow key = key(table, StoreContract.row(1L));
            HeapRow row = new HeapRow(2);
            assertThat(latest.read(key, row)).isEqualTo(Answer.FOUND);
            try (SqlTransaction transaction = store.begin()) {
                transaction.apply(new CatalogChange.CreateSchema("other", "kadedb"));
                assertThat(latest.read(key, row)).isEqualTo(Answer.FOUND);
                transaction.commit();
            }
            assertThat(latest.read(key, row)).isEqualTo(Answer.UNKNOWN);
            assertThat(reader(store, table, 2).read(key, row)).isEqualTo(Answer.FOUND);
        }
    }
}
