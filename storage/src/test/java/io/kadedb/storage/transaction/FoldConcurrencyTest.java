package io.kadedb.storage.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import io.kadedb.storage.api.SqlTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Money moves between accounts while the table is folded all the time: no reader ever sees another sum. */
final class FoldConcurrencyTest {
    private static final int ACCOUNTS = 200;
    private static final long EACH = 1_000;
    /** Writers, readers and hot rows. */
    private static final int EIGHT = 8;

    private static final long WRITES = 60;
    private static final long COLD = 1_000;
    private static final long ADDED = 100_000;

    @Test
    void sumsStayWhileFolding() throws Exception {
        long seed = Long.getLong("kadedb.seed", System.nanoTime());
        try (ArenaPool pool = new ArenaPool();
                TableStore store = (TableStore) Stores.open(StoreConfig.inMemory(pool));
                ExecutorService threads = Executors.newCachedThreadPool()) {
            TableClient table = TableClient.create(store, "t", 1, SqlType.INTEGER, SqlType.BIGINT);
            try (SqlTransaction transaction = store.begin()) {
                List<List<@Nullable Object>> rows = new ArrayList<>();
                for (long i = 0; i < ACCOUNTS; i++) {
                    rows.add(StoreContract.row(i, EACH));
                }
                table.insert(transaction, rows);
                transaction.commit();
            }
            AtomicBoolean done = new AtomicBoolean();
            Future<?> folds = threads.submit(() -> {
                while (!done.get()) {
                    store.fold(table.table());
                }
            });
            Future<?> reads = threads.submit(() -> {
                while (!done.get()) {
                    assertThat(sum(store, table)).as("seed %s", seed).isEqualTo(ACCOUNTS * EACH);
                }
            });
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                SplittableRandom random = new SplittableRandom(seed + i);
                writers.add(threads.submit(() -> transfers(store, table, random)));
            }
            try {
                for (Future<?> writer : writers) {
                    writer.get();
                }
            } finally {
                done.set(true);
            }
            folds.get();
            reads.get();
            assertThat(sum(store, table)).as("seed %s", seed).isEqualTo(ACCOUNTS * EACH);
        }
    }

    /**
     * Writers wait for each other's rows, and readers write elsewhere what they read of rows that nobody changes: without folding no
     * transaction of either would have to start again, so with it none may.
     */
    @Test
    void foldingMakesNobodyStartAgain() throws Exception {
        long seed = Long.getLong("kadedb.seed", System.nanoTime());
        try (ArenaPool pool = new ArenaPool();
                TableStore store = (TableStore) Stores.open(StoreConfig.inMemory(pool));
                ExecutorService threads = Executors.newCachedThreadPool()) {
            TableClient table = TableClient.create(store, "t", 1, SqlType.INTEGER, SqlType.BIGINT);
            TableClient results = TableClient.create(store, "results", 1, SqlType.INTEGER, SqlType.BIGINT);
            long cold = fill(store, table, results);
            AtomicBoolean done = new AtomicBoolean();
            Future<?> folds = threads.submit(() -> {
                while (!done.get()) {
                    store.fold(table.table());
                    store.fold(results.table());
                }
            });
            List<Future<?>> readers = new ArrayList<>();
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < EIGHT; i++) {
                long own = i;
                SplittableRandom random = new SplittableRandom(seed + i);
                readers.add(threads.submit(() -> {
                    while (!done.get()) {
                        copySum(store, table, results, own, cold);
                    }
                }));
                writers.add(threads.submit(() -> writeHotRows(store, table, own, random)));
            }
            try {
                for (Future<?> writer : writers) {
                    writer.get();
                }
            } finally {
                done.set(true);
            }
            folds.get();
            for (Future<?> reader : readers) {
                reader.get();
            }
            store.fold(table.table());
            long hot = 0;
            long added = 0;
            for (List<@Nullable Object> row : table.rows(store)) {
                long key = (Long) Values.required(row.get(0));
                hot += key < EIGHT ? (Long) Values.required(row.get(1)) : 0;
                added += key >= ADDED ? 1 : 0;
            }
            assertThat(hot).as("seed %s", seed).isEqualTo(EIGHT * WRITES);
            assertThat(added).as("seed %s", seed).isEqualTo(EIGHT * WRITES);
            Checks.assertSound(store);
        }
    }

    private static long fill(TableStore store, TableClient table, TableClient results) {
        long cold = 0;
        try (SqlTransaction transaction = store.begin()) {
            for (long i = 0; i < EIGHT; i++) {
                table.insert(transaction, StoreContract.row(i, 0L));
                results.insert(transaction, StoreContract.row(i, 0L));
            }
            for (long i = COLD; i < COLD + ACCOUNTS; i++) {
                table.insert(transaction, StoreContract.row(i, i));
                cold += i;
            }
            transaction.commit();
        }
        return cold;
    }

    /** Reads the rows that nobody changes, and writes their sum into a row of its own. */
    private static void copySum(TableStore store, TableClient table, TableClient results, long own, long expected) {
        try (SqlTransaction transaction = store.begin()) {
            long sum = 0;
            for (List<@Nullable Object> row : table.readSpan(
                    transaction, null, table.span(0, COLD, COLD + ACCOUNTS - 1L, true, false), Integer.MAX_VALUE)) {
                sum += (Long) Values.required(row.get(1));
            }
            assertThat(sum).isEqualTo(expected);
            long read = sum;
            results.change(transaction, own, old -> read);
            transaction.commit();
        }
    }

    private static void writeHotRows(TableStore store, TableClient table, long writer, SplittableRandom random) {
        for (long i = 0; i < WRITES; i++) {
            try (SqlTransaction transaction = store.begin()) {
                table.change(transaction, random.nextInt(EIGHT), old -> old + 1);
                table.insert(transaction, StoreContract.row(ADDED + writer * WRITES + i, i));
                transaction.commit();
            }
        }
    }

    private static long sum(TableStore store, TableClient table) {
        List<List<@Nullable Object>> rows = table.rows(store);
        assertThat(rows).hasSize(ACCOUNTS);
        return rows.stream()
                .mapToLong(row -> (Long) Values.required(row.get(1)))
                .sum();
    }

    private static void transfers(TableStore store, TableClient table, SplittableRandom random) {
        for (int i = 0; i < 150; i++) {
            try (SqlTransaction transaction = store.begin()) {
                List<List<@Nullable Object>> rows = table.rowsWithIds(transaction, List.of());
                List<@Nullable Object> from = rows.get(random.nextInt(rows.size()));
                List<@Nullable Object> to = rows.get(random.nextInt(rows.size()));
                if (!from.equals(to)) {
                    long amount = random.nextInt(50);
                    table.update(
                            transaction,
                            List.of(from, to),
                            old -> StoreContract.row(
                                    old.get(0),
                                    (Long) Values.required(old.get(1))
                                            + (Values.required(old.get(0)).equals(from.get(1)) ? -amount : amount)));
                    transaction.commit();
                }
            } catch (KadeException e) {
                if (e.code() != ErrorCode.SERIALIZATION_FAILURE) {
                    throw e;
                }
            }
        }
    }
}
