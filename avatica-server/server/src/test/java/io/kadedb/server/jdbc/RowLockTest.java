package io.kadedb.server.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RowLockTest {
    private Database database;
    private Connection other;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    // JUnit sets the fields before each test.
    @SuppressWarnings("NullAway.Init")
    RowLockTest() {}

    @BeforeEach
    void open() throws SQLException {
        database = new Database();
        other = database.connect();
        database.run(
                "create table job (id int primary key, state text)",
                "insert into job values (1, 'new'), (2, 'new'), (3, 'new'), (4, 'done')",
                "create table part (job int, number int, primary key (job, number))",
                "insert into part values (1, 1), (1, 2), (2, 1)");
    }

    @AfterEach
    void close() throws SQLException {
        other.close();
        database.close();
        threads.close();
    }

    private static SQLException failure(ThrowingCallable call) {
        return catchThrowableOfType(SQLException.class, call);
    }

    private void awaitWaiting(int sessions) throws SQLException {
        while (database.rows("show locks").size() != sessions) {
            Thread.onSpinWait();
        }
    }

    @Test
    void lockedRowsAreSkippedOrRefused() throws SQLException {
        database.run("begin");
        assertThat(database.rows("select id from job where state = 'new' order by id limit 1 for update skip locked"))
                .containsExactly("1");
        assertThat(Database.rows(
                        other, "select * from job where state = 'new' order by id limit 1 for update skip locked"))
                .containsExactly("2,new");
        SQLException refused = failure(() -> Database.rows(other, "select id from job where id = 1 for update nowait"));
        assertThat(refused.getSQLState()).isEqualTo("55P03");
        assertThat(refused.getMessage()).contains("could not obtain lock on row in relation \"job\"");
        Database.run(other, "set lock_timeout = '5ms'");
        assertThat(failure(() -> Database.rows(other, "select id from job for update"))
                        .getSQLState())
                .isEqualTo("55P03");
        assertThat(Database.rows(other, "select id from job where id > 1 order by id offset 1 for update"))
                .containsExactly("3", "4");
        database.run("commit");
        assertThat(Database.rows(other, "select id from job for update nowait")).hasSize(4);
    }

    @Test
    void modesShareAsInPostgreSql() throws SQLException {
        database.run("begin");
        assertThat(database.rows("select id from job where id = 1 for key share"))
                .containsExactly("1");
        assertThat(Database.rows(other, "select id from job where id = 1 for no key update nowait"))
                .containsExactly("1");
        assertThat(failure(() -> Database.rows(other, "select id from job where id = 1 for update nowait"))
                        .getSQLState())
                .isEqualTo("55P03");
        assertThat(database.rows("select id from job where id = 1 for share")).containsExactly("1");
        assertThat(Database.rows(other, "select id from job where id = 1 for share nowait"))
                .containsExactly("1");
        Database.run(other, "set lock_timeout = '5ms'");
        assertThat(failure(() -> Database.run(other, "update job set state = 'x' where id = 1"))
                        .getSQLState())
                .isEqualTo("55P03");
        database.run("rollback");
        Database.run(other, "update job set state = 'x' where id = 1");
    }

    @Test
    void onlyTheTablesOfTheClauseAreLocked() throws SQLException {
        database.run("begin");
        assertThat(database.rows("select p.number from job as j join part as p on p.job = j.id where j.id = 1"
                        + " order by p.number for update of p"))
                .containsExactly("1", "2");
        assertThat(Database.rows(other, "select id from job for update nowait")).hasSize(4);
        assertThat(Database.rows(other, "select job, number from part for update skip locked"))
                .containsExactly("2,1");
        assertThat(Database.rows(
                        other, "select j.id, p.number from job j, part p where p.job = j.id for update skip locked"))
                .containsExactly("2,1");
        database.run("rollback");
    }

    @Test
    void aWaitingSelectGivesTheRowAsItIsThen() throws Exception {
        for (String level : List.of("read committed", "serializable")) {
            database.run("begin", "update job set state = 'taken' where id in (1, 2)");
            Database.run(other, "begin isolation level " + level);
            Future<List<String>> waiting = threads.submit(() ->
                    Database.rows(other, "select id from job where state = 'new' order by id limit 1 for update"));
            awaitWaiting(1);
            assertThat(database.rows("show locks").getFirst()).contains("job").contains("(id)=(1)");
            database.run("commit");
            assertThat(waiting.get()).containsExactly("3");
            Database.run(other, "rollback");
            database.run("update job set state = 'new' where id in (1, 2)");
        }
    }

    @Test
    void deadlocksAreBrokenAndNameBoth() throws Exception {
        database.run("begin", "update job set state = 'a' where id = 1");
        Database.run(other, "begin", "update job set state = 'b' where id = 2");
        Future<SQLException> younger =
                threads.submit(() -> failure(() -> Database.run(other, "update job set state = 'b' where id = 1")));
        awaitWaiting(1);
        database.run("update job set state = 'a' where id = 2");
        SQLException error = younger.get();
        assertThat(error.getSQLState()).isEqualTo("40P01");
        assertThat(error.getMessage())
                .contains("deadlock detected")
                .contains("(id)=(1)")
                .contains("(id)=(2)");
        database.run("commit");
        Database.run(other, "rollback");
        assertThat(database.rows("select state from job where id < 3")).containsExactly("a", "a");
    }

    @Test
    void aFailedBlockGivesItsLocksBackToTheLastSavepoint() throws Exception {
        database.run(
                "begin",
                "update job set state = 'a' where id = 1",
                "savepoint s",
                "update job set state = 'a' where id = 2");
        assertThat(failure(() -> database.rows("select 1 / 0 from job where id = 3"))
                        .getSQLState())
                .isEqualTo("22012");
        assertThat(Database.rows(other, "select id from job order by id for update skip locked"))
                .containsExactly("2", "3", "4");
        database.run("rollback to s");
        assertThat(database.rows("select state from job order by id")).containsExactly("a", "new", "new", "done");
        database.run("rollback");
    }

    @Test
    void aClosedConnectionGivesItsLocksBack() throws Exception {
        Connection third = database.connect();
        Database.run(third, "begin", "select id from job for update");
        Future<List<String>> waiting =
                threads.submit(() -> Database.rows(other, "select id from job where id = 1 for update"));
        awaitWaiting(1);
        third.close();
        assertThat(waiting.get()).containsExactly("1");
    }

    @Test
    void aWaitingStatementCanBeCancelledAndClosed() throws Exception {
        database.run("begin", "delete from job where id = 1");
        Database.run(other, "set statement_timeout = '20ms'");
        assertThat(failure(() -> Database.run(other, "delete from job where id = 1"))
                        .getSQLState())
                .isEqualTo("57014");
        Connection third = database.connect();
        Future<SQLException> waiting =
                threads.submit(() -> failure(() -> Database.run(third, "delete from job where id = 1")));
        awaitWaiting(1);
        third.abort(Runnable::run);
        assertThat(waiting.get().getSQLState()).isEqualTo("57014");
        database.run("rollback");
        assertThat(database.rows("show locks")).isEmpty();
    }

    @Test
    void workersShareAQueueWithoutDoingAnythingTwice() throws Exception {
        database.run("create table done (worker int, job int)", "delete from part");
        for (int i = 10; i < 90; i++) {
            database.run("insert into job values (" + i + ", 'new')");
        }
        List<Future<?>> workers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int worker = i;
            workers.add(threads.submit(() -> {
                work(worker);
                return null;
            }));
        }
        for (Future<?> worker : workers) {
            worker.get();
        }
        assertThat(database.rows("select count(*), count(distinct job) from done"))
                .containsExactly("83,83");
        assertThat(database.rows("select count(*) from job where state = 'new'"))
                .containsExactly("0");
    }

    private void work(int worker) throws SQLException {
        try (Connection connection = database.connect()) {
            while (true) {
                Database.run(connection, "begin isolation level read committed");
                List<String> job = Database.rows(
                        connection,
                        "select id from job where state = 'new' order by id limit 1 for update skip locked");
                if (job.isEmpty()) {
                    Database.run(connection, "commit");
                    return;
                }
                Database.run(
                        connection,
                        "update job set state = 'done' where id = " + job.getFirst(),
                        "insert into done values (" + worker + ", " + job.getFirst() + ")",
                        "commit");
            }
        }
    }

    @Test
    void whatCannotBeLockedIsSaid() throws SQLException {
        for (String sql : List.of(
                "select distinct state from job for update",
                "select state, count(*) from job group by state for share",
                "select id from job union select id from job for update",
                "values (1) for update",
                "select j.id from job j left join part p on p.job = j.id for update")) {
            assertThat(failure(() -> database.rows(sql)).getSQLState()).as(sql).isEqualTo("0A000");
        }
        assertThat(failure(() -> database.rows("select * from job for update of jop"))
                        .getSQLState())
                .isEqualTo("42P01");
        assertThat(failure(() -> database.rows("select * from job for update skip it"))
                        .getSQLState())
                .isEqualTo("42601");
        assertThat(database.rows("select j.id from job j left join part p on p.job = j.id for update of j"))
                .hasSize(5);
        assertThat(database.rows("with job as (select 7 as id) select id from job for update"))
                .containsExactly("7");
        assertThat(database.rows("select 1 for update")).containsExactly("1");
        assertThat(database.rows("select * from (select id from job) as s for update"))
                .hasSize(4);
        database.run("begin read only");
        assertThat(failure(() -> database.rows("select * from job for update")).getSQLState())
                .isEqualTo("25006");
        database.run("rollback");
        assertThat(String.join(
                        "\n", database.rows("explain select state from job order by id limit 2 for no key update")))
                .contains("Lock rows")
                .contains("no key update of public.job");
    }
}
