package io.kadedb.storage.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kadedb.common.catalog.CatalogChange;
import io.kadedb.common.catalog.IndexDefinition;
import io.kadedb.common.catalog.IndexDefinition.State;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.control.CancelToken;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import io.kadedb.storage.api.SqlTransaction;
import io.kadedb.storage.api.StatementControl;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Indexes while they are built: what writers do in each state, what the build adds, and what a crash leaves. */
final class OnlineIndexTest {
    private static final String INDEX = "i";

    /** The table after an index over its second column was made in a state. */
    private static TableClient indexed(TableStore store, TableClient table, boolean unique, State state) {
        try (SqlTransaction transaction = store.begin()) {
            TableDefinition definition =
                    transaction.catalog().table("public", table.table().name()).orElseThrow();
            if (definition.index(INDEX).isEmpty()) {
                IndexDefinition index = new IndexDefinition(
                                0,
                                INDEX,
                                List.of(new IndexDefinition.Part(
                                        definition.columns().get(1).id(), false)),
                                unique,
                                false,
                                false,
                                Optional.empty())
                        .withState(state);
                transaction.apply(new CatalogChange.CreateIndex("public", definition.name(), index));
            } else {
                transaction.apply(new CatalogChange.ReplaceTable(definition.withIndexes(
                        List.of(definition.index(INDEX).orElseThrow().withState(state)))));
            }
            transaction.commit();
        }
        return current(store, table);
    }

    private static TableClient current(TableStore store, TableClient table) {
        try (SqlTransaction transaction = store.begin()) {
            return new TableClient(
                    transaction.catalog().table("public", table.table().name()).orElseThrow());
        }
    }

    private static List<@Nullable Object> row(long key, @Nullable Object value) {
        List<@Nullable Object> row = new ArrayList<>();
        row.add(key);
        row.add(value);
        return row;
    }

    private static void insert(TableStore store, TableClient table, List<@Nullable Object> row) {
        try (SqlTransaction transaction = store.begin()) {
            table.insert(transaction, row);
            transaction.commit();
        }
    }

    private static TableClient table(TableStore store) {
        return TableClient.create(store, "t", 1, SqlType.BIGINT, SqlType.BIGINT);
    }

    private static void build(TableStore store, TableClient table) {
        store.buildIndex(
                table.table().id(), table.table().index(INDEX).orElseThrow().id(), StatementControl.unlimited());
    }

    private static int found(TableStore store, TableClient table, long value) {
        try (SqlTransaction transaction = store.begin()) {
            return table.lookup(transaction, INDEX, row(value, null).subList(0, 1))
                    .size();
        }
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void rowsOfEachStateAreInTheIndexInTheEnd(boolean cipher) {
        try (ArenaPool pool = new ArenaPool()) {
            StoreConfig config = StoreConfig.inMemory(pool);
            try (TableStore store = (TableStore) Stores.open(cipher ? config.withTestCipher() : config)) {
                TableClient table = table(store);
                insert(store, table, row(1, 10L));
                insert(store, table, row(2, 20L));
                table = indexed(store, table, true, State.DELETE_ONLY);
                insert(store, table, row(3, 30L));
                table = indexed(store, table, true, State.WRITE_ONLY);
                insert(store, table, row(4, 40L));
                build(store, table);
                table = current(store, table);
                assertThat(table.table().index(INDEX).orElseThrow().isPublic()).isTrue();
                for (int i = 1; i <= 4; i++) {
                    assertThat(found(store, table, 10L * i)).as("row " + i).isEqualTo(1);
                }
                Checks.assertSound(store);
            }
        }
    }

    /** The key of a row that is not in the index yet may be that of another row which is. */
    @Test
    void removingARowLeavesTheEntryOfAnother() {
        try (ArenaPool pool = new ArenaPool();
                TableStore store = (TableStore) Stores.open(StoreConfig.inMemory(pool))) {
            TableClient table = table(store);
            insert(store, table, row(1, 10L));
            table = indexed(store, table, true, State.WRITE_ONLY);
            insert(store, table, row(2, 10L));
            TableClient now = table;
            assertThatExceptionOfType(KadeException.class)
                    .as("two written rows with one key")
                    .isThrownBy(() -> insert(store, now, row(3, 10L)))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.UNIQUE_VIOLATION));
            try (SqlTransaction transaction = store.begin()) {
                List<List<@Nullable Object>> rows = table.rowsWithIds(transaction, List.of()).stream()
                        .filter(row -> Long.valueOf(1).equals(row.get(1)))
                        .toList();
                table.delete(transaction, rows);
                transaction.commit();
            }
            build(store, table);
            assertThat(found(store, current(store, table), 10L)).isEqualTo(1);
            Checks.assertSound(store);
        }
    }

    @Test
    void aDuplicateKeyIsNamedAndTakesTheIndexAway() {
        try (ArenaPool pool = new ArenaPool();
                TableStore store = (TableStore) Stores.open(StoreConfig.inMemory(pool))) {
            TableClient table = table(store);
            insert(store, table, row(1, 10L));
            insert(store, table, row(2, 10L));
            TableClient indexed = indexed(store, table, true, State.DELETE_ONLY);
            assertThatExceptionOfType(KadeException.class)
                    .isThrownBy(() -> build(store, indexed))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.UNIQUE_VIOLATION))
                    .satisfies(e -> assertThat(e.detail()).contains("Key (c1)=(10) is duplicated."));
            assertThat(current(store, table).table().indexes()).isEmpty();
            Checks.assertSound(store);
        }
    }

    @Test
    void aCancelledBuildLeavesNothing() {
        try (ArenaPool pool = new ArenaPool();
                TableStore store = (TableStore) Stores.open(StoreConfig.inMemory(pool))) {
            TableClient table = table(store);
            insert(store, table, row(1, 10L));
            TableClient indexed = indexed(store, table, false, State.DELETE_ONLY);
            CancelToken token = CancelToken.unbounded();
            token.cancel();
            assertThatExceptionOfType(KadeException.class)
                    .isThrownBy(() -> store.buildIndex(
                            indexed.table().id(),
                            indexed.table().index(INDEX).orElseThrow().id(),
                            new StatementControl(token, 0)))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.QUERY_CANCELED));
            assertThat(current(store, table).table().indexes()).isEmpty();
            Checks.assertSound(store);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = State.class,
            names = {"DELETE_ONLY", "WRITE_ONLY"})
    void whatAnEarlierProcessDidNotFinishIsTakenAway(State state, @TempDir Path directory) {
        try (ArenaPool pool = new ArenaPool()) {
            StoreConfig config = StoreConfig.inDirectory(directory, pool);
            try (TableStore store = (TableStore) Stores.open(config)) {
                TableClient table = table(store);
                insert(store, table, row(1, 10L));
                table = indexed(store, table, true, state);
                insert(store, table, row(2, 20L));
            }
            try (TableStore store = (TableStore) Stores.open(config)) {
                try (SqlTransaction transaction = store.begin()) {
                    assertThat(transaction
                                    .catalog()
                                    .table("public", "t")
                                    .orElseThrow()
                                    .indexes())
                            .isEmpty();
                }
                Checks.assertSound(store);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void writersGoOn(boolean unique) throws Exception {
        long seed = Long.getLong("kadedb.seed", System.nanoTime());
        SplittableRandom seeds = new SplittableRandom(seed);
        AtomicBoolean stop = new AtomicBoolean();
        try (ArenaPool pool = new ArenaPool();
                TableStore store = (TableStore) Stores.open(StoreConfig.inMemory(pool));
                ExecutorService writers = Executors.newFixedThreadPool(3)) {
            TableClient table = table(store);
            try (SqlTransaction transaction = store.begin()) {
                List<List<@Nullable Object>> rows = new ArrayList<>();
                for (long i = 0; i < 6_000; i++) {
                    rows.add(row(i, i));
                }
                table.insert(transaction, rows);
                transaction.commit();
            }
            List<Future<Integer>> running = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                SplittableRandom random = seeds.split();
                long own = i;
                running.add(writers.submit(() -> write(store, table, own, random, stop)));
            }
            try {
                for (int i = 0; i < 5; i++) {
                    TableClient indexed = indexed(store, table, unique, State.DELETE_ONLY);
                    build(store, indexed);
                    Checks.assertSound(store);
                    try (SqlTransaction transaction = store.begin()) {
                        transaction.apply(new CatalogChange.DropIndex("public", "t", INDEX));
                        transaction.commit();
                    }
                }
            } finally {
                stop.set(true);
            }
            int written = 0;
            for (Future<Integer> each : running) {
                written += each.get();
            }
            assertThat(written).as("kadedb.seed=" + seed).isPositive();
            Checks.assertSound(store);
        } catch (AssertionError | KadeException e) {
            throw new AssertionError("kadedb.seed=" + seed, e);
        }
    }

    /** Changes rows until it is told to stop; each writer has keys and values of its own. */
    private static int write(
            TableStore store, TableClient table, long own, SplittableRandom random, AtomicBoolean stop) {
        int commits = 0;
        long next = 1_000_000 * (own + 1);
        while (!stop.get()) {
            long value = next++;
            try (SqlTransaction transaction = store.begin()) {
                TableClient now = new TableClient(transaction
                        .catalog()
                        .table("public", table.table().name())
                        .orElseThrow());
                long key = random.nextLong(2_000) * 3 + own;
                List<List<@Nullable Object>> found = now.rowsWithIds(transaction, List.of()).stream()
                        .filter(row -> Long.valueOf(key).equals(row.get(1)))
                        .toList();
                if (found.isEmpty()) {
                    now.insert(transaction, row(key, value));
                } else if (random.nextInt(3) == 0) {
                    now.delete(transaction, found);
                } else {
                    now.update(transaction, found, row -> row(key, value));
                }
                transaction.commit();
                commits++;
            } catch (KadeException e) {
                if (e.code() != ErrorCode.SERIALIZATION_FAILURE && e.code() != ErrorCode.DEADLOCK_DETECTED) {
                    throw e;
                }
            }
        }
        return commits;
    }
}
