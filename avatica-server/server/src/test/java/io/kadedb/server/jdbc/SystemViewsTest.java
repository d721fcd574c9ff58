package io.kadedb.server.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Views of what goes on in the database. */
class SystemViewsTest {
    @ParameterizedTest
    @EnumSource
    void transactionsAreShownWithWhatTheyHold(Door door) throws SQLException {
        try (Database database = new Database(door);
                Connection other = database.connect()) {
            database.run("create table t (id int primary key, v text)", "insert into t values (1, 'one')");
            Database.run(other, "set application_name = 'the other'", "begin isolation level repeatable read");
            Database.run(other, "update t set v = 'changed' where id = 1");
            assertThat(database.rows("""
                select state, isolation, read_only, read_bytes >= 0, written_bytes > 0, age_ms >= 0,
                    snapshot <= now(), snapshot_version > 0, statement
                from kade_transactions where application_name = 'the other'
                """))
                    .containsExactly("idle in transaction,repeatable read,false,true,true,true,true,true,"
                            + "update t set v = 'changed' where id = 1");
            assertThat(database.rows("select state from pg_catalog.kade_transactions where statement like"
                            + " '%kade_transactions%'"))
                    .containsExactly("active");
            Database.run(other, "commit");
            assertThat(database.rows("select * from kade_transactions where application_name = 'the other'"))
                    .isEmpty();
            Database.run(other, "begin as of system time '-0s'");
            Database.rows(other, "select * from t");
            assertThat(database.rows("select read_only from kade_transactions where application_name = 'the other'"))
                    .containsExactly("true");
            Database.run(other, "rollback");
        }
    }

    @Test
    void locksAreShownToTheirEnd() throws Exception {
        try (ExecutorService thread = Executors.newSingleThreadExecutor();
                Database database = new Database();
                Connection other = database.connect()) {
            database.run(
                    "create table t (id int primary key, v int)",
                    "insert into t values (1, 0), (2, 0), (3, 0)",
                    "begin",
                    "select * from t where id = 3 for share",
                    "update t set v = 1 where id < 3");
            Future<?> waiting = thread.submit(() -> {
                Database.run(other, "update t set v = 2 where id = 2");
                return true;
            });
            String own = "select relation, mode, granted, rows, target from kade_locks";
            while (database.rows(own + " where not granted").isEmpty()) {
                Thread.onSpinWait();
            }
            assertThat(database.rows(own + " where granted order by mode"))
                    .containsExactly("t,no key update,true,2,null", "t,share,true,1,null");
            assertThat(database.rows(own + " where not granted and waited_ms >= 0 and blocked_by <> session"))
                    .containsExactly("t,no key update,false,1,a row of table \"t\" with key (id)=(2)");
            database.run("commit");
            waiting.get();
            assertThat(database.rows(own)).isEmpty();
        }
    }

    @Test
    void deadlocksAreRemembered() throws Exception {
        try (ExecutorService thread = Executors.newSingleThreadExecutor();
                Database database = new Database();
                Connection other = database.connect()) {
            database.run("create table t (id int primary key, v int)", "insert into t values (1, 0), (2, 0)");
            assertThat(database.rows("select * from kade_deadlocks")).isEmpty();
            database.run("begin", "update t set v = 1 where id = 1");
            Database.run(other, "begin", "update t set v = 2 where id = 2");
            Future<?> waiting = thread.submit(() -> {
                database.run("update t set v = 1 where id = 2");
                return true;
            });
            try (Connection third = database.connect()) {
                while (Database.rows(third, "show locks").isEmpty()) {
                    Thread.onSpinWait();
                }
            }
            SQLException victim = org.assertj.core.api.Assertions.catchThrowableOfType(
                    SQLException.class, () -> Database.run(other, "update t set v = 2 where id = 1"));
            assertThat(victim.getSQLState()).isEqualTo("40P01");
            Database.run(other, "rollback");
            waiting.get();
            database.run("commit");
            assertThat(database.rows("""
                select victim = session, waits_for, happened_at between now() - interval '1 min' and now()
                from kade_deadlocks order by waits_for
                """))
                    .containsExactly(
                            "true,a row of table \"t\" with key (id)=(1),true",
                            "false,a row of table \"t\" with key (id)=(2),true");
        }
    }

    @Test
    void viewsAreFoundAndRefuseWrites() throws SQLException {
        try (Database database = new Database()) {
            assertThat(database.rows("select count(*) from pg_catalog.kade_locks l join kade_deadlocks d on true"))
                    .containsExactly("0");
            SQLException refused = org.assertj.core.api.Assertions.catchThrowableOfType(
                    SQLException.class, () -> database.run("delete from kade_locks"));
            assertThat(refused.getSQLState()).isEqualTo("42P01");
            SQLException wrong = org.assertj.core.api.Assertions.catchThrowableOfType(
                    SQLException.class, () -> database.rows("select kade_state('nothing')"));
            assertThat(wrong.getSQLState()).isEqualTo("22023");
        }
    }
}
