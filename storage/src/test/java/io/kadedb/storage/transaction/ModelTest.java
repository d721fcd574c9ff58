package io.kadedb.storage.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import io.kadedb.storage.api.SqlTransaction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random statements, transactions and folds against a sorted map. */
final class ModelTest {
    private static final int KEYS = 60;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void agreesWithASortedMap(boolean cipher) {
        long seed = Long.getLong("kadedb.seed", System.nanoTime());
        SplittableRandom seeds = new SplittableRandom(seed);
        for (int round = 0; round < 12; round++) {
            long roundSeed = seeds.nextLong();
            try {
                new Run(new SplittableRandom(roundSeed), cipher).run();
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("kadedb.seed=" + seed + ", round " + round, e);
            }
        }
    }

    /** One store and its model. */
    private static final class Run {
        private final SplittableRandom random;
        private final boolean cipher;
        private TreeMap<Long, String> model = new TreeMap<>();

        Run(SplittableRandom random, boolean cipher) {
            this.random = random;
            this.cipher = cipher;
        }

        void run() {
            try (ArenaPool pool = new ArenaPool()) {
                StoreConfig config = StoreConfig.inMemory(pool).withColumnCacheBytes(random.nextInt(100_000));
                try (TableStore store = (TableStore) Stores.open(cipher ? config.withTestCipher() : config)) {
                    TableClient table = TableClient.create(store, "t", 1, SqlType.INTEGER, SqlType.TEXT);
                    for (int i = 0; i < 40; i++) {
                        transaction(store, table);
                        if (random.nextInt(4) == 0) {
                            store.fold(table.table());
                        }
                        assertThat(asMap(table.rows(store))).isEqualTo(model);
                    }
                    Checks.assertSound(store);
                }
            }
        }

        private void transaction(TableStore store, TableClient table) {
            TreeMap<Long, String> work = new TreeMap<>(model);
            try (SqlTransaction transaction = store.begin()) {
                int statements = 1 + random.nextInt(4);
                for (int i = 0; i < statements; i++) {
                    statement(transaction, table, work);
                    assertThat(asMap(table.rows(transaction))).isEqualTo(work);
                    long key = random.nextInt(KEYS);
                    List<List<@Nullable Object>> found = table.lookup(transaction, StoreContract.row(key));
                    assertThat(found)
                            .isEqualTo(
                                    work.containsKey(key) ? List.of(StoreContract.row(key, work.get(key))) : List.of());
                    if (random.nextInt(6) == 0) {
                        store.fold(table.table());
                    }
                }
                if (random.nextInt(5) == 0) {
                    transaction.rollback();
                } else {
                    transaction.commit();
                    model = work;
                }
            }
        }

        private void statement(SqlTransaction transaction, TableClient table, Map<Long, String> work) {
            int kind = random.nextInt(5);
            if (kind <= 1) {
                insert(transaction, table, work);
                return;
            }
            List<List<@Nullable Object>> chosen = new ArrayList<>();
            for (List<@Nullable Object> row : table.rowsWithIds(transaction, List.of())) {
                if (random.nextInt(3) == 0) {
                    chosen.add(row);
                }
            }
            if (kind == 2) {
                assertThat(table.delete(transaction, chosen)).isEqualTo(chosen.size());
                chosen.forEach(row -> work.remove((Long) Values.required(row.get(1))));
                return;
            }
            update(transaction, table, work, chosen, kind == 3);
        }

        private void insert(SqlTransaction transaction, TableClient table, Map<Long, String> work) {
            TreeMap<Long, String> after = new TreeMap<>(work);
            List<List<@Nullable Object>> rows = new ArrayList<>();
            boolean duplicate = false;
            int count = random.nextInt(4) == 0 ? 40 : 1 + random.nextInt(3);
            for (int i = 0; i < count; i++) {
                long key = random.nextInt(KEYS);
                String value = text();
                if (after.containsKey(key) && random.nextInt(10) != 0) {
                    continue;
                }
                duplicate |= after.put(key, value) != null;
                rows.add(StoreContract.row(key, value));
            }
            check(duplicate, () -> table.insert(transaction, rows));
            if (!duplicate) {
                work.clear();
                work.putAll(after);
            }
        }

        private void update(
                SqlTransaction transaction,
                TableClient table,
                Map<Long, String> work,
                List<List<@Nullable Object>> chosen,
                boolean keys) {
            TreeMap<Long, String> after = new TreeMap<>(work);
            Map<Long, List<@Nullable Object>> changed = new TreeMap<>();
            chosen.forEach(row -> after.remove((Long) Values.required(row.get(1))));
            Set<Long> taken = new HashSet<>(after.keySet());
            boolean duplicate = false;
            for (List<@Nullable Object> row : chosen) {
                Long old = (Long) Values.required(row.get(1));
                long key = keys ? random.nextInt(KEYS) : old;
                if (taken.contains(key) && random.nextInt(10) != 0 && !taken.contains(old)) {
                    key = old;
                }
                duplicate |= !taken.add(key);
                String value = text();
                after.put(key, value);
                changed.put(old, StoreContract.row(key, value));
            }
            check(
                    duplicate,
                    () -> table.update(
                            transaction,
                            chosen,
                            old -> changed.getOrDefault((Long) Values.required(old.getFirst()), List.of())));
            if (!duplicate) {
                work.clear();
                work.putAll(after);
            }
        }

        /** Now and then a value so large that the statement is staged. */
        private String text() {
            return random.nextInt(40) == 0
                    ? "x".repeat(100_000 + random.nextInt(200_000))
                    : Integer.toString(random.nextInt(1000), 36);
        }

        private static void check(boolean fails, Runnable work) {
            try {
                work.run();
                assertThat(fails).as("a duplicate key was accepted").isFalse();
            } catch (KadeException e) {
                if (!fails || e.code() != ErrorCode.UNIQUE_VIOLATION) {
                    throw e;
                }
            }
        }

        private static Map<Long, String> asMap(List<List<@Nullable Object>> rows) {
            TreeMap<Long, String> map = new TreeMap<>();
            for (List<@Nullable Object> row : rows) {
                String before = map.put((Long) Values.required(row.get(0)), (String) Values.required(row.get(1)));
                assertThat(before).as("key %s twice", row.get(0)).isNull();
            }
            return map;
        }
    }
}
