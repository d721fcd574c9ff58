package io.kadedb.server.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AsOfSystemTimeTest {
    private interface Work {
        void run(Database database) throws SQLException;
    }

    private static void with(Door door, Work work) throws SQLException {
        try (Database database = new Database(door)) {
            database.run("create table t (id int primary key, v text)", "insert into t values (1, 'one'), (2, 'two')");
            work.run(database);
        }
    }

    private static SQLException failure(ThrowingCallable call) {
        return catchThrowableOfType(SQLException.class, call);
    }

    /** A moment after all commits so far and before all later ones. */
    private static String moment(Database database) throws SQLException {
        String first = now(database);
        while (now(database).equals(first)) {
            Thread.onSpinWait();
        }
        return first;
    }

    private static String now(Database database) throws SQLException {
        return database.rows("select clock_timestamp()").getFirst();
    }

    @ParameterizedTest
    @EnumSource
    void queriesSeeRowsAndDefinitionsOfThen(Door door) throws SQLException {
        with(door, database -> {
            String then = moment(database);
            String query = "select * from t as of system time '" + then + "' order by id";
            database.run("update t set v = 'changed' where id = 1", "delete from t where id = 2");
            assertThat(database.rows("select * from t")).containsExactly("1,changed");
            assertThat(database.rows(query)).containsExactly("1,one", "2,two");
            database.run("alter table t add column w int default 5", "alter table t drop column v");
            assertThat(database.rows("select * from t")).containsExactly("1,5");
            assertThat(database.rows(query)).containsExactly("1,one", "2,two");
            database.run("drop table t");
            assertThat(database.rows(query)).containsExactly("1,one", "2,two");
            assertThat(database.rows(
                            "select count(*) from t as a, t as b as of system time '" + then + "' where a.id = 1"))
                    .containsExactly("2");
            assertThat(failure(() -> database.rows("select * from t as of system time '-0s'"))
                            .getSQLState())
                    .isEqualTo("42P01");
        });
    }

    @ParameterizedTest
    @EnumSource
    void theTimeIsATimeAnIntervalAVersionOrAnExpression(Door door) throws SQLException {
        with(door, database -> {
            String then = moment(database);
            database.run("delete from t");
            for (String value : new String[] {
                "'" + then + "'",
                "timestamptz '" + then + "'",
                "timestamptz '" + then + "' + interval '0 s'",
                "(extract(epoch from timestamptz '" + then + "') * 1000000)::bigint",
            }) {
                assertThat(database.rows("select count(*) from t as of system time " + value))
                        .as(value)
                        .containsExactly("2");
            }
            assertThat(database.rows("select count(*) from t as of system time '-0.000001s'"))
                    .containsExactly("0");
            assertThat(database.rows("select count(*) from t as of system time now() - interval '1 microsecond'"))
                    .containsExactly("0");
            try (PreparedStatement statement =
                    database.connection().prepareStatement("select v from t as of system time ? where id = ?")) {
                for (int i = 0; i < 3; i++) {
                    statement.setString(1, then);
                    statement.setInt(2, 2);
                    try (ResultSet rows = statement.executeQuery()) {
                        assertThat(Database.read(rows)).containsExactly("two");
                    }
                }
            }
            try (PreparedStatement statement =
                    database.connection().prepareStatement("select v from t as of system time ?::timestamptz")) {
                statement.setTimestamp(
                        1,
                        Timestamp.from(java.time.OffsetDateTime.parse(
                                        then.replace(' ', 'T').replaceAll("[+]00$", "Z"))
                                .toInstant()));
                try (ResultSet rows = statement.executeQuery()) {
                    assertThat(Database.read(rows)).hasSize(2);
                }
            }
            database.run("prepare p (text) as select v from t as of system time $1 where id = 1");
            assertThat(database.rows("execute p ('" + then + "')")).containsExactly("one");
        });
    }

    @ParameterizedTest
    @EnumSource
    void blocksReadAsOfATime(Door door) throws SQLException {
        with(door, database -> {
            String then = moment(database);
            database.run("update t set v = 'changed'", "begin as of system time '" + then + "'");
            assertThat(database.rows("select v from t where id = 1")).containsExactly("one");
            assertThat(database.rows("show transaction_read_only")).containsExactly("on");
            assertThat(failure(() -> database.run("delete from t")).getSQLState())
                    .isEqualTo("25006");
            database.run("rollback", "begin", "set transaction as of system time '" + then + "'");
            assertThat(database.rows("select v from t where id = 2")).containsExactly("two");
            assertThat(failure(() -> database.rows("select * from t for update"))
                            .getSQLState())
                    .isEqualTo("25006");
            database.run("rollback", "begin");
            assertThat(database.rows("select v from t where id = 2")).containsExactly("changed");
            assertThat(failure(() -> database.run("set transaction as of system time '-1s'"))
                            .getSQLState())
                    .isEqualTo("25001");
            database.run("rollback", "begin", "update t set v = 'mine'");
            // Within another block a query still says for itself what it reads.
            assertThat(database.rows("select v from t as of system time '" + then + "' where id = 1"))
                    .containsExactly("one");
            assertThat(database.rows("select v from t where id = 1")).containsExactly("mine");
            database.run("commit");
        });
    }

    @ParameterizedTest
    @EnumSource
    void queriesWithinAnotherSayTheSameTime(Door door) throws SQLException {
        with(door, database -> {
            String then = "as of system time '" + moment(database) + "'";
            database.run("delete from t", "create view all_of_t as select * from t");
            assertThat(database.rows("select count(*) from (select * from t " + then + ") x " + then))
                    .containsExactly("2");
            assertThat(database.rows("with x as (select * from t " + then + ") select count(*) from x " + then
                            + " where exists (select 1 from t " + then + ")"))
                    .containsExactly("2");
            assertThat(database.rows("select id from t " + then + " union all select id from t " + then))
                    .hasSize(4);
            assertThat(database.rows("select count(*) from all_of_t")).containsExactly("0");
            for (String refused : new String[] {
                "select count(*) from (select * from t " + then + ") x",
                "select count(*) from (select * from t as of system time '-1s') x " + then,
                "create table copied as select * from t " + then,
                "create view v as select * from t " + then,
                "create materialized view v as select * from t " + then,
                "insert into t select * from t " + then,
                "update t set v = (select max(v) from t " + then + ")",
                "with gone as (delete from t returning *) select * from gone " + then,
            }) {
                SQLException failure = failure(() -> database.run(refused));
                assertThat(failure.getSQLState()).as(refused).isEqualTo("0A000");
                assertThat(failure.getMessage()).as(refused).contains("AS OF SYSTEM TIME");
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void whatCannotBeReadIsRefused(Door door) throws SQLException {
        with(door, database -> {
            String query = "select * from t as of system time ";
            assertThat(failure(() -> database.rows(query + "'2001-01-01'")).getSQLState())
                    .isEqualTo("72000");
            assertThat(failure(() -> database.rows(query + "'10 s'")).getSQLState())
                    .isEqualTo("22023");
            assertThat(failure(() -> database.rows(query + "'soon'")).getSQLState())
                    .isEqualTo("22007");
            assertThat(failure(() -> database.rows(query + "null")).getSQLState())
                    .isEqualTo("22004");
            assertThat(failure(() -> database.rows(query + "id")).getSQLState()).isEqualTo("42703");
            assertThat(failure(() -> database.run("begin as of system time '-1s', read write"))
                            .getSQLState())
                    .isEqualTo("42601");
            assertThat(failure(() -> database.run("begin as of system time '2001-01-01'"))
                            .getSQLState())
                    .isEqualTo("72000");
            // No block was begun.
            database.run("insert into t values (3, 'three')");
            try (Connection other = database.connect()) {
                assertThat(Database.rows(other, "select count(*) from t")).containsExactly("3");
            }
        });
    }
}
