package io.kadedb.sqltests.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.sqltests.file.Sql;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Random statements on a table with indexes of every kind, and on one with none: they find and refuse the same. */
class IndexJudgeTest {
    private static final int STATEMENTS = 110;

    /** Lost to another transaction. */
    private static final Set<String> LOST = Set.of("40001", "40P01");

    private static final List<String> INDEXES = List.of(
            "create index on t (a)",
            "create index on t (a, b desc nulls last)",
            "create index on t (lower(c))",
            "create index on t ((a + b), c)",
            "create index on t (b) where a > 3",
            "create index on t (c) include (b, d) where d is not null",
            "create unique index u on t (upper(c), b) where a = 7",
            "create index on t (a) include (c)");

    private static final List<String> CONDITIONS = List.of(
            "a = %d",
            "a = %d and b = %d",
            "lower(c) = 'c%d'",
            "a + b = %d",
            "a + b = %d and c = 'C%d'",
            "b = %d and a > 5",
            "b = %d and a = 4",
            "b = %d and a > 2",
            "c = 'C%d' and d is not null",
            "c = 'C%d' and d = %d",
            "upper(c) = 'C%d' and b = %d and a = 7",
            "upper(c) = 'C%d' and a = 7",
            "a in (%d, %d)");

    private static void assertSound(Connection connection, String what) throws SQLException {
        assertThat(Sql.rows(connection, "check database").stream()
                        .filter(row -> !row.endsWith("|null|"))
                        .toList())
                .as(what)
                .isEmpty();
    }

    private static String filled(String text, SplittableRandom random) {
        String filled = text;
        while (filled.contains("%d")) {
            filled = filled.replaceFirst("%d", Integer.toString(random.nextInt(12)));
        }
        return filled;
    }

    private static String number(SplittableRandom random) {
        return random.nextInt(8) == 0 ? "null" : Integer.toString(random.nextInt(12));
    }

    private static String text(SplittableRandom random) {
        int which = random.nextInt(13);
        return which == 12 ? "null" : (random.nextBoolean() ? "'C" : "'c") + which + "'";
    }

    private static String change(SplittableRandom random, int next) {
        String row = "%s, %s, %s, %s".formatted(number(random), number(random), text(random), number(random));
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> "insert into # values (" + next + ", " + row + ")";
            case 3 ->
                "update # set a = %s, c = %s where id %% 13 = %d"
                        .formatted(number(random), text(random), random.nextInt(13));
            case 4 ->
                "update # set b = %s, d = %s where %s"
                        .formatted(number(random), number(random), filled(CONDITIONS.get(random.nextInt(13)), random));
            case 5 -> "update # set a = a + 1 where b = " + random.nextInt(12);
            case 6 -> "delete from # where id % 17 = " + random.nextInt(17);
            default ->
                "insert into # select id + 100000, a, b, c, d from # where a = %d and id < 100000 on conflict (id) do nothing"
                        .formatted(random.nextInt(12));
        };
    }

    @Test
    void indexesFindWhatScansFind() throws SQLException {
        long seed = Long.getLong("kadedb.seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        try (Connection connection = DriverManager.getConnection("jdbc:kadedb:mem:")) {
            for (String table : List.of("t", "plain")) {
                Sql.run(connection, "create table " + table + " (id int primary key, a int, b int, c text, d int)");
            }
            List<String> waiting = new ArrayList<>(INDEXES);
            for (int i = 0; i < STATEMENTS; i++) {
                if (i % 10 == 5 && !waiting.isEmpty()) {
                    makeIndex(connection, waiting.remove(random.nextInt(waiting.size())));
                }
                String change = change(random, i);
                String refused = "";
                try {
                    Sql.run(connection, change.replace("#", "t"));
                } catch (SQLException e) {
                    refused = e.getSQLState();
                }
                String what = "kadedb.seed=" + seed + ", statement " + i + ": " + change;
                if (refused.isEmpty()) {
                    Sql.run(connection, change.replace("#", "plain"));
                } else {
                    assertThat(refused).as(what).isEqualTo("23505");
                }
                String condition = filled(CONDITIONS.get(random.nextInt(CONDITIONS.size())), random);
                for (String columns : List.of("*", "id", "b, d", "a, c")) {
                    String query = "select " + columns + " from # where " + condition + " order by 1, 2";
                    String asked = columns.equals("id") ? query.replace("order by 1, 2", "order by 1") : query;
                    assertThat(Sql.rows(connection, asked.replace("#", "t")))
                            .as(what + "; " + asked)
                            .containsExactlyInAnyOrderElementsOf(Sql.rows(connection, asked.replace("#", "plain")));
                }
            }
            assertSound(connection, "kadedb.seed=" + seed);
        }
    }

    /** The unique one cannot be made once there are two rows with one key. */
    private static void makeIndex(Connection connection, String sql) throws SQLException {
        try {
            Sql.run(connection, sql);
        } catch (SQLException e) {
            assertThat(e.getSQLState()).as(sql).isEqualTo("23505");
        }
    }

    @Test
    void readersAndWritersGoOnWhileIndexesAreBuilt() throws Exception {
        long seed = Long.getLong("kadedb.seed", System.nanoTime());
        SplittableRandom seeds = new SplittableRandom(seed);
        AtomicBoolean stop = new AtomicBoolean();
        String url = "jdbc:kadedb:mem:building" + Long.toHexString(seed);
        try (Connection connection = DriverManager.getConnection(url);
                ExecutorService others = Executors.newFixedThreadPool(3)) {
            Sql.run(connection, "create table t (id int primary key, a int, b int, c text, d int)");
            Sql.run(
                    connection,
                    "insert into t select i, i % 12, i % 11, 'C' || i % 10, i % 9 from generate_series(200000, 202500)"
                            + " as g(i)");
            List<Future<Integer>> running = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                SplittableRandom random = seeds.split();
                int first = 300_000 * (i + 1);
                running.add(others.submit(() -> write(url, random, first, stop)));
            }
            SplittableRandom random = seeds.split();
            running.add(others.submit(() -> read(url, random, stop)));
            try {
                for (String index : INDEXES) {
                    makeIndex(connection, index);
                }
                Sql.run(connection, "drop index t_a_idx");
                assertSound(connection, "kadedb.seed=" + seed);
            } finally {
                stop.set(true);
            }
            for (Future<Integer> each : running) {
                assertThat(each.get()).as("kadedb.seed=" + seed).isPositive();
            }
            assertSound(connection, "kadedb.seed=" + seed);
        }
    }

    private static int write(String url, SplittableRandom random, int first, AtomicBoolean stop) throws SQLException {
        int done = 0;
        try (Connection connection = DriverManager.getConnection(url)) {
            while (!stop.get()) {
                String sql = random.nextInt(3) > 0
                        ? "insert into t values (%d, %s, %s, %s, %s)"
                                .formatted(first + done, number(random), number(random), text(random), number(random))
                        : "update t set a = %s, c = %s where id = %d"
                                .formatted(number(random), text(random), 200_000 + random.nextInt(2_500));
                try {
                    Sql.run(connection, sql);
                } catch (SQLException e) {
                    if (!LOST.contains(e.getSQLState()) && !e.getSQLState().equals("23505")) {
                        throw e;
                    }
                }
                done++;
            }
        }
        return done;
    }

    private static int read(String url, SplittableRandom random, AtomicBoolean stop) throws SQLException {
        int done = 0;
        try (Connection connection = DriverManager.getConnection(url)) {
            while (!stop.get()) {
                String condition = filled(CONDITIONS.get(random.nextInt(CONDITIONS.size())), random);
                assertThat(Sql.rows(
                                connection,
                                "select count(*) = sum(case when %s then 1 else 0 end) from t where %s having count(*) > 0"
                                        .formatted(condition, condition)))
                        .as(condition)
                        .isSubsetOf("true|", "t|");
                done++;
            }
        }
        return done;
    }
}
