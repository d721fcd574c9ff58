package io.kadedb.server.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Kept statements that write one row by its key, run often enough to take the direct way. */
class DirectWriteTest {
    private static final int OFTEN = 6;

    private static Database accounts(Door door) throws SQLException {
        Database database = new Database(door);
        database.run(
                "create table account (id int primary key, balance bigint not null, note text, small smallint)",
                "insert into account values (1, 10, 'one', 1), (2, 20, null, null)");
        return database;
    }

    private static int write(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement.executeUpdate();
    }

    private static void fails(String state, ThrowingCallable write) {
        assertThatThrownBy(write)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(state));
    }

    private static List<String> rows(Database database) throws SQLException {
        return Database.rows(database.connection(), "select * from account order by id");
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void rowsAreAddedChangedAndRemoved(Door door) throws SQLException {
        try (Database database = accounts(door);
                PreparedStatement insert =
                        database.connection().prepareStatement("insert into account values (?, ?, ?, ?)");
                PreparedStatement update = database.connection()
                        .prepareStatement("update account set balance = balance + ?, note = ? where id = ?");
                PreparedStatement delete = database.connection().prepareStatement("delete from account where id = ?")) {
            for (int i = 0; i < OFTEN; i++) {
                assertThat(write(insert, 100 + i, 5L, "é" + i, null)).isEqualTo(1);
                assertThat(write(update, 1, i % 2 == 0 ? null : "odd", 1)).isEqualTo(1);
                assertThat(write(update, 1, "", 999)).isZero();
                assertThat(update.getUpdateCount()).isZero();
            }
            assertThat(rows(database))
                    .containsExactly(
                            "1,16,odd,1",
                            "2,20,null,null",
                            "100,5,é0,null",
                            "101,5,é1,null",
                            "102,5,é2,null",
                            "103,5,é3,null",
                            "104,5,é4,null",
                            "105,5,é5,null");
            for (int i = 0; i < OFTEN; i++) {
                assertThat(write(delete, 100 + i)).isEqualTo(1);
                assertThat(write(delete, 100 + i)).isZero();
                assertThat(write(insert, 100 + i, 6, "again", 7)).isEqualTo(1);
                assertThat(write(delete, 100 + i)).isEqualTo(1);
            }
            assertThat(rows(database)).containsExactly("1,16,odd,1", "2,20,null,null");
            assertThat(write(delete, (Object) null)).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void aRowThatAnotherTransactionIsAddingIsNotWaitedFor(Door door) throws SQLException {
        try (Database database = accounts(door);
                Connection other = database.connect();
                PreparedStatement update =
                        database.connection().prepareStatement("update account set balance = ? where id = ?");
                PreparedStatement delete = database.connection().prepareStatement("delete from account where id = ?")) {
            database.run("set lock_timeout = '5s'");
            for (int i = 0; i < OFTEN; i++) {
                assertThat(write(update, 10, 1)).isEqualTo(1);
                assertThat(write(delete, 9)).isZero();
            }
            other.setAutoCommit(false);
            Database.run(other, "insert into account values (5, 50, null, null)");
            assertThat(write(update, 51, 5)).isZero();
            assertThat(write(delete, 5)).isZero();
            other.commit();
            assertThat(write(update, 51, 5)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void whatIsWrongIsSaidAsElsewhere(Door door) throws SQLException {
        try (Database database = accounts(door);
                PreparedStatement insert =
                        database.connection().prepareStatement("insert into account values (?, ?, ?, ?)");
                PreparedStatement update = database.connection()
                        .prepareStatement("update account set balance = balance * ?, small = small + ? where id = ?")) {
            for (int i = 0; i < OFTEN; i++) {
                assertThat(write(insert, 100 + i, 1, null, 32_000)).isEqualTo(1);
                fails("23505", () -> write(insert, 1, 1, null, null));
                fails("23502", () -> write(insert, 50, null, null, null));
                fails("23502", () -> write(insert, null, 1, null, null));
                fails("22003", () -> write(insert, 50, 1, null, 40_000));
                assertThat(write(update, 1, 0, 1)).isEqualTo(1);
                fails("22003", () -> write(update, Long.MAX_VALUE, 1, 1));
                fails("22003", () -> write(update, 1, 32_767, 1));
                fails("23502", () -> write(update, null, 1, 1));
            }
            assertThat(rows(database).subList(0, 2)).containsExactly("1,10,one,1", "2,20,null,null");
        }
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void aBlockUndoesItAndAReadOnlySessionRefusesIt(Door door) throws SQLException {
        try (Database database = accounts(door);
                PreparedStatement update = database.connection()
                        .prepareStatement("update account set balance = balance + 1 where id = ?")) {
            for (int i = 0; i < OFTEN; i++) {
                assertThat(write(update, 1)).isEqualTo(1);
            }
            database.connection().setAutoCommit(false);
            assertThat(write(update, 1)).isEqualTo(1);
            assertThat(rows(database).getFirst()).isEqualTo("1,17,one,1");
            database.connection().rollback();
            database.connection().setAutoCommit(true);
            assertThat(rows(database).getFirst()).isEqualTo("1,16,one,1");
            assertThat(write(update, 1)).isEqualTo(1);
            database.connection().setReadOnly(true);
            fails("25006", () -> write(update, 1));
            database.connection().setReadOnly(false);
            for (int i = 0; i < OFTEN; i++) {
                assertThat(write(update, 1)).isEqualTo(1);
            }
            database.run("begin");
            assertThatThrownBy(() -> database.run("select 1 / 0")).isInstanceOf(SQLException.class);
            fails("25P02", () -> write(update, 1));
            database.run("rollback");
            assertThat(rows(database).getFirst()).isEqualTo("1,23,one,1");
        }
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void itKeepsWhatTheTableHasBecome(Door door) throws SQLException {
        try (Database database = accounts(door);
                Connection other = database.connect();
                PreparedStatement insert = database.connection()
                        .prepareStatement("insert into account (id, balance, note) values (?, ?, ?)");
                PreparedStatement update =
                        database.connection().prepareStatement("update account set balance = ? where id = ?")) {
            for (int i = 0; i < OFTEN; i++) {
                write(insert, 100 + i, i, "n" + i);
                write(update, i, 2);
            }
            Database.run(other, "alter table account add column extra int default 7");
            write(insert, 200, 1, "n200");
            write(update, 77, 2);
            assertThat(Database.rows(other, "select id, balance, extra from account where id in (2, 200) order by id"))
                    .containsExactly("2,77,7", "200,1,7");
            Database.run(other, "create unique index notes on account (note)");
            for (int i = 0; i < OFTEN; i++) {
                fails("23505", () -> write(insert, 300, 1, "n200"));
            }
            Database.run(other, "drop index notes", "alter table account add constraint positive check (balance >= 0)");
            for (int i = 0; i < OFTEN; i++) {
                fails("23514", () -> write(update, -1, 2));
                fails("23514", () -> write(insert, 300, -1, null));
            }
            Database.run(
                    other,
                    "alter table account drop constraint positive",
                    "create table owner (account int references account)",
                    "insert into owner values (2)");
            try (PreparedStatement delete =
                    database.connection().prepareStatement("delete from account where id = ?")) {
                for (int i = 0; i < OFTEN; i++) {
                    write(delete, 100 + i);
                    fails("23503", () -> write(delete, 2));
                }
            }
            database.run(
                    "create temporary table account (id int primary key, balance bigint)",
                    "insert into account values (2, 0)");
            for (int i = 0; i < OFTEN; i++) {
                assertThat(write(update, -5, 2)).isEqualTo(1);
            }
            assertThat(Database.rows(other, "select balance from account where id = 2"))
                    .containsExactly("77");
            assertThat(Database.rows(database.connection(), "select balance from account"))
                    .containsExactly("-5");
        }
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void itWaitsForARowAsLongAsItMay(Door door) throws Exception {
        try (Database database = accounts(door);
                Connection other = database.connect();
                ExecutorService threads = Executors.newCachedThreadPool();
                PreparedStatement update = database.connection()
                        .prepareStatement("update account set balance = balance + 1 where id = ?")) {
            for (int i = 0; i < OFTEN; i++) {
                write(update, 1);
            }
            other.setAutoCommit(false);
            Database.run(other, "update account set balance = 100 where id = 1");
            database.run("set lock_timeout = '20ms'");
            fails("55P03", () -> write(update, 1));
            database.run("reset lock_timeout");
            for (int i = 0; i < OFTEN; i++) {
                write(update, 2);
            }
            update.setQueryTimeout(1);
            fails("57014", () -> write(update, 1));
            update.setQueryTimeout(0);
            Future<Integer> waiting = threads.submit(() -> write(update, 1));
            while (Database.rows(other, "show locks").isEmpty()) {
                assertThat(waiting.isDone()).isFalse();
            }
            update.cancel();
            assertThatThrownBy(waiting::get).hasCauseInstanceOf(SQLException.class);
            Future<Integer> again = threads.submit(() -> write(update, 1));
            while (Database.rows(other, "show locks").isEmpty()) {
                assertThat(again.isDone()).isFalse();
            }
            other.commit();
            assertThat(again.get()).isEqualTo(1);
            assertThat(rows(database).getFirst()).startsWith("1,101,");
        }
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void noChangeIsLost(Door door) throws Exception {
        int clients = 8;
        int each = 100;
        try (Database database = accounts(door);
                ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<?>> all = new ArrayList<>();
            for (int c = 0; c < clients; c++) {
                boolean inBlocks = c % 4 == 3;
                all.add(threads.submit(() -> {
                    try (Connection connection = database.connect();
                            PreparedStatement update = connection.prepareStatement(
                                    "update account set balance = balance + ? where id = ?")) {
                        if (inBlocks) {
                            try (Statement statement = connection.createStatement()) {
                                statement.execute("set default_transaction_isolation = 'read committed'");
                            }
                            connection.setAutoCommit(false);
                        }
                        for (int i = 0; i < each; i++) {
                            write(update, 1, 1);
                            if (inBlocks) {
                                connection.commit();
                            }
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> client : all) {
                client.get();
            }
            assertThat(rows(database).getFirst()).isEqualTo("1," + (10 + clients * each) + ",one,1");
        }
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void keysOfOtherTypesAreWritten(Door door) throws SQLException {
        UUID id = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
        try (Database database = new Database(door)) {
            database.run(
                    "create table thing (id uuid, part text, n int, d double precision default 1.5, b boolean,"
                            + " primary key (id, part))",
                    "insert into thing values ('" + id + "', '', 1, 2.5, true)");
            try (PreparedStatement update = database.connection()
                            .prepareStatement("update thing set n = n - 1 + ? where id = ? and part = ?");
                    PreparedStatement insert = database.connection()
                            .prepareStatement("insert into thing (id, part, n) values (?, ?, 5)")) {
                for (int i = 0; i < OFTEN; i++) {
                    assertThat(write(update, 3, id, "")).isEqualTo(1);
                    assertThat(write(insert, id, "part " + i)).isEqualTo(1);
                }
            }
            assertThat(Database.rows(database.connection(), "select part, n, d, b from thing order by part limit 2"))
                    .containsExactly(",13,2.5,true", "part 0,5,1.5,null");
        }
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void flagsAndFloatingNumbersAreWrittenAsElsewhere(Door door) throws SQLException {
        List<Double> numbers =
                List.of(1.5, -0.0, 0.0, Double.NaN, Double.MIN_VALUE, Double.NEGATIVE_INFINITY, -1e300, 3.0);
        try (Database database = new Database(door)) {
            database.run(
                    "create table kept (d double precision primary key, b boolean, n double precision)",
                    "create table fresh (d double precision primary key, b boolean, n double precision)");
            try (PreparedStatement insert =
                            database.connection().prepareStatement("insert into kept values (?, true, ?)");
                    PreparedStatement update =
                            database.connection().prepareStatement("update kept set b = ?, n = ? where d = ?");
                    PreparedStatement select =
                            database.connection().prepareStatement("select b, n from kept where d = ?")) {
                for (int i = 0; i < OFTEN; i++) {
                    write(insert, 100.0 + i, 1.0);
                    write(update, true, 2.0, 100.0 + i);
                }
                for (double number : numbers) {
                    boolean flag = number > 0;
                    Database.run(database.connection(), "delete from kept", "delete from fresh");
                    write(insert, number, number);
                    int changed = write(update, flag, -number, number);
                    select.setDouble(1, number);
                    List<String> read = Database.read(select.executeQuery());
                    try (PreparedStatement once =
                            database.connection().prepareStatement("insert into fresh values (?, true, ?)")) {
                        write(once, number, number);
                    }
                    try (PreparedStatement once =
                            database.connection().prepareStatement("update fresh set b = ?, n = ? where d = ?")) {
                        assertThat(write(once, flag, -number, number)).isEqualTo(changed);
                    }
                    List<String> expected = Database.rows(database.connection(), "select * from fresh");
                    assertThat(Database.rows(database.connection(), "select * from kept"))
                            .isEqualTo(expected);
                    assertThat(read).isEqualTo(Database.rows(database.connection(), "select b, n from fresh"));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void blocksKeepUndoAndSeeTheirOwnWrites(Door door) throws SQLException {
        long seed = Long.getLong("kadedb.seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        try (Database database = new Database(door);
                Connection other = database.connect()) {
            database.run("create table t (id int primary key, n bigint, s text)");
            Connection connection = database.connection();
            connection.setAutoCommit(false);
            TreeMap<Integer, String> committed = new TreeMap<>();
            try (PreparedStatement insert = connection.prepareStatement("insert into t values (?, ?, ?)");
                    PreparedStatement update =
                            connection.prepareStatement("update t set n = n + ?, s = ? where id = ?");
                    PreparedStatement delete = connection.prepareStatement("delete from t where id = ?");
                    PreparedStatement select = connection.prepareStatement("select n, s from t where id = ?")) {
                for (int block = 0; block < 60; block++) {
                    TreeMap<Integer, String> now = new TreeMap<>(committed);
                    TreeMap<Integer, String> saved = now;
                    Savepoint savepoint = null;
                    for (int i = 0; i < 8; i++) {
                        int id = random.nextInt(12);
                        String old = now.get(id);
                        String text = "s" + random.nextInt(100);
                        switch (random.nextInt(6)) {
                            case 0 -> {
                                if (old == null) {
                                    assertThat(write(insert, id, 5, text)).isEqualTo(1);
                                    now.put(id, "5," + text);
                                }
                            }
                            case 1 -> {
                                assertThat(write(delete, id)).isEqualTo(old == null ? 0 : 1);
                                now.remove(id);
                            }
                            case 2 -> {
                                if (savepoint == null) {
                                    savepoint = connection.setSavepoint();
                                    saved = new TreeMap<>(now);
                                } else {
                                    connection.rollback(savepoint);
                                    now = new TreeMap<>(saved);
                                }
                            }
                            default -> {
                                assertThat(write(update, 2, text, id)).isEqualTo(old == null ? 0 : 1);
                                if (old != null) {
                                    long n = Long.parseLong(old.split(",", 2)[0]) + 2;
                                    now.put(id, n + "," + text);
                                }
                            }
                        }
                        select.setInt(1, id);
                        List<String> expected = now.containsKey(id) ? List.of(now.get(id)) : List.of();
                        assertThat(Database.read(select.executeQuery()))
                                .as("seed %d", seed)
                                .isEqualTo(expected);
                    }
                    if (random.nextInt(3) == 0) {
                        connection.rollback();
                    } else {
                        connection.commit();
                        committed = now;
                    }
                    List<String> rows = new ArrayList<>();
                    committed.forEach((id, values) -> rows.add(id + "," + values));
                    assertThat(Database.rows(other, "select * from t order by id"))
                            .as("seed %d", seed)
                            .isEqualTo(rows);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void blocksConflictInWhatTheyReadAndWrite(Door door) throws SQLException {
        try (Database database = accounts(door);
                Connection other = database.connect();
                PreparedStatement select =
                        database.connection().prepareStatement("select balance from account where id = ?");
                PreparedStatement update = database.connection()
                        .prepareStatement("update account set balance = balance + 1 where id = ?")) {
            database.connection().setAutoCommit(false);
            for (int i = 0; i < OFTEN; i++) {
                select.setInt(1, 1);
                Database.read(select.executeQuery());
                write(update, 2);
                database.connection().commit();
            }
            select.setInt(1, 1);
            assertThat(Database.read(select.executeQuery())).containsExactly("10");
            Database.run(other, "update account set balance = 11 where id = 1");
            assertThat(Database.read(select.executeQuery())).containsExactly("10");
            write(update, 2);
            fails("40001", () -> database.connection().commit());
            assertThat(rows(database).getLast()).startsWith("2,26,");
            database.connection().commit();
            database.connection().setReadOnly(true);
            fails("25006", () -> write(update, 1));
            database.connection().rollback();
            database.connection().setReadOnly(false);
            Database.run(database.connection(), "set transaction read only");
            fails("25006", () -> write(update, 1));
            database.connection().rollback();
            assertThat(write(update, 1)).isEqualTo(1);
            Database.run(other, "set lock_timeout = '20ms'");
            fails("55P03", () -> Database.run(other, "update account set balance = 0 where id = 1"));
            database.connection().commit();
            assertThat(rows(database).getFirst()).startsWith("1,12,");
            assertThatThrownBy(() -> database.run("select 1 / 0")).isInstanceOf(SQLException.class);
            fails("25P02", () -> write(update, 1));
            database.connection().rollback();
        }
    }
}
