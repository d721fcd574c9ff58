package io.kadedb.server.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Many clients, and clients that go away. */
class ClientsTest {
    private static final int CLIENTS = 100;
    private static final int CANCELS = 100;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** Counts for long, in pieces that notice a cancel. */
    private static final String LONG_QUERY = "with d as (select n from (values (0), (1), (2), (3), (4), (5), (6), (7),"
            + " (8), (9)) as v(n)), k as (select a.n from d a, d b, d c, d e) select count(*) from k x, k y, d z"
            + " where x.n + y.n + z.n < 0";

    private static void run(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getLong(1);
        }
    }

    @Test
    void aHundredAtOnce() throws Exception {
        try (TestServer server = new TestServer();
                Connection owner = server.connect();
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            run(owner, "create table t (a int primary key, b text)");
            CountDownLatch connected = new CountDownLatch(CLIENTS);
            List<Future<Long>> sums = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                int client = i;
                sums.add(clients.submit(() -> {
                    try (Connection connection = server.connect();
                            PreparedStatement insert =
                                    connection.prepareStatement("insert into t values (?, 'of ' || ?)")) {
                        connected.countDown();
                        connected.await();
                        insert.setInt(1, client);
                        insert.setString(2, "client " + client);
                        insert.executeUpdate();
                        return number(connection, "select count(*) from t where a = " + client);
                    }
                }));
            }
            for (Future<Long> sum : sums) {
                assertThat(sum.get()).isEqualTo(1);
            }
            assertThat(number(owner, "select count(*) from t")).isEqualTo(CLIENTS);
            assertThat(server.server().sessions()).isEqualTo(1);
        }
    }

    /** Another process that writes in a transaction and waits for its end. */
    public static final class Killed {
        private Killed() {}

        /** Connects to the URL given, writes, says {@code ready}. */
        public static void main(String[] arguments) throws Exception {
            try (Connection connection = DriverManager.getConnection(arguments[0])) {
                connection.setAutoCommit(false);
                run(connection, arguments[1]);
                System.out.println("ready");
                while (System.in.read() >= 0) {
                    // Until it is killed.
                }
            }
        }
    }

    private static Process start(String url, String statement) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Killed.class.getName(),
                        url,
                        statement)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static void awaitSessions(TestServer server, int expected) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (server.server().sessions() != expected && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(server.server().sessions()).isEqualTo(expected);
    }

    @Test
    void aClientKilledInATransactionFreesItsLocks() throws Exception {
        try (TestServer server = new TestServer();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                Connection connection = server.connect()) {
            run(connection, "create table t (a int primary key, b int)", "insert into t values (1, 0)");
            Future<Boolean> waiting;
            Process client = start(server.url(), "update t set b = 1 where a = 1");
            try (BufferedReader output = client.inputReader(StandardCharsets.UTF_8)) {
                assertThat(output.readLine()).isEqualTo("ready");
                assertThat(server.server().sessions()).isEqualTo(2);
                run(connection, "set lock_timeout = '50ms'");
                SQLException locked = catchThrowableOfType(
                        SQLException.class, () -> run(connection, "update t set b = 2 where a = 1"));
                assertThat(locked.getSQLState()).isEqualTo("55P03");
                run(connection, "set lock_timeout = 0");
                waiting = threads.submit(() -> {
                    run(connection, "update t set b = 2 where a = 1");
                    return true;
                });
            } finally {
                client.destroyForcibly().waitFor();
            }
            assertThat(waiting.get(10, TimeUnit.SECONDS)).isEqualTo(true);
            awaitSessions(server, 1);
            assertThat(number(connection, "select b from t")).isEqualTo(2);
        }
    }

    @Test
    void aClientThatGoesAwayStopsItsStatement() throws Exception {
        try (TestServer server = new TestServer();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Connection connection = server.connect();
            Future<?> running = threads.submit(() -> number(connection, LONG_QUERY));
            awaitSessions(server, 1);
            connection.abort(Runnable::run);
            awaitSessions(server, 0);
            assertThat(catchThrowableOfType(Exception.class, running::get)).hasCauseInstanceOf(SQLException.class);
        }
    }

    @Test
    void aStormOfCancelsHurtsNobodyElse() throws Exception {
        try (TestServer server = new TestServer();
                Connection connection = server.connect();
                Connection bystander = server.connect();
                Statement statement = connection.createStatement();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 3; round++) {
                Future<?> running = threads.submit(() -> statement.executeQuery(LONG_QUERY));
                List<Future<?>> cancels = new ArrayList<>();
                while (!running.isDone()) {
                    for (int i = 0; i < CANCELS; i++) {
                        cancels.add(threads.submit(() -> {
                            statement.cancel();
                            return true;
                        }));
                    }
                    for (Future<?> cancel : cancels) {
                        assertThat(cancel.get()).isEqualTo(true);
                    }
                    cancels.clear();
                }
                Exception ended = catchThrowableOfType(Exception.class, running::get);
                assertThat(ended.getCause())
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                error -> assertThat(error.getSQLState()).isEqualTo("57014"));
                assertThat(number(bystander, "select 41 + 1")).isEqualTo(42);
                assertThat(number(connection, "select 1")).isEqualTo(1);
            }
        }
    }

    @Test
    void aConnectionTooManyIsRefused() throws Exception {
        try (TestServer server = new TestServer(config -> config.withMaxSessions(2));
                Connection first = server.connect()) {
            Connection second = server.connect();
            SQLException error = catchThrowableOfType(
                    SQLException.class, () -> server.connect().close());
            assertThat(error.getSQLState()).isEqualTo("53300");
            second.close();
            try (Connection third = server.connect()) {
                assertThat(number(third, "select 1")).isEqualTo(number(first, "select 1"));
            }
        }
    }

    @Test
    void isValidKnowsWhenTheServerIsGone() throws Exception {
        TestServer server = new TestServer();
        try (Connection connection = server.connect()) {
            assertThat(connection.isValid(5)).isTrue();
            server.close();
            assertThat(connection.isValid(5)).isFalse();
            SQLException error = catchThrowableOfType(SQLException.class, () -> number(connection, "select 1"));
            assertThat(error.getSQLState()).startsWith("08");
        }
    }
}
