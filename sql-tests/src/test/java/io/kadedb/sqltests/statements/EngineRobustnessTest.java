package io.kadedb.sqltests.statements;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Statements that are drawn or changed go through the whole engine: each gives a result, or an error that is no bug, in
 * time. {@code -Dseed=} repeats a run, {@code -Dstatements=} sets its length.
 */
class EngineRobustnessTest {
    private static final int MAX_REPORTED = 20;
    private static final int PER_DATABASE = 500;
    /** Of a statement with a limit of one second. */
    private static final long MAX_MILLIS = 30_000;

    private static final List<String> CATALOG = List.of(
            "create type mood as enum ('sad', 'ok', 'happy')",
            "create table t (id int primary key, a int, b text, c numeric(10, 2), d date, f double precision, n"
                    + " bigint)",
            "create table u (id int, a int not null, b varchar(10) unique, x jsonb, arr int[], m mood, at timestamptz)",
            "create table v (k int primary key, s text not null default '')",
            "create table e (src int references v (k), dst int references v (k), x int)",
            "insert into t select i, i % 3, 'x' || i, i / 3.0, date '2024-01-01' + i, i * 0.5, i from"
                    + " generate_series(1, 20) g(i)",
            "insert into t (id) values (100), (101)",
            "insert into u select i, i % 4, 'y' || i, '{\"a\": 1}', array[i, null], 'ok', now() from"
                    + " generate_series(1, 10) g(i)",
            "insert into v select i, 's' || i from generate_series(1, 5) g(i)",
            "insert into e values (1, 2, 1), (2, 3, 1), (3, 1, null)",
            "create sequence sq",
            "create view w as select id, a, b from t where a > 0",
            "create property graph g vertex tables (v) edge tables (e key (src, dst) source key (src) references v (k)"
                    + " destination key (dst) references v (k))");

    @TempDir
    private Path folder;

    // JUnit sets the folder before it calls a test.
    @SuppressWarnings("NullAway.Init")
    EngineRobustnessTest() {}

    @Test
    @Tag("slow")
    void statementsGiveResultsOrCleanErrors() throws SQLException {
        long seed = Long.getLong("seed", System.nanoTime());
        int statements = Integer.getInteger("statements", 20_000);
        System.out.println("EngineRobustnessTest seed " + seed);
        StatementSource source = new StatementSource(seed);
        List<String> wrong = new ArrayList<>();
        for (int done = 0; done < statements && wrong.size() < MAX_REPORTED; done += PER_DATABASE) {
            wrong.addAll(someOf(source, "robust-" + done));
        }
        assertThat(wrong).as("seed %d", seed).isEmpty();
    }

    /** What is wrong in a database of its own, which statements may change as they like. */
    private List<String> someOf(StatementSource source, String name) throws SQLException {
        List<String> wrong = new ArrayList<>();
        String url = "jdbc:kadedb:mem:" + name + "?files=" + folder + "&memory_limit=64MB";
        try (Connection kept = DriverManager.getConnection(url)) {
            try (Statement statement = kept.createStatement()) {
                for (String sql : CATALOG) {
                    statement.execute(sql);
                }
            }
            for (int i = 0; i < PER_DATABASE; i++) {
                judge(url, source.nextGentle(), wrong);
            }
        }
        return wrong;
    }

    private static void judge(String url, String sql, List<String> wrong) throws SQLException {
        long start = System.nanoTime();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("set lock_timeout = 100");
            statement.setQueryTimeout(1);
            run(statement, sql);
        } catch (SQLException e) {
            String state = String.valueOf(e.getSQLState());
            if (state.startsWith("XX")) {
                wrong.add(state + " " + e.getMessage() + " at " + origin(e) + ":\n" + sql);
            }
        } catch (RuntimeException | StackOverflowError | AssertionError e) {
            wrong.add(e + " at " + origin(e) + ":\n" + sql);
        }
        long millis = (System.nanoTime() - start) / 1_000_000;
        if (millis > MAX_MILLIS) {
            wrong.add("took " + millis + " ms:\n" + sql);
        }
    }

    private static void run(Statement statement, String sql) throws SQLException {
        if (!statement.execute(sql)) {
            return;
        }
        try (ResultSet rows = statement.getResultSet()) {
            while (rows.next()) {
                rows.getObject(1);
            }
        }
    }

    private static String origin(Throwable error) {
        Throwable cause = error;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getStackTrace().length == 0 ? "?" : cause + " " + cause.getStackTrace()[0];
    }
}
