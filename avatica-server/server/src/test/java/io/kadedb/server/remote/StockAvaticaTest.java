package io.kadedb.server.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The stock Avatica client talks to the server; what its protocol cannot carry, it does not get. */
class StockAvaticaTest {
    /** 0 to 9999. */
    private static final String NUMBERS =
            "with d as (select n from (values (0), (1), (2), (3), (4), (5), (6), (7), (8),"
                    + " (9)) as v(n)) select a.n + 10 * b.n + 100 * c.n + 1000 * e.n from d a, d b, d c, d e";

    @SuppressWarnings("NullAway.Init")
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = new TestServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void selects() throws Exception {
        try (Connection connection = server.connectStock();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select 1 as a, 'x' as b, 2.50 as c, null as d, true as e")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt("a")).isEqualTo(1);
            assertThat(rows.getString("b")).isEqualTo("x");
            assertThat(rows.getBigDecimal("c")).isEqualTo(new BigDecimal("2.50"));
            assertThat(rows.getObject("d")).isNull();
            assertThat(rows.getBoolean("e")).isTrue();
            assertThat(rows.next()).isFalse();
        }
    }

    @Test
    void writesInTransactions() throws Exception {
        try (Connection connection = server.connectStock();
                Statement statement = connection.createStatement()) {
            statement.execute("create table stock_written (a int primary key, b timestamp, c date, d text)");
            connection.setAutoCommit(false);
            try (PreparedStatement insert =
                    connection.prepareStatement("insert into stock_written values (?, ?, ?, ?)")) {
                insert.setInt(1, 1);
                insert.setTimestamp(2, Timestamp.valueOf("2024-05-06 07:08:09.123"));
                insert.setDate(3, Date.valueOf("2024-05-06"));
                insert.setString(4, "gr\u00fc\u00df");
                assertThat(insert.executeUpdate()).isEqualTo(1);
                connection.rollback();
                assertThat(insert.executeUpdate()).isEqualTo(1);
                connection.commit();
            }
            connection.setAutoCommit(true);
            try (ResultSet rows = statement.executeQuery("select * from stock_written")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getTimestamp("b")).isEqualTo(Timestamp.valueOf("2024-05-06 07:08:09.123"));
                assertThat(rows.getDate("c")).isEqualTo(Date.valueOf("2024-05-06"));
                assertThat(rows.getString("d")).isEqualTo("gr\u00fc\u00df");
                assertThat(rows.next()).isFalse();
            }
        }
    }

    @Test
    void fetchesManyFrames() throws Exception {
        try (Connection connection = server.connectStock();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(NUMBERS)) {
            long sum = 0;
            while (rows.next()) {
                sum += rows.getLong(1);
            }
            assertThat(sum).isEqualTo(5_000L * 9_999);
        }
    }

    @Test
    void errorsHaveTheirStateAndNoTraceOfTheServer() throws Exception {
        try (Connection connection = server.connectStock();
                Statement statement = connection.createStatement()) {
            SQLException error = catchThrowableOfType(
                    SQLException.class, () -> statement.executeQuery("select nothing from nowhere"));
            assertThat(error.getSQLState()).isEqualTo("42P01");
            assertThat(error.getMessage()).contains("nowhere").doesNotContain("io.kadedb");
        }
    }

    @Test
    void anIdleSessionIsRolledBack() throws Exception {
        try (TestServer impatient = new TestServer(config -> config.withIdleTimeout(Duration.ofMillis(200)));
                Connection connection = impatient.connectStock();
                Statement statement = connection.createStatement()) {
            statement.execute("create table t (a int)");
            connection.setAutoCommit(false);
            statement.execute("insert into t values (1)");
            long deadline = System.nanoTime() + 20_000_000_000L;
            while (impatient.server().sessions() > 0 && System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }
            assertThat(impatient.server().sessions()).isZero();
            try (Connection other = impatient.connectStock();
                    Statement count = other.createStatement();
                    ResultSet rows = count.executeQuery("select count(*) from t")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getLong(1)).isZero();
            }
            SQLException error = catchThrowableOfType(SQLException.class, () -> statement.execute("select 1"));
            assertThat(error.getSQLState()).isEqualTo("08003");
        }
    }
}
