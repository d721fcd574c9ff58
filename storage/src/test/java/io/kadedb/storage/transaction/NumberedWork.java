package io.kadedb.storage.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import io.kadedb.storage.api.ColumnRange;
import io.kadedb.storage.api.KeySpace;
import io.kadedb.storage.api.SqlTransaction;
import io.kadedb.storage.table.IndexTable;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Work whose result follows from how much of it was done: the transactions of each client are numbered, and each writes its
 * number beside its rows. So what a store has after a crash tells whether transactions are there as a whole, in order, and
 * all that were acknowledged. Clients also move money between accounts that all of them use.
 */
public final class NumberedWork implements AutoCloseable {
    public static final int CLIENTS = 3;
    private static final int KEYS = 40;
    private static final long MANY = 10_000;
    private static final int MANY_ROWS = 1_200;
    private static final int ACCOUNTS = 6;
    private static final long EACH = 100;
    /** Keys of rows whose transactions are rolled back. */
    private static final long NEVER = 9_000;

    /** What others do may stop a transaction, and the short time for which versions are kept. */
    private static final Set<ErrorCode> AGAIN =
            EnumSet.of(ErrorCode.SERIALIZATION_FAILURE, ErrorCode.DEADLOCK_DETECTED, ErrorCode.SNAPSHOT_TOO_OLD);

    private final long seed;
    private final ArenaPool pool = ArenaPool.collected();
    private final KeySpace space;
    private final TableStore store;
    private final TableClient rows;
    private final TableClient progress;
    private final TableClient accounts;
    private final List<TreeMap<Long, List<@Nullable Object>>> models = new ArrayList<>();
    private final long[] done = new long[CLIENTS];

    /** Opens a key space's tables, or makes them. */
    public NumberedWork(long seed, KeySpace space) {
        this.seed = seed;
        this.space = space;
        boolean open = false;
        try {
            this.store = new TableStore(space, StoreConfig.inMemory(pool).withColumnCacheBytes(100_000));
            boolean fresh;
            try (SqlTransaction transaction = store.begin()) {
                fresh = transaction.catalog().table("public", "t").isEmpty();
            }
            if (fresh) {
                create();
            }
            rows = table("t");
            progress = table("progress");
            accounts = table("accounts");
            for (int client = 0; client < CLIENTS; client++) {
                models.add(new TreeMap<>());
            }
            open = true;
        } finally {
            if (!open) {
                space.close();
            }
        }
    }

    private void create() {
        try (SqlTransaction transaction = store.begin()) {
            TableClient.create(
                            transaction,
                            "t",
                            2,
                            SqlType.INTEGER,
                            SqlType.BIGINT,
                            SqlType.INTEGER,
                            SqlType.BIGINT,
                            SqlType.TEXT)
                    .index(transaction, "groups", false, 2)
                    .index(transaction, "numbers", true, 3);
            TableClient counted = TableClient.create(transaction, "progress", 1, SqlType.INTEGER, SqlType.BIGINT);
            for (long client = 0; client < CLIENTS; client++) {
                counted.insert(transaction, StoreContract.row(client, 0L));
            }
            TableClient money = TableClient.create(transaction, "accounts", 1, SqlType.INTEGER, SqlType.BIGINT);
            for (long account = 0; account < ACCOUNTS; account++) {
                money.insert(transaction, StoreContract.row(account, EACH));
            }
            transaction.commit();
        }
    }

    private TableClient table(String name) {
        try (SqlTransaction transaction = store.begin()) {
            return new TableClient(transaction.catalog().table("public", name).orElseThrow());
        }
    }

    /**
     * Compares the store with what follows from the numbers in it.
     *
     * @param acknowledged the number of each client's last transaction that has to be there; one more may be
     * @return the numbers that are there
     */
    public long[] check(long[] acknowledged) {
        long[] numbers = compare(acknowledged);
        Checks.assertSound(store);
        return numbers;
    }

    /** As {@link #check}, without the check of the database; nothing is known of numbers that are not given. */
    public long[] compare(long[] acknowledged) {
        try (SqlTransaction transaction = store.begin()) {
            for (List<@Nullable Object> row : progress.rows(transaction)) {
                int client = Math.toIntExact((Long) Values.required(row.get(0)));
                long number = (Long) Values.required(row.get(1));
                if (acknowledged.length > 0) {
                    assertThat(number)
                            .as("transactions of client %d", client)
                            .isBetween(acknowledged[client], acknowledged[client] + 1);
                }
                catchUp(client, number);
            }
            List<Map<Long, List<@Nullable Object>>> found = new ArrayList<>();
            models.forEach(model -> found.add(new TreeMap<>()));
            for (List<@Nullable Object> row : rows.rowsWithIds(transaction, List.of())) {
                int client = Math.toIntExact((Long) Values.required(row.get(1)));
                Object twice = found.get(client).put((Long) Values.required(row.get(2)), row.subList(1, row.size()));
                assertThat(twice).as("another row with the key of %s", row).isNull();
            }
            assertThat(found).isEqualTo(models);
            long sum = 0;
            for (List<@Nullable Object> row : accounts.rows(transaction)) {
                sum += (Long) Values.required(row.get(1));
            }
            assertThat(sum).as("money of all accounts").isEqualTo(ACCOUNTS * EACH);
        }
        return done.clone();
    }

    /** What the check of the database finds. */
    public List<String> damages() {
        return Checks.damages(store);
    }

    private void catchUp(int client, long number) {
        while (done[client] < number) {
            done[client]++;
            for (Change change : changes(client, done[client])) {
                change.applyTo(models.get(client));
            }
        }
    }

    /** A row that is added, changed or, without values, removed. */
    private record Change(long key, @Nullable List<@Nullable Object> row) {
        void applyTo(Map<Long, List<@Nullable Object>> model) {
            if (row == null) {
                model.remove(key);
            } else {
                model.put(key, row);
            }
        }
    }

    /** What a client's next transaction does, by seed and number; where it adds many rows it removes the many before. */
    private List<Change> changes(int client, long number) {
        SplittableRandom random = new SplittableRandom(seed * 31 + client * 7_919L + number * 104_729L);
        TreeMap<Long, List<@Nullable Object>> model = models.get(client);
        List<Change> changes = new ArrayList<>();
        if (random.nextInt(60) == 0) {
            model.tailMap(MANY).keySet().forEach(key -> changes.add(new Change(key, null)));
            String text = "many".repeat(900 + random.nextInt(100));
            for (int i = 0; i < MANY_ROWS; i++) {
                long key = MANY + number * MANY_ROWS + i;
                changes.add(new Change(key, row(client, key, i % 7, number * 10_000 + i, text)));
            }
            return changes;
        }
        Map<Long, Change> byKey = new HashMap<>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            long key = random.nextInt(KEYS);
            boolean removed = model.containsKey(key) && random.nextInt(3) == 0;
            String text = "x".repeat(random.nextInt(8) == 0 ? random.nextInt(20_000) : random.nextInt(100));
            byKey.put(
                    key,
                    new Change(key, removed ? null : row(client, key, random.nextInt(5), number * 10_000 + i, text)));
        }
        changes.addAll(byKey.values());
        return changes;
    }

    private static List<@Nullable Object> row(int client, long key, int group, long number, String text) {
        return StoreContract.row((long) client, key, (long) group, client * 1_000_000_000_000L + number, text);
    }

    /** Does a client's next transaction, and gives its number. */
    public long next(int client, SplittableRandom random) {
        long number = done[client] + 1;
        List<Change> changes = changes(client, number);
        while (true) {
            try (SqlTransaction transaction = store.begin()) {
                if (random.nextInt(8) == 0) {
                    abandon(client);
                }
                apply(transaction, client, changes);
                count(transaction, client, number);
                if (random.nextInt(3) == 0) {
                    transfer(transaction, random);
                }
                transaction.commit();
                break;
            } catch (KadeException e) {
                if (!AGAIN.contains(e.code())) {
                    throw e;
                }
            }
        }
        catchUp(client, number);
        return number;
    }

    private void abandon(int client) {
        try (SqlTransaction transaction = store.begin()) {
            rows.insert(transaction, row(client, NEVER, 1, -client - 1L, "never"));
            transaction.rollback();
        }
    }

    private void apply(SqlTransaction transaction, int client, List<Change> changes) {
        boolean many = changes.size() > KEYS;
        List<ColumnRange> own = List.of(
                new ColumnRange(0, (long) client, true, (long) client, true),
                new ColumnRange(1, many ? MANY : 0, true, many ? Long.MAX_VALUE : MANY, true));
        Map<Long, List<@Nullable Object>> found = new HashMap<>();
        for (List<@Nullable Object> row : rows.rowsWithIds(transaction, own)) {
            if (Long.valueOf(client).equals(row.get(1))) {
                found.put((Long) Values.required(row.get(2)), row);
            }
        }
        List<List<@Nullable Object>> added = new ArrayList<>();
        List<List<@Nullable Object>> changed = new ArrayList<>();
        List<List<@Nullable Object>> removed = new ArrayList<>();
        Map<Long, List<@Nullable Object>> values = new HashMap<>();
        for (Change change : changes) {
            List<@Nullable Object> old = found.get(change.key);
            if (old == null) {
                added.add(java.util.Objects.requireNonNull(change.row));
            } else if (change.row == null) {
                removed.add(old);
            } else {
                changed.add(old);
                values.put(change.key, change.row);
            }
        }
        if (!removed.isEmpty()) {
            rows.delete(transaction, removed);
        }
        if (!changed.isEmpty()) {
            rows.update(
                    transaction, changed, old -> values.getOrDefault((Long) Values.required(old.get(1)), List.of()));
        }
        if (!added.isEmpty()) {
            rows.insert(transaction, added);
        }
    }

    private void count(SqlTransaction transaction, long client, long number) {
        List<List<@Nullable Object>> own = new ArrayList<>(
                progress.rowsWithIds(transaction, List.of(new ColumnRange(0, client, true, client, true))));
        own.removeIf(row -> !Long.valueOf(client).equals(row.get(1)));
        progress.update(transaction, own, old -> StoreContract.row(client, number));
    }

    private void transfer(SqlTransaction transaction, SplittableRandom random) {
        long from = random.nextInt(ACCOUNTS);
        long to = (from + 1 + random.nextInt(ACCOUNTS - 1)) % ACCOUNTS;
        long amount = random.nextInt(10);
        for (long account : new long[] {from, to}) {
            List<List<@Nullable Object>> found = new ArrayList<>(
                    accounts.rowsWithIds(transaction, List.of(new ColumnRange(0, account, true, account, true))));
            found.removeIf(row -> !Long.valueOf(account).equals(row.get(1)));
            long change = account == from ? -amount : amount;
            accounts.update(
                    transaction, found, old -> StoreContract.row(account, (Long) Values.required(old.get(1)) + change));
        }
    }

    /** Folds what there is to fold, and removes old versions; what that keeps from being read is left for the next time. */
    public void tidy() {
        try {
            store.fold(rows.table());
            rows.table()
                    .indexes()
                    .forEach(index ->
                            store.fold(IndexTable.of(rows.table(), index).table()));
            store.fold(accounts.table());
            space.collectGarbage();
        } catch (KadeException e) {
            if (!AGAIN.contains(e.code())) {
                throw e;
            }
        }
    }

    @Override
    public void close() {
        try {
            store.close();
        } finally {
            pool.close();
        }
    }
}
