package io.kadedb.server.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class TransactionTest {
    private final Door door;
    private Database database;

    // JUnit sets the field before each test.
    @SuppressWarnings("NullAway.Init")
    TransactionTest(Door door) {
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

    private static String state(ThrowingCallable call) {
        return catchThrowableOfType(SQLException.class, call).getSQLState();
    }

    @Test
    void aBlockIsSeenByOthersWhenItCommits() throws SQLException {
        try (Connection other = database.connect()) {
            database.run("begin", "insert into t values (1, 'x')");
            assertThat(database.rows("select * from t")).containsExactly("1,x");
            assertThat(Database.rows(other, "select * from t")).isEmpty();
            database.run("commit");
            assertThat(Database.rows(other, "select * from t")).containsExactly("1,x");
        }
    }

    @Test
    void rollbackUndoesEverythingDefinitionsIncluded() throws SQLException {
        database.run(
                "begin",
                "insert into t values (1, 'x')",
                "create table u as select * from t",
                "set timezone = 'Asia/Tokyo'",
                "rollback");
        assertThat(database.rows("select * from t")).isEmpty();
        assertThat(database.rows("show timezone")).containsExactly("UTC");
        assertThat(state(() -> database.rows("select * from u"))).isEqualTo("42P01");
    }

    @Test
    void aFailedBlockTakesNothingButItsEnd() throws SQLException {
        database.run("begin", "insert into t values (1, 'x')");
        assertThat(state(() -> database.rows("select nope from t"))).isEqualTo("42703");
        assertThat(state(() -> database.rows("select 1"))).isEqualTo("25P02");
        assertThat(state(() -> database.run("insert into t values (2, 'y')"))).isEqualTo("25P02");
        database.run("commit");
        assertThat(database.rows("select * from t")).isEmpty();
    }

    @Test
    void aFailureWhileRowsAreReadFailsTheBlock() throws SQLException {
        database.run("insert into t values (0, 'x')", "begin");
        assertThat(state(() -> database.rows("select 1 / a from t"))).isEqualTo("22012");
        assertThat(state(() -> database.rows("select 1"))).isEqualTo("25P02");
        database.run("rollback");
        assertThat(database.rows("select 1")).containsExactly("1");
    }

    @Test
    void withoutAutocommitStatementsGatherUntilTheCommit() throws SQLException {
        try (Connection other = database.connect()) {
            database.connection().setAutoCommit(false);
            database.run("insert into t values (1, 'x')");
            assertThat(Database.rows(other, "select * from t")).isEmpty();
            database.connection().commit();
            assertThat(Database.rows(other, "select * from t")).containsExactly("1,x");
            database.run("delete from t");
            database.connection().rollback();
            assertThat(database.rows("select * from t")).containsExactly("1,x");
            database.run("delete from t");
            database.connection().setAutoCommit(true);
            assertThat(Database.rows(other, "select * from t")).isEmpty();
        }
    }

    @Test
    void commitOfAFailedBlockIsAnErrorAndARollback() throws SQLException {
        database.connection().setAutoCommit(false);
        database.run("insert into t values (1, 'x')");
        assertThat(state(() -> database.run("select 1 / 0"))).isEqualTo("22012");
        assertThat(state(database.connection()::commit)).isEqualTo("25P02");
        assertThat(database.rows("select * from t")).isEmpty();
    }

    @Test
    void commitInAutocommitIsAnError() {
        assertThat(state(database.connection()::commit)).isEqualTo("25P01");
    }

    @Test
    void theSecondOfTwoThatWriteTheSameWaits() throws SQLException {
        database.run("insert into t values (1, 'x')");
        try (Connection other = database.connect()) {
            database.run("begin", "update t set b = b || '1' where a = 1");
            Database.run(other, "set lock_timeout = '10ms'", "begin");
            assertThat(state(() -> Database.run(other, "update t set b = b || '2' where a = 1")))
                    .isEqualTo("55P03");
            database.run("commit");
            Database.run(other, "rollback", "update t set b = b || '2' where a = 1");
            assertThat(Database.rows(other, "select b from t")).containsExactly("x12");
        }
    }

    @Test
    void whatWasReadAndThenChangedByAnotherIs40001() throws SQLException {
        database.run("insert into t values (1, 'x')");
        try (Connection other = database.connect()) {
            Database.run(other, "begin", "select b from t where a = 1");
            database.run("update t set b = b || '1' where a = 1");
            assertThat(state(() -> Database.run(other, "update t set b = b || '2' where a = 1")))
                    .isEqualTo("40001");
            Database.run(other, "rollback");
        }
    }

    @Test
    void aReadOnlyTransactionDoesNotWrite() throws SQLException {
        database.run("begin read only");
        assertThat(database.rows("select * from t")).isEmpty();
        assertThat(state(() -> database.run("insert into t values (1, 'x')"))).isEqualTo("25006");
        database.run("rollback");
        database.connection().setReadOnly(true);
        assertThat(state(() -> database.run("create table u (a int)"))).isEqualTo("25006");
        database.connection().setReadOnly(false);
        database.run("insert into t values (1, 'x')");
    }

    @Test
    void anOpenResultOutlivesWritesAndCommit() throws SQLException {
        database.run("insert into t values (1, 'x'), (2, 'y')");
        database.connection().setAutoCommit(false);
        try (Statement reader = database.connection().createStatement();
                ResultSet rows = reader.executeQuery("select a from t order by a")) {
            database.run("delete from t");
            database.connection().commit();
            assertThat(Database.read(rows)).containsExactly("1", "2");
        }
        assertThat(database.rows("select * from t")).isEmpty();
    }

    @Test
    void nowStandsStillWithinABlock() throws SQLException {
        database.run("begin");
        String first = database.rows("select now()").getFirst();
        assertThat(database.rows("select current_timestamp")).containsExactly(first);
        database.run("commit");
        assertThat(database.rows("select now()")).doesNotContain(first);
    }

    @Test
    void setLocalEndsWithItsBlock() throws SQLException {
        database.run("begin", "set local timezone = 'Asia/Tokyo'");
        assertThat(database.rows("show timezone")).containsExactly("Asia/Tokyo");
        database.run("commit");
        assertThat(database.rows("show timezone")).containsExactly("UTC");
    }

    @Test
    void aUniqueKeyIsHeldToWithinAndAcrossStatements() throws SQLException {
        assertThatThrownBy(() -> database.run("insert into t values (1, 'x'), (1, 'y')"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("23505"));
        assertThat(database.rows("select * from t")).isEmpty();
        database.run("insert into t values (1, 'x')");
        assertThat(state(() -> database.run("insert into t values (1, 'y')"))).isEqualTo("23505");
        assertThat(state(() -> database.run("insert into t values (null, 'y')")))
                .isEqualTo("23502");
    }
}
