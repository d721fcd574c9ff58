package io.kadedb.storage.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.data.HeapRow;
import io.kadedb.common.type.SqlType;
import io.kadedb.storage.api.LatestWrites;
import io.kadedb.storage.api.LatestWrites.Outcome;
import io.kadedb.storage.api.SqlTransaction;
import io.kadedb.storage.api.StatementControl;
import io.kadedb.storage.format.v1.ColumnBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows written without a transaction, beside transactions and folds. */
final class LatestWritesTest {
    @TempDir
    @SuppressWarnings("NullAway")
    private Path directory;

    private static LatestWrites writer(TableStore store, TableDefinition table) {
        try (SqlTransaction transaction = store.begin()) {
            return store.latestWrites(transaction.catalog().version(), table, "test")
                    .orElseThrow();
        }
    }

    private static HeapRow row(TableDefinition table, List<@Nullable Object> values) {
        HeapRow row = new HeapRow(values.size());
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i) == null) {
                row.setNull(i);
                continue;
            }
            ColumnBuffer buffer = new ColumnBuffer(table.columns().get(i).type());
            Values.add(buffer, values.get(i));
            if (buffer.isVarbytes()) {
                row.set(i, buffer.bytes(), 0, buffer.byteLength(0));
            } else {
                row.set(i, buffer.low(0), buffer.high(0));
            }
        }
        return row;
    }

    @Test
    void writesAreThoseOfTransactionsInMemory() {
        compareWithAMap(StoreConfig::inMemory);
    }

    @Test
    void writesAreThoseOfTransactionsInADirectory() {
        compareWithAMap(pool -> StoreConfig.inDirectory(directory, pool));
    }

    @Test
    void writesAreThoseOfTransactionsUnderACipher() {
        try (ArenaPool pool = new ArenaPool();
                TableStore store =
                        (TableStore) Stores.open(StoreConfig.inMemory(pool).withTestCipher())) {
            TableDefinition table =
                    TableClient.create(store, "t", 1, SqlType.INTEGER).table();
            try (SqlTransaction transaction = store.begin()) {
                assertThat(store.latestWrites(transaction.catalog().version(), table, "test"))
                        .isEmpty();
            }
        }
    }

    private static void compareWithAMap(java.util.function.Function<ArenaPool, StoreConfig> config) {
        long seed = Long.getLong("kadedb.seed", System.nanoTime());
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        try (ArenaPool pool = new ArenaPool();
                TableStore store = (TableStore) Stores.open(config.apply(pool))) {
            TableClient table = TableClient.create(store, "t", 1, SqlType.BIGINT, SqlType.TEXT, SqlType.DOUBLE);
            LatestWrites writes = writer(store, table.table());
            Map<Long, List<@Nullable Object>> expected = new TreeMap<>();
            int direct = 0;
            for (int step = 0; step < 600; step++) {
                List<@Nullable Object> values = new ArrayList<>();
                values.add((long) random.nextInt(50));
                values.add(random.nextInt(3) == 0 ? null : "text " + random.nextInt(1_000_000));
                values.add(random.nextInt(3) == 0 ? null : (Object) random.nextDouble());
                direct += write(store, table, writes, values, random, expected) ? 1 : 0;
                if (random.nextInt(60) == 0) {
                    store.fold(table.table());
                }
                if (step % 50 == 0) {
                    try (SqlTransaction transaction = store.begin()) {
                        assertThat(table.rows(transaction))
                                .as("seed %d", seed)
                                .containsExactlyInAnyOrderElementsOf(expected.values());
                    }
                }
            }
            assertThat(direct).as("seed %d", seed).isGreaterThan(200);
        }
    }

    private static boolean write(
            TableStore store,
            TableClient client,
            LatestWrites writes,
            List<@Nullable Object> values,
            SplittableRandom random,
            Map<Long, List<@Nullable Object>> expected) {
        TableDefinition table = client.table();
        Long id = (Long) values.getFirst();
        boolean exists = expected.containsKey(id);
        HeapRow key = row(table, values.subList(0, 1));
        HeapRow all = row(table, values);
        int kind = random.nextInt(3);
        Outcome outcome = switch (kind) {
            case 0 -> writes.insert(all, StatementControl::unlimited);
            case 1 -> writes.update(key, (old, changed) -> copy(all, changed), StatementControl::unlimited);
            default -> writes.delete(key, StatementControl::unlimited);
        };
        if (kind == 0) {
            assertThat(outcome).isEqualTo(exists ? Outcome.UNKNOWN : outcome);
        } else {
            assertThat(outcome).isNotEqualTo(exists ? Outcome.MISSING : Outcome.WRITTEN);
        }
        if (outcome == Outcome.UNKNOWN && !(kind == 0 && exists)) {
            inTransaction(store, client, kind, values);
        }
        if ((kind == 0 && !exists) || (kind == 1 && exists)) {
            expected.put(id, values);
        } else if (kind == 2) {
            expected.remove(id);
        }
        return outcome == Outcome.WRITTEN;
    }

    private static boolean copy(HeapRow from, HeapRow to) {
        for (int i = 0; i < 3; i++) {
            to.set(i, from, i);
        }
        return true;
    }

    private static void inTransaction(TableStore store, TableClient table, int kind, List<@Nullable Object> values) {
        try (SqlTransaction transaction = store.begin()) {
            List<List<@Nullable Object>> old = table.rowsWithIds(transaction, List.of()).stream()
                    .filter(row -> values.getFirst().equals(row.get(1)))
                    .toList();
            if (kind == 0) {
                table.insert(transaction, List.of(values));
            } else if (kind == 1) {
                table.update(transaction, old, row -> values);
            } else {
                table.delete(transaction, old);
            }
            transaction.commit();
        }
    }

    @Test
    void noneIsLostAmongThreadsTransactionsAndFolds() throws Exception {
        int threads = 4;
        int each = 300;
        try (ArenaPool pool = new ArenaPool();
                TableStore store = (TableStore) Stores.open(StoreConfig.inMemory(pool));
                ExecutorService executor = Executors.newCachedThreadPool()) {
            TableClient table = TableClient.create(store, "t", 1, SqlType.INTEGER, SqlType.BIGINT);
            try (SqlTransaction transaction = store.begin()) {
                for (long i = 0; i < 3; i++) {
                    table.insert(transaction, StoreContract.row(i, 0L));
                }
                transaction.commit();
            }
            AtomicBoolean done = new AtomicBoolean();
            Future<?> folds = executor.submit(() -> {
                while (!done.get()) {
                    store.fold(table.table());
                }
            });
            List<Future<?>> writers = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int first = t;
                writers.add(executor.submit(() -> {
                    LatestWrites writes = writer(store, table.table());
                    for (int i = 0; i < each; i++) {
                        add(store, table, writes, (first + i) % 3);
                    }
                }));
            }
            try {
                for (Future<?> writer : writers) {
                    writer.get();
                }
            } finally {
                done.set(true);
            }
            folds.get();
            try (SqlTransaction transaction = store.begin()) {
                long sum = table.rows(transaction).stream()
                        .mapToLong(row -> row.get(1) instanceof Long value ? value : 0)
                        .sum();
                assertThat(sum).isEqualTo((long) threads * each);
            }
            assertThat(store.lockTable().isEmpty()).isTrue();
        }
    }

    private static void add(TableStore store, TableClient table, LatestWrites writes, long id) {
        HeapRow key = row(table.table(), List.of(id));
        Outcome outcome = writes.update(
                key,
                (old, changed) -> {
                    changed.set(0, old, 0);
                    changed.set(1, old.low(1) + 1, 0);
                    return true;
                },
                StatementControl::unlimited);
        while (outcome == Outcome.UNKNOWN) {
            // A fold has just moved the row: a transaction decodes the columns it lies in.
            try (SqlTransaction transaction = store.begin()) {
                assertThat(table.lookup(transaction, List.of(id))).hasSize(1);
            }
            outcome = writes.update(
                    key,
                    (old, changed) -> {
                        changed.set(0, old, 0);
                        changed.set(1, old.low(1) + 1, 0);
                        return true;
                    },
                    StatementControl::unlimited);
        }
        assertThat(outcome).isEqualTo(Outcome.WRITTEN);
    }
}
