package io.kadedb.server.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class JdbcStatementTest {
    private static final String LONG_QUERY = "with n(i) as (values (1),(2),(3),(4),(5),(6),(7),(8),(9),(10))"
            + " select count(*) from n a, n b, n c, n d, n e, n f, n g, n h, n i, n j, n k, n l"
            + " where a.i + b.i + c.i + d.i + e.i + f.i + g.i + h.i + i.i + j.i + k.i + l.i < 0";

    private final Door door;
    private Database database;

    // JUnit sets the field before each test.
    @SuppressWarnings("NullAway.Init")
    JdbcStatementTest(Door door) {
        this.door = door;
    }

    @BeforeEach
    void open() throws SQLException {
        database = new Database(door);
        database.run("create table t (a int primary key, b text)");
    }

    @AfterEach
    void close() throws SQLException {
        database.close();
    }

    @Test
    void executeTellsRowsFromCounts() throws SQLException {
        try (Statement statement = database.connection().createStatement()) {
            assertThat(statement.execute("insert into t values (1, 'x'), (2, 'y')"))
                    .isFalse();
            assertThat(statement.getUpdateCount()).isEqualTo(2);
            assertThat(statement.getResultSet()).isNull();
            assertThat(statement.execute("select * from t")).isTrue();
            assertThat(statement.getUpdateCount()).isEqualTo(-1);
            assertThat(statement.getMoreResults()).isFalse();
            assertThat(statement.executeLargeUpdate("delete from t")).isEqualTo(2);
        }
    }

    @Test
    void severalStatementsGiveSeveralResults() throws SQLException {
        try (Statement statement = database.connection().createStatement()) {
            assertThat(statement.execute("insert into t values (1, 'x'); select a from t; select b from t"))
                    .isFalse();
            assertThat(statement.getUpdateCount()).isOne();
            assertThat(statement.getMoreResults()).isTrue();
            assertThat(Database.read(statement.getResultSet())).containsExactly("1");
            assertThat(statement.getMoreResults()).isTrue();
            assertThat(Database.read(statement.getResultSet())).containsExactly("x");
            assertThat(statement.getMoreResults()).isFalse();
            assertThat(statement.getUpdateCount()).isEqualTo(-1);
        }
    }

    @Test
    void aQueryIsNoUpdateAndTheOtherWayRound() throws SQLException {
        try (Statement statement = database.connection().createStatement()) {
            assertThatThrownBy(() -> statement.executeUpdate("select 1")).hasMessageContaining("gives rows");
            assertThatThrownBy(() -> statement.executeQuery("delete from t")).hasMessageContaining("gives no rows");
        }
    }

    @Test
    void maxRowsCutsTheResult() throws SQLException {
        try (Statement statement = database.connection().createStatement()) {
            statement.setMaxRows(2);
            assertThat(Database.read(statement.executeQuery("select x from (values (1), (2), (3)) v(x)")))
                    .containsExactly("1", "2");
        }
    }

    @Test
    void parametersOfEveryType() throws SQLException {
        UUID id = UUID.fromString("00000000-0000-0001-0000-000000000002");
        database.run("create table v (i int, b bigint, d decimal(10,2), f double precision, t text, da date,"
                + " ts timestamp, z timestamptz, u uuid, y bytea, o boolean)");
        try (PreparedStatement insert =
                database.connection().prepareStatement("insert into v values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setInt(1, 1);
            insert.setLong(2, 2);
            insert.setBigDecimal(3, new BigDecimal("3.456"));
            insert.setDouble(4, 4.5);
            insert.setString(5, "five");
            insert.setObject(6, LocalDate.of(2024, 2, 29));
            insert.setTimestamp(7, Timestamp.valueOf("2024-01-02 03:04:05.678901"));
            insert.setObject(8, LocalDateTime.parse("2024-01-02T03:04:05"));
            insert.setObject(9, id);
            insert.setBytes(10, new byte[] {1, -1});
            insert.setBoolean(11, true);
            assertThat(insert.executeUpdate()).isOne();
        }
        assertThat(database.rows("select * from v"))
                .containsExactly("1,2,3.46,4.5,five,2024-02-29,2024-01-02 03:04:05.678901,2024-01-02 03:04:05+00," + id
                        + ",\\x01ff,true");
    }

    @Test
    void aParameterMayBeNull() throws SQLException {
        try (PreparedStatement insert = database.connection().prepareStatement("insert into t values (?, ?)")) {
            insert.setInt(1, 1);
            insert.setNull(2, Types.VARCHAR);
            insert.executeUpdate();
            insert.setObject(1, 2);
            insert.setObject(2, null);
            insert.executeUpdate();
        }
        assertThat(database.rows("select a from t where b is null order by a")).containsExactly("1", "2");
    }

    @Test
    void aPreparedQueryRunsAgain() throws SQLException {
        database.run("insert into t values (1, 'x'), (2, 'y')");
        try (PreparedStatement query = database.connection().prepareStatement("select b from t where a = ?")) {
            assertThat(query.getParameterMetaData().getParameterCount()).isOne();
            assertThat(query.getMetaData().getColumnName(1)).isEqualTo("b");
            for (int a = 1; a <= 2; a++) {
                query.setInt(1, a);
                try (ResultSet rows = query.executeQuery()) {
                    assertThat(Database.read(rows)).containsExactly(a == 1 ? "x" : "y");
                }
            }
        }
    }

    @Test
    void aPreparedQuerySurvivesAChangeOfTheCatalog() throws SQLException {
        database.run("insert into t values (1, 'x')");
        try (PreparedStatement query = database.connection().prepareStatement("select b from t where a = ?")) {
            query.setInt(1, 1);
            assertThat(Database.read(query.executeQuery())).containsExactly("x");
            database.run("create table other (c int)");
            assertThat(Database.read(query.executeQuery())).containsExactly("x");
        }
    }

    @Test
    void parametersThatAreMissingWrongOrTooLargeAreTold() throws SQLException {
        try (PreparedStatement insert = database.connection().prepareStatement("insert into t values (?, ?)")) {
            assertThatThrownBy(insert::executeUpdate).hasMessageContaining("parameter 1 was not set");
            assertThatThrownBy(() -> insert.setInt(3, 1)).hasMessageContaining("no parameter 3");
            insert.setLong(1, 1L << 40);
            insert.setString(2, "x");
            assertThat(catchThrowableOfType(SQLException.class, insert::executeUpdate)
                            .getSQLState())
                    .isEqualTo("22003");
            insert.setString(1, "one");
            assertThat(catchThrowableOfType(SQLException.class, insert::executeUpdate)
                            .getSQLState())
                    .isEqualTo("22P02");
        }
    }

    @Test
    void onlyOneStatementCanBePrepared() {
        assertThatThrownBy(() -> database.connection().prepareStatement("select 1; select 2"))
                .hasMessageContaining("one statement");
    }

    @Test
    void aBatchWritesAllItsRows() throws SQLException {
        try (PreparedStatement insert = database.connection().prepareStatement("insert into t values (?, ?)")) {
            for (int i = 0; i < 100; i++) {
                insert.setInt(1, i);
                insert.setString(2, "row " + i);
                insert.addBatch();
            }
            assertThat(insert.executeBatch()).hasSize(100).containsOnly(1);
        }
        assertThat(database.rows("select count(*), max(a) from t")).containsExactly("100,99");
    }

    @Test
    void aBatchThatFailsWritesNothing() throws SQLException {
        try (Statement batch = database.connection().createStatement()) {
            batch.addBatch("insert into t values (1, 'x')");
            batch.addBatch("insert into t values (1, 'again')");
            BatchUpdateException failure = catchThrowableOfType(BatchUpdateException.class, batch::executeBatch);
            assertThat(failure.getSQLState()).isEqualTo("23505");
            assertThat(failure.getMessage()).contains("member 2");
        }
        assertThat(database.rows("select * from t")).isEmpty();
        assertThat(database.connection().getAutoCommit()).isTrue();
    }

    @Test
    void aTimeOutEndsAQuery() throws SQLException {
        try (Statement statement = database.connection().createStatement()) {
            statement.setQueryTimeout(1);
            assertThat(statement.getQueryTimeout()).isOne();
            assertThatThrownBy(() -> Database.read(statement.executeQuery(LONG_QUERY)))
                    .isInstanceOfSatisfying(
                            SQLTimeoutException.class,
                            e -> assertThat(e.getSQLState()).isEqualTo("57014"));
        }
        assertThat(database.rows("select 1")).containsExactly("1");
    }

    @Test
    void theSettingIsATimeOutToo() throws SQLException {
        database.run("set statement_timeout = '200ms'");
        assertThatThrownBy(() -> database.rows(LONG_QUERY)).hasMessageContaining("time-out of 200 ms");
    }

    @Test
    void cancelEndsAQueryFromAnotherThread() throws Exception {
        try (Statement statement = database.connection().createStatement()) {
            CountDownLatch started = new CountDownLatch(1);
            AtomicReference<String> state = new AtomicReference<>("none");
            Thread runner = Thread.ofVirtual().start(() -> {
                try {
                    started.countDown();
                    Database.read(statement.executeQuery(LONG_QUERY));
                } catch (SQLException e) {
                    state.set(e.getSQLState());
                }
            });
            started.await();
            // What is cancelled before it began runs on, so it is cancelled until it ends.
            while (!runner.join(java.time.Duration.ofMillis(20))) {
                statement.cancel();
            }
            assertThat(state).hasValue("57014");
        }
    }

    @Test
    void closedThingsSaySo() throws SQLException {
        Connection other = database.connect();
        Statement statement = other.createStatement();
        ResultSet rows = statement.executeQuery("select 1");
        other.close();
        other.close();
        assertThat(rows.isClosed()).isTrue();
        assertThat(statement.isClosed()).isTrue();
        assertThat(other.isValid(1)).isFalse();
        assertThat(catchThrowableOfType(SQLException.class, other::createStatement)
                        .getSQLState())
                .isEqualTo("08003");
        assertThatThrownBy(() -> statement.execute("select 1")).hasMessageContaining("closed");
        assertThatThrownBy(rows::next).hasMessageContaining("closed");
    }

    @Test
    void errorsCarryStatePlaceCaretAndHint() {
        SQLException error =
                catchThrowableOfType(SQLException.class, () -> database.rows("select a,\n       c from t"));
        assertThat(error.getSQLState()).isEqualTo("42703");
        assertThat(error.getMessage()).contains("line 2, column 8", "       ^");
    }

    @Test
    void urlsThatCannotBeUsedAreRefused() {
        assertThat(catchThrowableOfType(
                                SQLException.class, () -> DriverManager.getConnection(database.url() + "?timezone"))
                        .getSQLState())
                .isEqualTo("08001");
        assertThat(catchThrowableOfType(
                                SQLException.class,
                                () -> DriverManager.getConnection(database.url() + "?time_zone=UTC"))
                        .getMessage())
                .contains("did you mean timezone?");
    }

    @Test
    void settingsInTheUrlCount() throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.url() + "?timezone=Europe/Berlin")) {
            assertThat(Database.rows(connection, "show timezone")).containsExactly("Europe/Berlin");
        }
    }

    @Test
    void othersSeeTheSameDatabase() throws SQLException {
        database.run("insert into t values (1, 'x')");
        try (Connection other = database.connect()) {
            assertThat(Database.rows(other, "select b from t")).containsExactly("x");
        }
    }

    @Test
    void planAgainWhenTheCatalogHasChanged() throws SQLException {
        database.run("insert into t values (2, 'x'), (1, 'y')", "create table u (a int, b text)");
        try (PreparedStatement rows = database.connection().prepareStatement("select b from t order by a");
                PreparedStatement insert = database.connection()
                        .prepareStatement("insert into u select a + ?, b from t order by t.a desc limit 1");
                PreparedStatement copy =
                        database.connection().prepareStatement("copy (select b from t order by a) to stdout")) {
            for (int i = 0; i < 3; i++) {
                try (ResultSet result = rows.executeQuery()) {
                    assertThat(Database.read(result)).containsExactly("y", "x");
                }
                insert.setInt(1, i);
                assertThat(insert.executeUpdate()).isEqualTo(1);
                try (ResultSet result = copy.executeQuery()) {
                    assertThat(Database.read(result)).hasSize(1);
                }
                database.run("create table another" + i + " (a int)");
            }
        }
        assertThat(database.rows("select * from u order by a")).containsExactly("2,x", "3,x", "4,x");
    }

    @Test
    void warningsOfAStatementAreThoseOfItsLastRun() throws SQLException {
        Connection connection = database.connection();
        try (Statement one = connection.createStatement();
                Statement other = connection.createStatement();
                PreparedStatement prepared = connection.prepareStatement("drop table if exists none_at_all")) {
            one.execute("drop table if exists nowhere");
            other.execute("drop table if exists nothing; drop view if exists neither");
            prepared.execute();
            assertThat(messages(one.getWarnings())).containsExactly("table \"nowhere\" does not exist, skipping");
            assertThat(messages(other.getWarnings()))
                    .containsExactly(
                            "table \"nothing\" does not exist, skipping", "view \"neither\" does not exist, skipping");
            assertThat(messages(prepared.getWarnings())).hasSize(1);
            one.execute("select 1");
            assertThat(messages(one.getWarnings())).isEmpty();
            assertThat(messages(other.getWarnings())).hasSize(2);
            one.execute("drop table if exists nowhere");
            one.execute("drop table if exists nobody");
            assertThat(messages(one.getWarnings())).containsExactly("table \"nobody\" does not exist, skipping");
            prepared.execute();
            assertThat(messages(prepared.getWarnings())).hasSize(1);
            assertThat(messages(connection.getWarnings())).hasSize(7);
            connection.clearWarnings();
            assertThat(messages(other.getWarnings())).isEmpty();
            assertThat(messages(connection.getWarnings())).isEmpty();
        }
    }

    private static List<String> messages(@Nullable SQLWarning first) {
        List<String> messages = new ArrayList<>();
        for (SQLWarning warning = first; warning != null; warning = warning.getNextWarning()) {
            messages.add(warning.getMessage());
        }
        return messages;
    }

    @Test
    void noticesAreWarnings() throws SQLException {
        database.run("commit");
        assertThat(database.connection().getWarnings().getSQLState()).isEqualTo("25P01");
        database.connection().clearWarnings();
        assertThat((Object) database.connection().getWarnings()).isNull();
    }

    @Test
    void plansAreExplainedAsJsonToo() throws SQLException {
        database.run("create table explained (a int primary key, b text)");
        database.run("insert into explained values (1, 'x'), (2, 'x')");
        List<String> rows =
                database.rows("explain (analyze, format json) select b, count(*) from explained group by b");
        assertThat(rows).hasSize(1);
        assertThat(rows.getFirst())
                .startsWith("[")
                .containsSubsequence(
                        "\"Plan\" : {",
                        "\"Node Type\" : \"Aggregate\"",
                        "\"Strategy\" : \"Hashed\"",
                        "\"Actual Rows\" : 1",
                        "\"Actual Total Time\" : ",
                        "\"Group Key\" : \"b\"",
                        "\"Plans\" : [",
                        "\"Node Type\" : \"Seq Scan\"",
                        "\"Relation Name\" : \"explained\"",
                        "\"Actual Rows\" : 2",
                        "\"Peak Memory Usage\" : ");
    }
}
