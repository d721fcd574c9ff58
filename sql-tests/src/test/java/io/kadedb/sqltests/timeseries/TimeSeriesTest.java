package io.kadedb.sqltests.timeseries;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.sqltests.compare.Rows;
import io.kadedb.sqltests.database.PostgresCluster;
import io.kadedb.sqltests.file.Sql;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.StringJoiner;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Random rows and queries; {@code -Dkadedb.seed=N} runs a reported one again. */
class TimeSeriesTest {
    private static final int ROUNDS = 15;
    private static final List<String> TYPES =
            List.of("timestamp", "int", "date", "varchar", "bigint", "numeric(20, 3)");

    private static final long SEED = Long.getLong("kadedb.seed", System.nanoTime());

    /** The times of a type: in order as numbers are. */
    private static String time(String type, int number) {
        return switch (type) {
            case "timestamp" -> "timestamp '2024-01-01' + interval '" + 7 * number + " minutes'";
            case "date" -> "date '2024-01-01' + " + number;
            case "varchar" -> "'t" + String.format("%05d", number) + "'";
            case "numeric(20, 3)" -> number + ".125";
            default -> Integer.toString(number);
        };
    }

    /** Right rows have no time of a key twice, of which either might be the nearest. */
    private static String rows(String type, int count, int keys, boolean unique, SplittableRandom random) {
        StringJoiner rows = new StringJoiner(", ");
        Set<String> seen = new HashSet<>();
        int times = count < 100 ? 30 : 20_000;
        for (int id = 0; id < count; id++) {
            String key = random.nextInt(12) == 0 ? "null" : Integer.toString(random.nextInt(keys));
            int number = random.nextInt(times);
            String time = random.nextInt(15) == 0 ? "null" : time(type, number);
            if (!unique || seen.add(key + " " + time)) {
                rows.add("(" + id + ", " + key + ", " + time + ")");
            }
        }
        return rows.toString();
    }

    private static void fill(SplittableRandom random, Connection... databases) throws SQLException {
        String type = TYPES.get(random.nextInt(TYPES.size()));
        int count = random.nextInt(6) == 0 ? 600 : random.nextInt(1, 40);
        int keys = random.nextInt(1, 8);
        String left = rows(type, count, keys, false, random);
        String right = rows(type, random.nextInt(1, 40) * (count > 100 ? 20 : 1), keys, true, random);
        for (Connection database : databases) {
            Sql.run(
                    database,
                    "drop table if exists l",
                    "drop table if exists r",
                    "create table l (id int, k int, t " + type + ")",
                    "create table r (id int, k int, t " + type + ")",
                    "insert into l values " + left,
                    "insert into r values " + right);
        }
    }

    private static <T> T pick(List<T> of, SplittableRandom random) {
        return of.get(random.nextInt(of.size()));
    }

    private static void same(Connection judge, String expected, Connection ours, String sql, String what)
            throws SQLException {
        Rows wanted = Rows.of(judge, expected, Set.of());
        Rows given = Rows.of(ours, sql, Set.of());
        assertThat(given.sameRows(wanted))
                .as(() -> what + "\n" + sql + "\n" + given.difference(wanted))
                .isTrue();
    }

    @Test
    void asofJoinsAreDuckDbs() throws SQLException {
        try (Connection ours = DriverManager.getConnection("jdbc:kadedb:mem:");
                Connection duck = DriverManager.getConnection("jdbc:duckdb:")) {
            for (int round = 0; round < ROUNDS; round++) {
                SplittableRandom random = new SplittableRandom(SEED + round);
                fill(random, ours, duck);
                for (int i = 0; i < 8; i++) {
                    String type = pick(List.of("", "left", "right", "full", "inner"), random);
                    String key = random.nextInt(4) == 0 ? "" : "l.k = r.k and ";
                    String where = pick(
                            List.of(
                                    "",
                                    " where l.k = 1",
                                    " where r.k > 1",
                                    " where l.id % 3 = 1",
                                    " where r.id % 2 = 1",
                                    " where r.id is null",
                                    " where l.t > (select min(t) from r)",
                                    " where l.k = 1 and l.t <= (select max(t) from l)"),
                            random);
                    // Without keys NULL times are the only ties.
                    String right = key.isEmpty() ? "(select max(id) as id, max(k) as k, t from r group by t)" : "r";
                    String sql = "select l.id, r.id from l asof " + type + " join " + right + " r on " + key + "l.t "
                            + pick(List.of(">=", ">", "<=", "<"), random) + " r.t" + where;
                    same(duck, sql, ours, sql, "-Dkadedb.seed=" + (SEED + round));
                }
                String using =
                        "select id, k, t, q.o from l asof left join (select k, t, id as o from r) q using (k, t)";
                same(duck, using, ours, using, "-Dkadedb.seed=" + (SEED + round));
            }
        }
    }

    private static void lateral(Connection judge, Connection ours, SplittableRandom random, String what)
            throws SQLException {
        String comparison = pick(List.of(">=", ">", "<=", "<"), random);
        String order = comparison.startsWith(">") ? "desc" : "asc";
        String type = random.nextBoolean() ? "left" : "inner";
        String condition = "l.k = r.k and l.t " + comparison + " r.t";
        String expected = "select l.id, n.id from l " + type + " join lateral (select r.id from r where " + condition
                + " order by r.t " + order + " limit 1) n on true";
        String sql = "select l.id, r.id from l asof " + type + " join r on " + condition;
        same(judge, expected, ours, sql, what);
    }

    @Test
    void asofJoinsAreTheFirstRowsOfLateralQueries() throws SQLException {
        try (Connection ours = DriverManager.getConnection("jdbc:kadedb:mem:")) {
            for (int round = 0; round < ROUNDS; round++) {
                SplittableRandom random = new SplittableRandom(SEED + round);
                fill(random, ours);
                lateral(ours, ours, random, "-Dkadedb.seed=" + (SEED + round));
            }
        }
    }

    @Test
    @Tag("slow")
    void asofJoinsAreTheFirstRowsOfPostgresLateralQueries() throws SQLException, IOException {
        try (PostgresCluster cluster = PostgresCluster.start();
                Connection postgres = DriverManager.getConnection(cluster.create("asof"));
                Connection ours = DriverManager.getConnection("jdbc:kadedb:mem:")) {
            for (int round = 0; round < ROUNDS; round++) {
                SplittableRandom random = new SplittableRandom(SEED + round);
                fill(random, ours, postgres);
                lateral(postgres, ours, random, "-Dkadedb.seed=" + (SEED + round));
            }
        }
    }

    @Test
    void valuesAtTimesAreDuckDbs() throws SQLException {
        try (Connection ours = DriverManager.getConnection("jdbc:kadedb:mem:");
                Connection duck = DriverManager.getConnection("jdbc:duckdb:")) {
            for (int round = 0; round < ROUNDS; round++) {
                SplittableRandom random = new SplittableRandom(SEED + round);
                fill(random, ours, duck);
                for (String function : List.of("arg_min", "arg_max", "arg_min_null", "arg_max_null", "max_by")) {
                    String some = random.nextBoolean() ? "" : " filter (where id % 3 > 0)";
                    String sql = "select k, " + function + "(nullif(id % 5, 0), t)" + some
                            + " from r where t is not null group by k";
                    same(duck, sql, ours, sql, "-Dkadedb.seed=" + (SEED + round));
                }
                String frame =
                        "(id, t) over (partition by k order by t rows between 3 preceding and 1 following) from r"
                                + " where t is not null";
                for (String function : List.of("arg_min", "arg_max")) {
                    String sql = "select k, t, " + function + frame;
                    same(duck, sql, ours, sql, "-Dkadedb.seed=" + (SEED + round));
                }
            }
        }
    }

    @Test
    void bucketsAreDuckDbs() throws SQLException {
        try (Connection ours = DriverManager.getConnection("jdbc:kadedb:mem:");
                Connection duck = DriverManager.getConnection("jdbc:duckdb:")) {
            String table = "create table m as select timestamp '1999-11-07 03:17' + interval '37 minutes' * i as t,"
                    + " date '1999-11-07' + i::int as d, i as n from generate_series(0, 4999) s(i)";
            Sql.run(ours, table);
            Sql.run(duck, table);
            SplittableRandom random = new SplittableRandom(SEED);
            for (int round = 0; round < 5 * ROUNDS; round++) {
                String column = pick(List.of("t", "d"), random);
                String unit = pick(List.of("days", "days", "months", "years", "hours", "minutes"), random);
                String width = "interval '" + random.nextInt(1, 40) + " "
                        + (column.equals("d") && !unit.equals("months") && !unit.equals("years") ? "days" : unit) + "'";
                String type = column.equals("t") ? "timestamp" : "date";
                String more = pick(
                        List.of("", "", ", " + type + " '1998-02-0" + random.nextInt(1, 9) + "'", ", interval '1 day'"),
                        random);
                String bucket = "time_bucket(" + width + ", " + column + more + ")";
                String limit = type + " '2000-0" + random.nextInt(1, 9) + "-1" + random.nextInt(10) + "'";
                String condition = pick(List.of(">=", ">", "<=", "<", "="), random);
                String bound = condition.equals("=") ? "time_bucket(" + width + ", " + limit + more + ")" : limit;
                String sql = "select " + bucket + "::text, count(*), sum(n)::bigint from m where " + bucket + " "
                        + condition + " " + bound + " group by 1";
                same(duck, sql, ours, sql, "-Dkadedb.seed=" + SEED);
            }
        }
    }
}
