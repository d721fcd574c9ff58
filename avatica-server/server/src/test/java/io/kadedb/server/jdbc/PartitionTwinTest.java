package io.kadedb.server.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A partitioned table answers as the same table without partitions does, whatever happens to both. */
final class PartitionTwinTest {
    private static final int DAYS = 12;

    @Test
    void answersAsTheTableWithoutPartitionsDoes() throws SQLException {
        long seed = Long.getLong("kadedb.seed", System.nanoTime());
        SplittableRandom seeds = new SplittableRandom(seed);
        for (int round = 0; round < 2; round++) {
            try (Database database = new Database()) {
                new Run(database, new SplittableRandom(seeds.nextLong()), round % 2 == 0).run();
            } catch (SQLException | RuntimeException | AssertionError e) {
                throw new AssertionError("kadedb.seed=" + seed + ", round " + round, e);
            }
        }
    }

    /** Statements on both tables. */
    private static final class Run {
        private final Database database;
        private final SplittableRandom random;
        private final boolean keyed;

        Run(Database database, SplittableRandom random, boolean keyed) {
            this.database = database;
            this.random = random;
            this.keyed = keyed;
        }

        void run() throws SQLException {
            String columns = keyed
                    ? "(id bigint primary key, d date not null, v int, w text unique)"
                    : "(id bigint, d date not null, v int, w text)";
            database.run(
                    "create table plain " + columns,
                    "create table cut " + columns + " partition by range (d interval '2 days')");
            if (random.nextBoolean()) {
                both("create index @_v on @ (v, d)");
            }
            for (int i = 0; i < 25; i++) {
                boolean block = random.nextInt(3) == 0;
                if (block) {
                    database.run("begin");
                }
                for (int j = block ? 1 + random.nextInt(4) : 1; j > 0; j--) {
                    statement(block);
                    compare();
                }
                if (block) {
                    database.run(random.nextInt(3) == 0 ? "rollback" : "commit");
                    compare();
                }
            }
            assertThat(database.rows("check database")).allMatch(row -> row.endsWith(",null"));
        }

        private void both(String sql) throws SQLException {
            String failure = failure(sql.replace("@", "plain"));
            assertThat(failure(sql.replace("@", "cut"))).as(sql).isEqualTo(failure);
        }

        private String failure(String sql) throws SQLException {
            boolean block = true;
            try (Statement statement = database.connection().createStatement()) {
                statement.execute("savepoint s");
            } catch (SQLException e) {
                block = false;
            }
            try (Statement statement = database.connection().createStatement()) {
                statement.execute(sql);
                return "";
            } catch (SQLException e) {
                if (block) {
                    database.run("rollback to savepoint s");
                }
                return e.getSQLState();
            }
        }

        private String day() {
            return "date '2026-01-01' + " + random.nextInt(DAYS);
        }

        private void statement(boolean block) throws SQLException {
            int first = random.nextInt(3_000);
            switch (random.nextInt(10)) {
                case 0, 1 -> both(insert(first, 1 + random.nextInt(5)));
                case 2 -> both(insert(first, 200));
                case 3 -> both(insert(3_000 + random.nextInt(2) * 100_000, block ? 100 : 12_000));
                case 4 -> both("update @ set d = " + day() + ", v = v + 1 where id % 7 = " + random.nextInt(7));
                case 5 -> both("update @ set v = v - 1 where d = " + day());
                case 6 -> both("delete from @ where id % 5 = " + random.nextInt(5) + " and d < " + day());
                case 7 -> {
                    String before = day();
                    database.run("alter table cut drop partitions before " + before);
                    // Partitions begin with Monday, 3 January 2000 and every second day.
                    database.run("delete from plain where d < date '2000-01-03' + ((" + before
                            + ") - date '2000-01-03') / 2 * 2");
                }
                case 8 -> {
                    if (!block) {
                        database.run("checkpoint");
                    }
                }
                default -> both("delete from @ where v = " + random.nextInt(10));
            }
        }

        private String insert(int first, int count) {
            return "insert into @ select i, date '2026-01-01' + (i * " + (1 + random.nextInt(50)) + " % " + DAYS
                    + ")::int, i % 10, " + (count > 1_000 ? "'w' || i || repeat('x', 150)" : "'w' || i")
                    + " from generate_series(" + first + ", " + (first + count - 1)
                    + ") as g(i)";
        }

        private void compare() throws SQLException {
            String from = day();
            String to = day();
            for (String query : new String[] {
                "select count(*), sum(id), sum(v), min(d), max(d), count(distinct w) from @",
                "select count(*), sum(id), sum(v) from @ where d >= " + from + " and d < " + to,
                "select count(*), sum(id) from @ where d = " + from,
                "select count(*), sum(id) from @ where v = " + random.nextInt(10),
                "select id, d, v, w from @ where w = 'w" + random.nextInt(3_000) + "' order by 1, 2, 3",
                "select id, d, v, w from @ where id = " + random.nextInt(3_000) + " order by 1, 2, 3",
                "select id from @ where id >= " + random.nextInt(3_000) + " order by id limit 20",
                "select id from @ where id < " + random.nextInt(3_000) + " order by id desc limit 20",
                "select v, d from @ where v = " + random.nextInt(10) + " order by v, d limit 20"
            }) {
                assertThat(database.rows(query.replace("@", "cut")))
                        .as(query)
                        .isEqualTo(database.rows(query.replace("@", "plain")));
            }
            assertThat(database.rows("select coalesce(sum(rows), 0) from kade_partitions where table_name = 'cut'"))
                    .isEqualTo(database.rows("select count(*) from cut"));
        }
    }

    /** Dropping the past harms neither those who write the present nor those who read, while all is folded. */
    @Test
    void othersGoOnWhilePartitionsAreDropped() throws Exception {
        try (Database database = new Database();
                ExecutorService threads = Executors.newCachedThreadPool()) {
            database.run("create table m (ts timestamp, v int) partition by range (ts interval '1 day')");
            AtomicBoolean done = new AtomicBoolean();
            Future<?> folds = threads.submit(() -> {
                try (Connection connection = database.connect()) {
                    while (!done.get()) {
                        Database.run(connection, "checkpoint");
                    }
                }
                return null;
            });
            Future<?> reads = threads.submit(() -> {
                try (Connection connection = database.connect()) {
                    while (!done.get()) {
                        // Each day has a thousand rows, all or none of them.
                        assertThat(Database.rows(
                                        connection,
                                        "select d, n, s from (select date_trunc('day', ts) d, count(*) n, sum(v) s"
                                                + " from m group by 1) as days where n <> 1000 or s <> 1000"))
                                .isEmpty();
                    }
                }
                return null;
            });
            try (Connection writer = database.connect()) {
                for (int day = 0; day < 20; day++) {
                    String from = "timestamp '2026-01-01' + " + day + " * interval '1 day'";
                    Database.run(
                            writer,
                            "insert into m select " + from
                                    + " + i * interval '1 minute', 1 from generate_series(0, 999) as g(i)");
                    if (day >= 5) {
                        database.run("alter table m drop partitions before " + from + " - interval '4 days'");
                    }
                }
            } finally {
                done.set(true);
            }
            folds.get();
            reads.get();
            assertThat(database.rows("select count(*), min(ts) from m")).containsExactly("5000,2026-01-16 00:00:00");
        }
    }
}
