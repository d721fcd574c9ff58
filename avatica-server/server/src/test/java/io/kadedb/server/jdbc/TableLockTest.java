package io.kadedb.server.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** LOCK TABLE beyond the isolation scripts: each way to write, what is shown, and bad input. */
class TableLockTest {
    private Database database;
    private Connection other;

    // JUnit sets the fields before each test.
    @SuppressWarnings("NullAway.Init")
    TableLockTest() {}

    @BeforeEach
    void open() throws SQLException {
        database = new Database();
        other = database.connect();
        database.run("create table keyed (id int primary key, v int)");
        database.run("create table keyless (v int)");
        database.run("insert into keyed values (1, 1), (2, 2)");
        database.run("insert into keyless values (1)");
        Database.run(other, "set lock_timeout = '50ms'");
    }

    @AfterEach
    void close() throws SQLException {
        other.close();
        database.close();
    }

    private SQLException refused(String sql) {
        return catchThrowableOfType(SQLException.class, () -> Database.run(other, sql));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into keyed values (3, 3)",
                "insert into keyed select x, x from generate_series(10, 20000) as x",
                "update keyed set v = 3 where id = 1",
                "update keyed set v = v + 1",
                "delete from keyed where id = 1",
                "insert into keyless values (3)",
                "insert into keyless select x from generate_series(10, 20000) as x",
                "update keyless set v = 2",
                "delete from keyless",
                "alter table keyed alter column v type text",
            })
    void nobodyElseWritesALockedTable(String write) throws SQLException {
        database.run("begin");
        database.run("lock table keyed, keyless in share mode");
        assertThat(Database.rows(other, "select v from keyed where id = 1")).containsExactly("1");
        assertThat(refused(write).getSQLState()).isEqualTo("55P03");
        database.run("commit");
        assertThatCode(() -> Database.run(other, write)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"keyed values (3, 3)", "keyless values (3)"})
    void whoHasWrittenIsWaitedFor(String row) throws SQLException {
        database.run("begin");
        database.run("insert into " + row);
        Database.run(other, "begin");
        SQLException error = refused("lock table keyed, keyless in share row exclusive mode nowait");
        assertThat(error.getSQLState()).isEqualTo("55P03");
        assertThat(error.getMessage()).contains("could not obtain lock on relation \"" + row.split(" ")[0] + "\"");
        Database.run(other, "rollback");
        Database.run(other, "begin");
        Database.run(other, "lock table keyed, keyless in row exclusive mode nowait");
        Database.run(other, "rollback");
    }

    @Test
    void theLockedTableIsReadAsItIsNow() throws SQLException {
        database.run("begin");
        database.run("lock table keyed");
        database.run("update keyed set v = v + (select max(v) from keyed) where id = 1");
        database.run("commit");
        assertThat(database.rows("select v from keyed where id = 1")).containsExactly("3");
    }

    @Test
    void aViewLocksItsTables() throws SQLException {
        database.run("create view inner_view as select v from keyless");
        database.run("create view v as select keyed.id from keyed join inner_view on keyed.v = inner_view.v");
        database.run("begin");
        database.run("lock v in exclusive mode");
        assertThat(database.rows("select relation, mode, granted from kade_locks order by 1"))
                .containsExactly("keyed,exclusive,true", "keyless,exclusive,true");
        database.run("rollback");
        assertThat(database.rows("select * from kade_locks")).isEmpty();
    }

    @Test
    void goingBackGivesTheLockBack() throws SQLException {
        database.run("begin");
        database.run("savepoint a");
        database.run("lock table keyed in exclusive mode");
        database.run("rollback to a");
        assertThatCode(() -> Database.run(other, "update keyed set v = 9 where id = 1"))
                .doesNotThrowAnyException();
        database.run("commit");
    }

    @Test
    void badInput() throws SQLException {
        assertThat(refused("lock table keyed").getSQLState()).isEqualTo("25P01");
        Database.run(other, "begin");
        SQLException mode = refused("lock table keyed in exclusiv mode");
        assertThat(mode.getSQLState()).isEqualTo("42601");
        assertThat(mode.getMessage()).contains("exclusive");
        Database.run(other, "rollback");
        Database.run(other, "begin");
        assertThat(refused("lock table kyed").getSQLState()).isEqualTo("42P01");
        Database.run(other, "rollback");
        assertThat(refused("lock table keyed in mode").getSQLState()).isEqualTo("42601");
        assertThat(refused("lock table keyed in share").getSQLState()).isEqualTo("42601");
    }
}
