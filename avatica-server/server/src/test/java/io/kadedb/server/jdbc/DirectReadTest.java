package io.kadedb.server.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A kept statement that reads one row by its key, run often enough to take the direct way. */
class DirectReadTest {
    private static final int OFTEN = 6;

    private static List<String> read(PreparedStatement statement, @Nullable Object key) throws SQLException {
        List<String> rows = List.of();
        for (int i = 0; i < OFTEN; i++) {
            statement.setObject(1, key);
            List<String> now = Database.read(statement.executeQuery());
            assertThat(i == 0 ? now : rows).isEqualTo(now);
            rows = now;
        }
        return rows;
    }

    private static Database accounts(Door door) throws SQLException {
        Database database = new Database(door);
        database.run(
                "create table account (id int primary key, balance bigint not null, note text)",
                "insert into account values (1, 10, 'one'), (2, 20, null)");
        return database;
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void itSeesWhatOthersHaveCommitted(Door door) throws SQLException {
        try (Database database = accounts(door);
                Connection other = database.connect();
                PreparedStatement select =
                        database.connection().prepareStatement("select balance, note from account where id = ?")) {
            assertThat(read(select, 1)).containsExactly("10,one");
            assertThat(read(select, 2)).containsExactly("20,null");
            assertThat(read(select, 3)).isEmpty();
            assertThat(read(select, null)).isEmpty();
            assertThat(read(select, "2")).containsExactly("20,null");
            other.setAutoCommit(false);
            Database.run(other, "update account set balance = 11, note = null where id = 1");
            assertThat(read(select, 1)).containsExactly("10,one");
            other.commit();
            assertThat(read(select, 1)).containsExactly("11,null");
            Database.run(other, "delete from account where id = 1", "insert into account values (3, 30, 'three')");
            other.commit();
            assertThat(read(select, 1)).isEmpty();
            assertThat(read(select, 3)).containsExactly("30,three");
        }
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void itMayFindRowsOfAnotherStatementLeftWhichFail(Door door) throws SQLException {
        try (Database database = accounts(door);
                Connection connection = database.connect();
                PreparedStatement select = connection.prepareStatement("select balance from account where id = ?")) {
            assertThat(read(select, 1)).containsExactly("10");
            connection.setAutoCommit(false);
            assertThat(read(select, 1)).containsExactly("10");
            try (Statement slow = connection.createStatement()) {
                slow.setFetchSize(1);
                ResultSet rows = slow.executeQuery("select 1 / (90000 - x) from generate_series(1, 100000) as g (x)");
                assertThat(rows.next()).isTrue();
                SQLException error = catchThrowableOfType(SQLException.class, () -> read(select, 1));
                assertThat(error.getSQLState()).isEqualTo("22012");
            }
            connection.rollback();
            assertThat(read(select, 1)).containsExactly("10");
        }
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void itStaysWithinTheSnapshotAndTheChangesOfABlock(Door door) throws SQLException {
        try (Database database = accounts(door);
                Connection other = database.connect();
                PreparedStatement select =
                        database.connection().prepareStatement("select balance from account where id = ?")) {
            assertThat(read(select, 1)).containsExactly("10");
            database.run("begin isolation level repeatable read");
            assertThat(read(select, 1)).containsExactly("10");
            Database.run(other, "update account set balance = 99 where id = 1");
            assertThat(read(select, 1)).containsExactly("10");
            database.run("update account set balance = 21 where id = 2");
            assertThat(read(select, 2)).containsExactly("21");
            database.run("rollback");
            assertThat(read(select, 1)).containsExactly("99");
            assertThat(read(select, 2)).containsExactly("20");
            database.connection().setAutoCommit(false);
            assertThat(read(select, 1)).containsExactly("99");
            Database.run(other, "update account set balance = 100 where id = 1");
            assertThat(read(select, 1)).containsExactly("99");
            database.connection().setAutoCommit(true);
            assertThat(read(select, 1)).containsExactly("100");
        }
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void itFailsInABlockThatHasFailed(Door door) throws SQLException {
        try (Database database = accounts(door);
                PreparedStatement select =
                        database.connection().prepareStatement("select balance from account where id = ?")) {
            assertThat(read(select, 1)).containsExactly("10");
            database.run("begin");
            assertThatThrownBy(() -> database.run("select 1 / 0")).isInstanceOf(SQLException.class);
            assertThatThrownBy(select::executeQuery)
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("25P02"));
            database.run("rollback");
            assertThat(read(select, 1)).containsExactly("10");
        }
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void itMeansWhatItsNamesMeanNow(Door door) throws SQLException {
        try (Database database = accounts(door);
                Connection other = database.connect();
                PreparedStatement select =
                        database.connection().prepareStatement("select balance from account where id = ?")) {
            assertThat(read(select, 1)).containsExactly("10");
            Database.run(other, "alter table account add column extra int default 5");
            assertThat(read(select, 1)).containsExactly("10");
            Database.run(other, "alter table account alter column balance type numeric(10, 2)");
            assertThat(read(select, 1)).containsExactly("10.00");
            Database.run(
                    other,
                    "create schema s",
                    "create table s.account (id int primary key, balance bigint)",
                    "insert into s.account values (1, -1)");
            database.run("set search_path = s, public");
            assertThat(read(select, 1)).containsExactly("-1");
            database.run("reset search_path");
            assertThat(read(select, 1)).containsExactly("10.00");
            database.run(
                    "create temporary table account (id int primary key, balance text)",
                    "insert into account values (1, 'own')");
            assertThat(read(select, 1)).containsExactly("own");
            database.run("drop table pg_temp.account");
            assertThat(read(select, 1)).containsExactly("10.00");
            Database.run(other, "drop table account");
            assertThatThrownBy(select::executeQuery).isInstanceOf(SQLException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void keysOfOtherTypesAreFound(Door door) throws SQLException {
        UUID id = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
        try (Database database = new Database(door)) {
            database.run(
                    "create table word (w text primary key, n smallint)",
                    "insert into word values ('é', 1), ('', 2)",
                    "create table thing (id uuid primary key, r real, d double precision, b boolean, i interval)",
                    "insert into thing values ('" + id + "', 1.5, 2.5, true, '1 month 2 days 3 seconds')");
            try (PreparedStatement word = database.connection().prepareStatement("select n, w from word where w = ?");
                    PreparedStatement thing = database.connection()
                            .prepareStatement("select id, r, d, b, i, r from thing where id = ?")) {
                assertThat(read(word, "é")).containsExactly("1,é");
                assertThat(read(word, "")).containsExactly("2,");
                assertThat(read(word, "e")).isEmpty();
                assertThat(read(thing, id)).containsExactly(id + ",1.5,2.5,true,1 mon 2 days 00:00:03,1.5");
                assertThat(read(thing, new UUID(1, 2))).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void resultsEndWithTheirStatementsNextRun(Door door) throws SQLException {
        try (Database database = accounts(door);
                PreparedStatement select =
                        database.connection().prepareStatement("select balance from account where id = ?")) {
            assertThat(read(select, 1)).containsExactly("10");
            select.setInt(1, 1);
            ResultSet first = select.executeQuery();
            assertThat(first.next()).isTrue();
            select.setInt(1, 2);
            ResultSet second = select.executeQuery();
            assertThat(first.isClosed()).isTrue();
            assertThatThrownBy(() -> first.getLong(1)).isInstanceOf(SQLException.class);
            assertThat(second.isBeforeFirst()).isTrue();
            assertThat(second.next()).isTrue();
            assertThat(second.getLong("balance")).isEqualTo(20);
            assertThat(second.getRow()).isEqualTo(1);
            assertThat(second.next()).isFalse();
            assertThat(second.isAfterLast()).isTrue();
            select.closeOnCompletion();
            second.close();
            assertThat(select.isClosed()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void settingsOfATransactionEndWithIt(Door door) throws SQLException {
        try (Database database = new Database(door)) {
            database.run(
                    "set time zone 'UTC'",
                    "create table seen (id int primary key, at timestamptz)",
                    "insert into seen values (1, '2024-01-01 00:00:00+00')");
            try (PreparedStatement select =
                    database.connection().prepareStatement("select at from seen where id = ?")) {
                assertThat(read(select, 1)).containsExactly("2024-01-01 00:00:00+00");
                database.run("begin", "set local time zone 'Asia/Kathmandu'");
                assertThat(read(select, 1)).containsExactly("2024-01-01 05:45:00+05:45");
                database.run("set transaction_read_only = off", "commit");
                assertThat(read(select, 1)).containsExactly("2024-01-01 00:00:00+00");
                database.run("set time zone 'Asia/Kathmandu'");
                assertThat(read(select, 1)).containsExactly("2024-01-01 05:45:00+05:45");
                database.run("begin", "set time zone 'UTC'", "rollback");
                assertThat(read(select, 1)).containsExactly("2024-01-01 05:45:00+05:45");
            }
        }
    }
}
