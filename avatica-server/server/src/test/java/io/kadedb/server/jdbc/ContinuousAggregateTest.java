package io.kadedb.server.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Continuous aggregates beside their queries, whatever happens to the table. */
class ContinuousAggregateTest {
    private static final String QUERY =
            "select time_bucket('1 hour', ts) as bucket, device, count(*) as n, sum(v) as s,"
                    + " max(v) as m from readings where v <> 3 group by 1, 2";
    private static final String DAYS =
            "select device, time_bucket('1 month', ts) as bucket, sum(v) as s from readings group by 1, 2";
    private static final long SEED = Long.getLong("kadedb.seed", System.nanoTime());

    private static void prepare(Connection connection) throws SQLException {
        Database.run(
                connection,
                "alter system set aggregate_refresh = 0",
                "create table readings (id int primary key, ts timestamp, device int, v int)",
                "insert into readings select g, timestamp '2026-01-01' + g * interval '7 minutes', g % 5, g % 11"
                        + " from generate_series(0, 999) g",
                "create materialized view hourly with (continuous) as " + QUERY,
                "create materialized view monthly with (continuous) as " + DAYS + " with no data");
    }

    /** In one statement, so at one snapshot. */
    private static void check(Connection connection, String when) throws SQLException {
        assertThat(difference(connection, "hourly", QUERY)).as(when).isEmpty();
        assertThat(difference(connection, "monthly", DAYS)).as(when).isEmpty();
    }

    private static List<String> difference(Connection connection, String view, String query) throws SQLException {
        return Database.rows(
                connection,
                "(select 'view', * from " + view + " except all select 'view', q.* from (" + query + ") q)"
                        + " union all (select 'query', q.* from (" + query + ") q except all select 'query', * from "
                        + view + ")");
    }

    private static String change(Random random) {
        int id = random.nextInt(1200);
        String time = "timestamp '2026-01-01' + " + random.nextInt(9000) + " * interval '1 minute'";
        return switch (random.nextInt(9)) {
            case 0 -> "delete from readings where id = " + id;
            case 1 -> "update readings set ts = " + time + " where id = " + id;
            case 2 -> "update readings set v = v + 1 where id between " + id + " and " + (id + random.nextInt(40));
            case 3 -> "update readings set ts = null where id = " + id;
            case 4 ->
                "insert into readings values (" + id + ", " + time + ", " + id % 5 + ", " + id % 7
                        + ") on conflict (id) do update set v = excluded.v, ts = excluded.ts";
            case 5 ->
                "insert into readings values (" + id + ", " + time + ", " + id % 5 + ", " + id % 7
                        + ") on conflict do nothing";
            case 6 -> "update readings set device = device + 1 where id = " + id;
            case 7 -> "refresh materialized view " + (random.nextBoolean() ? "hourly" : "monthly");
            default ->
                "merge into readings r using (select " + id + " as id) s on r.id = s.id"
                        + " when matched then delete when not matched then insert values (s.id, " + time + ", 1, 1)";
        };
    }

    @Test
    void randomChangesAreSeenAtOnce() throws SQLException {
        Random random = new Random(SEED);
        try (Database database = new Database()) {
            Connection connection = database.connection();
            prepare(connection);
            check(connection, "seed " + SEED + " at first");
            for (int round = 0; round < 60; round++) {
                String when = "seed " + SEED + " round " + round;
                boolean block = random.nextBoolean();
                if (block) {
                    Database.run(connection, "begin");
                }
                boolean savepoint = false;
                for (int i = random.nextInt(6); i >= 0; i--) {
                    Database.run(connection, change(random));
                    if (block && random.nextInt(4) == 0) {
                        Database.run(connection, savepoint ? "rollback to savepoint s" : "savepoint s");
                        savepoint = true;
                    }
                }
                check(connection, when);
                if (block) {
                    Database.run(connection, random.nextInt(3) == 0 ? "rollback" : "commit");
                    check(connection, when + " at the end");
                }
                if (random.nextInt(20) == 0) {
                    Database.run(connection, "checkpoint");
                    check(connection, when + " folded");
                }
            }
        }
    }

    @Test
    void writersAndRefreshesAtTheSameTimeLoseNothing() throws Exception {
        try (Database database = new Database();
                ExecutorService threads = Executors.newFixedThreadPool(4)) {
            prepare(database.connection());
            List<Callable<Void>> works = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                Random random = new Random(SEED + t);
                boolean checks = t == 0;
                works.add(() -> {
                    try (Connection connection = database.connect()) {
                        for (int i = 0; i < 60; i++) {
                            try {
                                Database.run(connection, change(random));
                            } catch (SQLException e) {
                                assertThat(e.getSQLState()).as(e.getMessage()).isIn("40001", "40P01");
                            }
                            if (checks || i % 20 == 19) {
                                check(connection, "seed " + SEED);
                            }
                        }
                    }
                    return null;
                });
            }
            for (Future<Void> done : threads.invokeAll(works)) {
                done.get();
            }
            check(database.connection(), "seed " + SEED + " at the end");
            Database.run(
                    database.connection(), "refresh materialized view hourly", "refresh materialized view monthly");
            check(database.connection(), "seed " + SEED + " refreshed");
            assertThat(database.rows("check database")).allMatch(row -> row.endsWith(",null"));
        }
    }

    @Test
    void aRefreshIsNotLostToWritersOfOneBucket() throws Exception {
        try (Database database = new Database();
                Connection refresher = database.connect();
                ExecutorService thread = Executors.newSingleThreadExecutor()) {
            prepare(database.connection());
            database.run("update readings set v = v + 1");
            AtomicBoolean done = new AtomicBoolean();
            Future<Integer> writes = thread.submit(() -> {
                int count = 0;
                while (!done.get()) {
                    database.run("update readings set v = v + 1 where id = 999");
                    count++;
                }
                return count;
            });
            try {
                for (int i = 0; i < 10; i++) {
                    Database.run(refresher, "update readings set v = v + 1 where id = " + i);
                    Database.run(refresher, "refresh materialized view hourly");
                    check(refresher, "round " + i);
                }
            } finally {
                done.set(true);
            }
            assertThat(writes.get()).isPositive();
            database.run("refresh materialized view hourly");
            check(database.connection(), "at the end");
            assertThat(computed(database.connection())).isEmpty();
        }
    }

    /** What a query of the aggregate computes: the scans of its table. */
    private static List<String> computed(Connection connection) throws SQLException {
        return Database.rows(connection, "explain select * from hourly").stream()
                .filter(line -> line.contains("readings"))
                .toList();
    }

    @Test
    void changedBucketsAreComputedAndNoOthers() throws SQLException {
        try (Database database = new Database()) {
            prepare(database.connection());
            database.run("refresh materialized view hourly");
            assertThat(computed(database.connection())).isEmpty();
            database.run("update readings set v = 50 where id in (3, 5, 500)");
            assertThat(computed(database.connection())).hasSize(2);
            assertThat(database.rows("explain select * from hourly"))
                    .anyMatch(line -> line.contains("(ts >= timestamp '2026-01-01T00:00')")
                            && line.contains("(ts < timestamp '2026-01-01T01:00')"))
                    .anyMatch(line -> line.contains("(ts >= timestamp '2026-01-03T10:00')")
                            && line.contains("(ts < timestamp '2026-01-03T11:00')"));
            database.run("refresh materialized view hourly");
            assertThat(computed(database.connection())).isEmpty();
            for (int i = 0; i < 1000; i += 20) {
                database.run("update readings set v = 50 where id = " + i);
            }
            assertThat(computed(database.connection())).hasSize(16);
            check(database.connection(), "many ranges");
        }
    }

    @Test
    void changedBucketsAreComputedInTheBackground() throws SQLException {
        try (Database database = new Database()) {
            prepare(database.connection());
            database.run("alter system set aggregate_refresh = 1", "update readings set v = 50 where id = 3");
            while (!computed(database.connection()).isEmpty()) {
                Thread.onSpinWait();
            }
            check(database.connection(), "refreshed");
        }
    }

    @Test
    void aRestartKeepsWhatHasChanged(@TempDir Path directory) throws SQLException {
        Random random = new Random(SEED);
        String url = "jdbc:kadedb:file:" + directory.resolve("data");
        for (int start = 0; start < 3; start++) {
            try (Connection connection = DriverManager.getConnection(url)) {
                if (start == 0) {
                    prepare(connection);
                }
                check(connection, "seed " + SEED + " start " + start);
                for (int i = 0; i < 10; i++) {
                    Database.run(connection, change(random));
                }
            }
        }
    }

    @Test
    void earlierTimesAreReadAsTheyWere() throws SQLException {
        try (Database database = new Database()) {
            prepare(database.connection());
            database.run("update readings set v = 1000 where id = 5");
            String then = database.rows("select clock_timestamp()").getFirst();
            while (database.rows("select clock_timestamp()").getFirst().equals(then)) {
                Thread.onSpinWait();
            }
            List<String> before = database.rows("select * from hourly order by 1, 2");
            database.run("delete from readings where id < 500", "refresh materialized view hourly");
            assertThat(database.rows("select * from hourly as of system time '" + then + "' order by 1, 2"))
                    .isEqualTo(before);
        }
    }

    @Test
    void aTransactionThatReadAnAggregateConflictsWithChangesOfItsTable() throws SQLException {
        try (Database database = new Database();
                Connection other = database.connect()) {
            prepare(database.connection());
            database.run("create table seen (n int)", "refresh materialized view hourly");
            Database.run(other, "begin", "insert into seen select sum(n)::int from hourly");
            database.run("insert into readings select count(*) + 5000, '2026-01-01', 1, 1 from seen");
            SQLException lost = catchThrowableOfType(SQLException.class, () -> Database.run(other, "commit"));
            assertThat(lost.getSQLState()).isEqualTo("40001");
        }
    }
}
