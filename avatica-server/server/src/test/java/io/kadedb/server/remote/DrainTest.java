package io.kadedb.server.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A server that is asked to stop lets those finish who are at work, and nobody begin. */
class DrainTest {
    private static final String ENDLESS = "with d as (select n from (values (0), (1), (2), (3), (4), (5), (6), (7),"
            + " (8), (9)) as v(n)), k as (select a.n from d a, d b, d c, d e) select count(*) from k x, k y, k z"
            + " where x.n + y.n + z.n < 0";

    private static int readiness(TestServer server) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI ready = URI.create("http://localhost:" + server.port() + "/health?ready=1");
            return client.send(HttpRequest.newBuilder(ready).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    @Test
    void rowsThatAreBeingReadAreReadToTheirEnd() throws Exception {
        TestServer server = new TestServer();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                Connection connection = server.connect();
                Connection other = server.connect();
                Statement statement = connection.createStatement();
                Statement late = other.createStatement()) {
            statement.execute("create table t (a int)");
            statement.execute("insert into t values (1), (2), (3), (4), (5)");
            statement.setFetchSize(1);
            Future<?> closed;
            try (ResultSet rows = statement.executeQuery("select a from t order by a")) {
                assertThat(rows.next()).isTrue();
                closed = threads.submit(server::close);
                awaitDraining(server);
                assertThat(readiness(server)).isEqualTo(503);
                SQLException refused = catchThrowableOfType(
                        SQLException.class, () -> server.connect().close());
                assertThat(refused.getSQLState()).isEqualTo("57P01");
                refused = catchThrowableOfType(SQLException.class, () -> late.execute("select 1"));
                assertThat(refused.getSQLState()).isEqualTo("57P01");
                int seen = 1;
                while (rows.next()) {
                    seen++;
                }
                assertThat(seen).isEqualTo(5);
            }
            assertThat(closed.get(20, TimeUnit.SECONDS)).isNull();
            assertThat(connection.isValid(1)).isFalse();
        }
    }

    private static void awaitDraining(TestServer server) throws Exception {
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (readiness(server) != 503 && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
    }

    @Test
    void whatDoesNotEndIsStopped() throws Exception {
        TestServer server = new TestServer(config -> config.withDrainTimeout(Duration.ofMillis(100)));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                Connection connection = server.connect();
                Connection watcher = server.connect();
                Statement statement = connection.createStatement()) {
            Future<?> running = threads.submit(() -> statement.executeQuery(ENDLESS));
            assertThat(watcher.isValid(5)).isTrue();
            server.close();
            Exception ended = catchThrowableOfType(Exception.class, () -> running.get(20, TimeUnit.SECONDS));
            assertThat(ended.getCause())
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            error -> assertThat(error.getSQLState()).isIn("57014", "08006", "57P01", "08003"));
        }
    }
}
