package io.kadedb.server.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Advisory locks, as PostgreSQL has them (manual, 13.3.5 and 9.28.10). */
class AdvisoryLockTest {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private Database database;
    private Connection other;

    // JUnit sets the fields before each test.
    @SuppressWarnings("NullAway.Init")
    AdvisoryLockTest() {}

    @BeforeEach
    void open() throws SQLException {
        database = new Database();
        other = database.connect();
    }

    @AfterEach
    void close() throws SQLException {
        other.close();
        database.close();
        threads.close();
    }

    private String mine(String call) throws SQLException {
        return database.rows("select " + call).getFirst();
    }

    private String theirs(String call) throws SQLException {
        return Database.rows(other, "select " + call).getFirst();
    }

    private void awaitWaiting() throws SQLException {
        while (database.rows("select * from kade_locks where not granted").isEmpty()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void locksOfSessionsStack() throws SQLException {
        mine("pg_advisory_lock(1)");
        assertThat(mine("pg_try_advisory_lock(1)")).isEqualTo("true");
        assertThat(theirs("pg_try_advisory_lock(1)")).isEqualTo("false");
        assertThat(theirs("pg_try_advisory_lock(2)")).isEqualTo("true");
        assertThat(theirs("pg_try_advisory_lock(0, 1)")).isEqualTo("true");
        assertThat(mine("pg_advisory_unlock(1)")).isEqualTo("true");
        assertThat(theirs("pg_try_advisory_lock(1)")).isEqualTo("false");
        assertThat(mine("pg_advisory_unlock(1)")).isEqualTo("true");
        assertThat(mine("pg_advisory_unlock(1)")).isEqualTo("false");
        assertThat(theirs("pg_try_advisory_lock(1)")).isEqualTo("true");
        theirs("pg_advisory_unlock_all()");
        assertThat(mine("pg_try_advisory_lock(1)")).isEqualTo("true");
        assertThat(mine("pg_try_advisory_lock(0, 1)")).isEqualTo("true");
    }

    @Test
    void sharedLocksShare() throws SQLException {
        mine("pg_advisory_lock_shared(1)");
        assertThat(theirs("pg_try_advisory_lock_shared(1)")).isEqualTo("true");
        assertThat(theirs("pg_try_advisory_lock(1)")).isEqualTo("false");
        assertThat(theirs("pg_advisory_unlock(1)")).isEqualTo("false");
        mine("pg_advisory_unlock_shared(1)");
        // One's own are never in the way.
        assertThat(theirs("pg_try_advisory_lock(1)")).isEqualTo("true");
        assertThat(theirs("pg_advisory_unlock_shared(1)")).isEqualTo("true");
        assertThat(mine("pg_try_advisory_lock_shared(1)")).isEqualTo("false");
    }

    @Test
    void locksOfTransactionsEndWithThem() throws SQLException {
        database.run("begin");
        mine("pg_advisory_xact_lock(1)");
        assertThat(mine("pg_try_advisory_lock(1)")).isEqualTo("true");
        assertThat(theirs("pg_try_advisory_xact_lock(1)")).isEqualTo("false");
        database.run("rollback");
        // That of the session stays, whatever becomes of the transaction.
        assertThat(theirs("pg_try_advisory_xact_lock(1)")).isEqualTo("false");
        mine("pg_advisory_unlock(1)");
        assertThat(theirs("pg_try_advisory_xact_lock(1)")).isEqualTo("true");
        assertThat(mine("pg_try_advisory_xact_lock(1)")).isEqualTo("true");
    }

    @Test
    void whoWaitsGetsTheLockOnce() throws Exception {
        mine("pg_advisory_lock(1)");
        Future<String> waiting = threads.submit(() -> theirs("pg_advisory_lock(1)"));
        awaitWaiting();
        assertThat(database.rows("select relation, target from kade_locks where not granted"))
                .containsExactly("(advisory),advisory lock 1");
        mine("pg_advisory_unlock(1)");
        waiting.get();
        assertThat(mine("pg_try_advisory_lock(1)")).isEqualTo("false");
        assertThat(theirs("pg_advisory_unlock(1)")).isEqualTo("true");
        assertThat(theirs("pg_advisory_unlock(1)")).isEqualTo("false");
        assertThat(mine("pg_try_advisory_lock(1)")).isEqualTo("true");
    }

    @Test
    void waitingEndsWithItsTime() throws SQLException {
        mine("pg_advisory_lock(1)");
        Database.run(other, "set lock_timeout = '5ms'");
        SQLException late = catchThrowableOfType(SQLException.class, () -> theirs("pg_advisory_lock(1)"));
        assertThat(late.getSQLState()).isEqualTo("55P03");
        assertThat(late.getMessage()).contains("advisory lock 1");
        mine("pg_advisory_unlock(1)");
        assertThat(mine("pg_try_advisory_lock(1)")).isEqualTo("true");
    }

    @Test
    void theEndOfASessionFreesItsLocks() throws SQLException {
        theirs("pg_advisory_lock(1)");
        assertThat(mine("pg_try_advisory_lock(1)")).isEqualTo("false");
        other.close();
        assertThat(mine("pg_try_advisory_lock(1)")).isEqualTo("true");
        database.run("discard all");
        other = database.connect();
        assertThat(theirs("pg_try_advisory_lock(1)")).isEqualTo("true");
    }

    @Test
    void deadlocksWithRowsAreFound() throws Exception {
        database.run("create table t (id int primary key, v int)", "insert into t values (1, 0)");
        mine("pg_advisory_lock(1)");
        Database.run(other, "begin", "update t set v = 1");
        Future<SQLException> waiting = threads.submit(() ->
                catchThrowableOfType(SQLException.class, () -> Database.rows(other, "select pg_advisory_lock(1)")));
        try (Connection third = database.connect()) {
            while (Database.rows(third, "select * from kade_locks where not granted")
                    .isEmpty()) {
                Thread.onSpinWait();
            }
        }
        // The session's lock is older than its transaction, which is the younger of the two.
        SQLException own = catchThrowableOfType(SQLException.class, () -> database.run("begin", "update t set v = 2"));
        assertThat(own.getSQLState()).isEqualTo("40P01");
        database.run("rollback");
        mine("pg_advisory_unlock(1)");
        assertThat((Throwable) waiting.get()).isNull();
        Database.run(other, "rollback");
    }
}
