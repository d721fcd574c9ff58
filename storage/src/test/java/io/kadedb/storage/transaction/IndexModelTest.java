package io.kadedb.storage.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.inverted.TermClass;
import io.kadedb.common.inverted.TermOperator;
import io.kadedb.common.inverted.TermQueries;
import io.kadedb.common.inverted.TermQuery;
import io.kadedb.common.type.ArrayBytes;
import io.kadedb.common.type.ArrayValue;
import io.kadedb.common.type.SqlType;
import io.kadedb.storage.api.KeySpan;
import io.kadedb.storage.api.SqlTransaction;
import io.kadedb.storage.table.IndexTable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What indexes find and refuse under random statements, transactions and folds, against a sorted map. */
final class IndexModelTest {
    private static final int KEYS = 60;
    private static final int GROUPS = 5;
    private static final int FEW_TAGS = 12;
    private static final SqlType TAGS = SqlType.array(SqlType.INTEGER);

    @ParameterizedTest
    @CsvSource({"false, 1", "false, 0", "true, 1"})
    void agreesWithASortedMap(boolean cipher, int keyColumns) {
        long seed = Long.getLong("kadedb.seed", System.nanoTime());
        SplittableRandom seeds = new SplittableRandom(seed);
        for (int round = 0; round < 6; round++) {
            try {
                new Run(seeds.split(), cipher, keyColumns).run();
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("kadedb.seed=" + seed + ", round " + round, e);
            }
        }
    }

    /** One store and its model: rows of a key, a group with an index, a number with a unique index, a text, and tags with an inverted one. */
    private static final class Run {
        private final SplittableRandom random;
        private final boolean cipher;
        private final int keyColumns;
        private TreeMap<Long, List<@Nullable Object>> model = new TreeMap<>();

        Run(SplittableRandom random, boolean cipher, int keyColumns) {
            this.random = random;
            this.cipher = cipher;
            this.keyColumns = keyColumns;
        }

        void run() {
            try (ArenaPool pool = new ArenaPool()) {
                StoreConfig config = StoreConfig.inMemory(pool).withColumnCacheBytes(random.nextInt(100_000));
                try (TableStore store = (TableStore) Stores.open(cipher ? config.withTestCipher() : config)) {
                    TableClient table = TableClient.create(
                            store,
                            "t",
                            keyColumns,
                            SqlType.INTEGER,
                            SqlType.INTEGER,
                            SqlType.INTEGER,
                            SqlType.TEXT,
                            TAGS);
                    int indexed = random.nextInt(10);
                    for (int i = 0; i < 40; i++) {
                        if (i == indexed) {
                            table = indexed(store, table);
                        }
                        transaction(store, table);
                        foldSome(store, table);
                    }
                    Checks.assertSound(store);
                }
            }
        }

        private static TableClient indexed(TableStore store, TableClient table) {
            try (SqlTransaction transaction = store.begin()) {
                TableClient after = table.index(transaction, "groups", false, 1)
                        .index(transaction, "numbers", true, 2)
                        .inverted(transaction, "tags", TermClass.ARRAY, 4);
                transaction.commit();
                return after;
            }
        }

        private void foldSome(TableStore store, TableClient table) {
            if (random.nextInt(5) == 0) {
                store.fold(table.table());
            }
            table.table().indexes().forEach(index -> {
                if (random.nextInt(5) == 0) {
                    store.fold(IndexTable.of(table.table(), index).table());
                }
            });
        }

        private void transaction(TableStore store, TableClient table) {
            TreeMap<Long, List<@Nullable Object>> work = new TreeMap<>(model);
            try (SqlTransaction transaction = store.begin()) {
                for (int i = random.nextInt(4); i >= 0; i--) {
                    statement(transaction, table, work);
                    check(transaction, table, work);
                    if (random.nextInt(3) == 0) {
                        foldSome(store, table);
                    }
                }
                if (random.nextInt(5) == 0) {
                    transaction.rollback();
                } else {
                    transaction.commit();
                    model = work;
                }
            }
            try (SqlTransaction transaction = store.begin()) {
                check(transaction, table, model);
            }
        }

        private void check(SqlTransaction transaction, TableClient table, Map<Long, List<@Nullable Object>> rows) {
            assertThat(table.rows(transaction)).isEqualTo(sorted(List.copyOf(rows.values())));
            if (!cipher && keyColumns > 0) {
                checkSpan(transaction, table, rows, null, 0, KEYS + 10);
            }
            if (table.table().indexes().isEmpty()) {
                return;
            }
            if (!cipher) {
                checkSpan(transaction, table, rows, "groups", 1, GROUPS);
                checkSpan(transaction, table, rows, "numbers", 2, random.nextBoolean() ? KEYS : 1_001_000);
                Object group = Long.valueOf(random.nextInt(GROUPS));
                assertThat(table.lookup(transaction, "groups", StoreContract.row(group)))
                        .isEqualTo(sorted(rows.values().stream()
                                .filter(row -> Objects.equals(row.get(1), group))
                                .toList()));
            }
            for (List<@Nullable Object> row : rows.values()) {
                if (row.get(2) != null) {
                    assertThat(table.lookup(transaction, "numbers", StoreContract.row(row.get(2))))
                            .containsExactly(row);
                }
            }
            if (!cipher) {
                checkTags(transaction, table, rows);
            }
            Object number = Long.valueOf(random.nextInt(KEYS));
            assertThat(table.lookup(transaction, "numbers", StoreContract.row(number)))
                    .isEqualTo(sorted(rows.values().stream()
                            .filter(row -> Objects.equals(row.get(2), number))
                            .toList()));
        }

        /** Reads a random span of a key, all of it or its beginning, and compares it with a sort of the rows. */
        private void checkSpan(
                SqlTransaction transaction,
                TableClient table,
                Map<Long, List<@Nullable Object>> rows,
                @Nullable String index,
                int column,
                int most) {
            Long lower = random.nextInt(3) == 0 ? null : (Long) (long) random.nextInt(most);
            Long upper = random.nextInt(3) == 0 ? null : (Long) (long) random.nextInt(most);
            boolean inclusive = random.nextBoolean();
            boolean descending = random.nextBoolean();
            boolean nulls = lower == null && upper == null && random.nextBoolean();
            KeySpan span = table.span(column, lower, upper, inclusive, descending);
            if (nulls) {
                span = new KeySpan(
                        span.equal(), 0, span.lower(), span.upper(), KeySpan.Nulls.WITH, descending, random.nextInt(9));
            }
            int batches = random.nextInt(3) == 0 ? 1 + random.nextInt(3) : Integer.MAX_VALUE;
            List<List<@Nullable Object>> expected = new ArrayList<>();
            for (List<@Nullable Object> row : rows.values()) {
                Long value = (Long) row.get(column);
                if (value == null ? nulls : isWithin(value, lower, upper, inclusive)) {
                    expected.add(row);
                }
            }
            Comparator<List<@Nullable Object>> order = Comparator.comparing(
                    (List<@Nullable Object> row) -> (Long) row.get(column), Comparator.nullsFirst(Long::compare));
            expected.sort(descending ? order.reversed() : order);
            List<List<@Nullable Object>> found = table.readSpan(transaction, index, span, batches);
            List<@Nullable Object> keys = new ArrayList<>();
            expected.subList(0, Math.min(expected.size(), found.size())).forEach(row -> keys.add(row.get(column)));
            List<@Nullable Object> foundKeys = new ArrayList<>();
            found.forEach(row -> foundKeys.add(row.get(column)));
            assertThat(foundKeys).as("%s of %s", span, index).isEqualTo(keys);
            if (batches == Integer.MAX_VALUE) {
                assertThat(sorted(found)).isEqualTo(sorted(expected));
            } else {
                assertThat(expected).containsAll(found);
            }
        }

        private static boolean isWithin(long value, @Nullable Long lower, @Nullable Long upper, boolean inclusive) {
            int room = inclusive ? 0 : 1;
            return (lower == null || value >= lower + room) && (upper == null || value <= upper - room);
        }

        /** A search for one of some tags gives just the rows that have it, one for several tags others among them. */
        private void checkTags(SqlTransaction transaction, TableClient table, Map<Long, List<@Nullable Object>> rows) {
            TermOperator operator = random.nextBoolean() ? TermOperator.OVERLAPS : TermOperator.CONTAINS;
            List<Long> wanted = random.ints(1 + random.nextInt(3), 0, FEW_TAGS)
                    .mapToObj(Long::valueOf)
                    .toList();
            TermQuery query = TermQueries.of(0, TermClass.ARRAY, operator, tags(wanted), TAGS);
            List<List<@Nullable Object>> found = new ArrayList<>();
            boolean used = table.search(transaction, "tags", query, found);
            List<List<@Nullable Object>> expected = sorted(rows.values().stream()
                    .filter(row -> row.get(4) instanceof ByteBuffer bytes && meets(bytes, operator, wanted))
                    .toList());
            assertThat(found).doesNotHaveDuplicates().containsAll(expected);
            assertThat(rows.values()).containsAll(found);
            if (used && (wanted.size() == 1 || operator == TermOperator.OVERLAPS)) {
                assertThat(found).isEqualTo(expected);
            }
        }

        private static boolean meets(ByteBuffer tags, TermOperator operator, List<Long> wanted) {
            List<@Nullable Object> elements =
                    ArrayBytes.decode(tags, TAGS.element()).elements();
            return operator == TermOperator.OVERLAPS
                    ? wanted.stream().anyMatch(elements::contains)
                    : wanted.stream().allMatch(elements::contains);
        }

        private static ByteBuffer tags(List<Long> tags) {
            return ArrayBytes.encode(ArrayValue.of(tags), TAGS.element());
        }

        private static List<List<@Nullable Object>> sorted(List<List<@Nullable Object>> rows) {
            List<List<@Nullable Object>> sorted = new ArrayList<>(rows);
            sorted.sort(Comparator.comparing(Object::toString));
            return sorted;
        }

        private void statement(SqlTransaction transaction, TableClient table, Map<Long, List<@Nullable Object>> work) {
            TreeMap<Long, List<@Nullable Object>> after = new TreeMap<>(work);
            int kind = random.nextInt(4);
            List<List<@Nullable Object>> chosen = new ArrayList<>();
            for (List<@Nullable Object> row : table.rowsWithIds(transaction, List.of())) {
                if (random.nextInt(3) == 0) {
                    chosen.add(row);
                }
            }
            if (kind == 0) {
                for (List<@Nullable Object> row : chosen) {
                    work.remove(keyBehindId(row));
                }
                assertThat(table.delete(transaction, chosen)).isEqualTo(chosen.size());
                return;
            }
            List<List<@Nullable Object>> fresh = new ArrayList<>();
            TreeMap<Long, List<@Nullable Object>> changed = new TreeMap<>();
            boolean duplicate = false;
            if (kind == 1) {
                for (List<@Nullable Object> row : chosen) {
                    after.remove(keyBehindId(row));
                }
                for (List<@Nullable Object> row : chosen) {
                    long key = keyBehindId(row);
                    List<@Nullable Object> next = row(random.nextInt(3) == 0 ? free(after, key) : key);
                    if (after.put(key(next), next) != null) {
                        return;
                    }
                    changed.put(key, next);
                }
            } else {
                for (int i = random.nextInt(kind == 2 ? 3 : 30); i >= 0; i--) {
                    List<@Nullable Object> row = row(free(after, -1));
                    after.put(key(row), row);
                    fresh.add(row);
                }
            }
            Set<Object> numbers = new HashSet<>();
            for (List<@Nullable Object> row : after.values()) {
                Object number = row.get(2);
                duplicate |= number != null && !numbers.add(number);
            }
            if (duplicate && table.table().indexes().isEmpty()) {
                // The unique index is still to be built.
                return;
            }
            try {
                if (kind == 1) {
                    table.update(transaction, chosen, old -> changed.getOrDefault(key(old), List.of()));
                } else {
                    table.insert(transaction, fresh);
                }
                assertThat(duplicate).as("a duplicate was accepted").isFalse();
                work.clear();
                work.putAll(after);
            } catch (KadeException e) {
                if (!duplicate || e.code() != ErrorCode.UNIQUE_VIOLATION) {
                    throw e;
                }
            }
        }

        /** A key that no row has, near the wanted one. */
        private long free(Map<Long, List<@Nullable Object>> rows, long wanted) {
            long key = random.nextInt(KEYS);
            while (rows.containsKey(key) || key == wanted) {
                key++;
            }
            return key;
        }

        private static long keyBehindId(List<@Nullable Object> row) {
            return (Long) Values.required(row.get(1));
        }

        private static long key(List<@Nullable Object> row) {
            return (Long) Values.required(row.getFirst());
        }

        private List<@Nullable Object> row(long key) {
            String text = random.nextInt(60) == 0 ? "x".repeat(100_000 + random.nextInt(200_000)) : "t";
            boolean few = random.nextInt(10) == 0;
            return StoreContract.row(
                    key,
                    random.nextInt(6) == 0 ? null : (Long) (long) random.nextInt(GROUPS),
                    random.nextInt(3) == 0
                            ? null
                            : (Long) (few ? random.nextInt(KEYS) : 1_000 + (long) random.nextInt(1_000_000)),
                    text,
                    random.nextInt(8) == 0 ? null : tags());
        }

        private ByteBuffer tags() {
            int count = random.nextInt(300) == 0 ? 20_000 : random.nextInt(7);
            return tags(random.ints(count, 0, count > FEW_TAGS ? 100_000 : FEW_TAGS)
                    .mapToObj(Long::valueOf)
                    .toList());
        }
    }
}
