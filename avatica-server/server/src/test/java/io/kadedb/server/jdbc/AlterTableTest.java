package io.kadedb.server.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** ALTER TABLE beside others: their queries, statements and transactions. */
class AlterTableTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Door.class)
    void aRunningQueryEndsOnItsSnapshot(Door door) throws SQLException {
        try (Database database = new Database(door);
                Connection other = database.connect()) {
            database.run(
                    "create table t (a int, b text)",
                    "insert into t select i, 'x' from generate_series(1, 50000) as g(i)");
            other.setAutoCommit(false);
            try (Statement statement = other.createStatement()) {
                statement.setFetchSize(100);
                try (ResultSet rows = statement.executeQuery("select a, b from t")) {
                    assertThat(rows.next()).isTrue();
                    database.run(
                            "alter table t drop column b",
                            "alter table t alter a type text",
                            "alter table t rename to u",
                            "insert into u values ('new')");
                    int count = 1;
                    while (rows.next()) {
                        assertThat(rows.getString(2)).isEqualTo("x");
                        count++;
                    }
                    assertThat(count).isEqualTo(50_000);
                }
                assertThat(Database.rows(other, "select count(*), min(b) from t"))
                        .containsExactly("50000,x");
            }
            other.commit();
            assertThat(Database.rows(other, "select count(*), max(a) from u")).containsExactly("50001,new");
        }
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void preparedStatementsArePlannedAgain(Door door) throws SQLException {
        try (Database database = new Database(door);
                Connection other = database.connect()) {
            database.run("create table t (a int primary key, b int)", "insert into t values (1, 2)");
            try (PreparedStatement query = other.prepareStatement("select * from t where a = ?");
                    PreparedStatement insert = other.prepareStatement("insert into t (a) values (?)")) {
                for (int i = 0; i < 4; i++) {
                    query.setInt(1, 1);
                    assertThat(Database.read(query.executeQuery())).containsExactly("1,2");
                    insert.setInt(1, 10 + i);
                    insert.executeUpdate();
                }
                database.run("alter table t add c int default 3, alter b set default 9");
                query.setInt(1, 1);
                assertThat(Database.read(query.executeQuery())).containsExactly("1,2,3");
                insert.setInt(1, 20);
                insert.executeUpdate();
                query.setInt(1, 20);
                assertThat(Database.read(query.executeQuery())).containsExactly("20,9,3");
                database.run("alter table t drop b, drop constraint t_pkey, add primary key (c, a)");
                query.setInt(1, 20);
                assertThat(Database.read(query.executeQuery())).containsExactly("20,3");
                insert.setInt(1, 21);
                insert.executeUpdate();
                database.run("alter table t drop a");
                assertThatThrownBy(query::executeQuery).hasFieldOrPropertyWithValue("SQLState", "42703");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void aTransactionThatWroteUnderTheOldDefinitionLoses(Door door) throws SQLException {
        try (Database database = new Database(door);
                Connection other = database.connect()) {
            database.run("create table t (a int, b int)", "create table calm (a int)");
            other.setAutoCommit(false);
            Database.run(other, "insert into t values (1, 2)", "insert into calm values (1)");
            database.run("alter table t drop column b");
            assertThatThrownBy(other::commit).hasFieldOrPropertyWithValue("SQLState", "40001");
            other.rollback();
            Database.run(other, "insert into calm values (2)");
            database.run("alter table t add column c int");
            other.commit();
            assertThat(database.rows("select * from t")).isEmpty();
            assertThat(database.rows("select * from calm")).containsExactly("2");
        }
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void alterationsThatCheckRowsSeeThoseOfOthers(Door door) throws SQLException {
        try (Database database = new Database(door);
                Connection other = database.connect()) {
            for (String isolation : List.of("read committed", "repeatable read", "serializable")) {
                database.run("create table t (a int)", "insert into t values (1)");
                Database.run(
                        other,
                        "begin isolation level " + isolation,
                        "alter table t add constraint positive check (a > 0)");
                database.run("insert into t values (-1)");
                assertThatThrownBy(() -> Database.run(other, "commit"))
                        .as(isolation)
                        .hasFieldOrPropertyWithValue("SQLState", "40001");
                database.run("drop table t");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Door.class)
    void writersGoOnWhileColumnsComeAndGo(Door door) throws Exception {
        try (Database database = new Database(door);
                ExecutorService threads = Executors.newCachedThreadPool()) {
            database.run("create table t (id bigint generated always as identity primary key, a int not null)");
            List<Future<Integer>> writers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                writers.add(threads.submit(() -> insert(database, 200)));
            }
            List<String> alterations = List.of(
                    "alter table t add column b int default 4",
                    "alter table t alter a type bigint",
                    "alter table t drop column b",
                    "alter table t alter a type int");
            int next = 0;
            while (next < 8 || !writers.stream().allMatch(Future::isDone)) {
                database.run(alterations.get(next % 4));
                next++;
            }
            int written = 0;
            for (Future<Integer> writer : writers) {
                written += writer.get();
            }
            assertThat(database.rows("select count(*), count(distinct id), min(a), max(a) from t"))
                    .containsExactly(written + "," + written + ",7,7");
        }
    }

    private static int insert(Database database, int times) throws SQLException {
        int written = 0;
        try (Connection connection = database.connect();
                PreparedStatement insert = connection.prepareStatement("insert into t (a) values (7)")) {
            for (int i = 0; i < times; i++) {
                try {
                    written += insert.executeUpdate();
                } catch (SQLException e) {
                    assertThat(e.getSQLState()).isEqualTo("40001");
                }
            }
        }
        return written;
    }

    @Test
    void survivesRestarts() throws SQLException {
        String url = "jdbc:kadedb:file:" + folder.resolve("db");
        try (Connection connection = DriverManager.getConnection(url)) {
            Database.run(
                    connection,
                    "create table p (id int primary key)",
                    "insert into p values (1), (2)",
                    "create table t (a int references p, b text, c int)",
                    "insert into t values (1, 'x', 5)",
                    "alter table t add column d numeric(10, 2) default 1.25, add column e text default 'old'",
                    "alter table t drop column b",
                    "insert into t values (2, 6, null, null)",
                    "alter table p alter id type bigint",
                    "alter table t add constraint low check (c < 6) not valid",
                    "begin",
                    "alter table t drop column d",
                    "alter table p rename to q");
        }
        try (Connection connection = DriverManager.getConnection(url)) {
            assertThat(Database.rows(connection, "select * from t order by a"))
                    .containsExactly("1,5,1.25,old", "2,6,null,null");
            assertThatThrownBy(() -> Database.run(connection, "insert into t values (3)"))
                    .hasFieldOrPropertyWithValue("SQLState", "23503");
            assertThatThrownBy(() -> Database.run(connection, "alter table t validate constraint low"))
                    .hasFieldOrPropertyWithValue("SQLState", "23514");
            Database.run(connection, "update t set e = 'new', c = 1", "alter table t validate constraint low");
            assertThat(Database.rows(connection, "select * from t order by a"))
                    .containsExactly("1,1,1.25,new", "2,1,null,new");
        }
    }

    @Test
    void graphsFollowNamesAndHoldColumns() throws SQLException {
        try (Database database = new Database()) {
            database.run(
                    "create table person (id int primary key, name text, age int)",
                    "create table knows (a int, b int, since int)",
                    "insert into person values (1, 'Ada', 36), (2, 'Bob', 40)",
                    "insert into knows values (1, 2, 1999)",
                    "create property graph g vertex tables (person key (id) label person properties (name))"
                            + " edge tables (knows key (a, b) source key (a) references person (id)"
                            + " destination key (b) references person (id) properties (since + 1 as year))");
            String match = "select * from graph_table(g match (p is person)-[k is knows]->(q)"
                    + " columns (p.name as p, k.year as y, q.name as q))";
            assertThat(database.rows(match)).containsExactly("Ada,2000,Bob");
            database.run(
                    "alter table person rename column id to number",
                    "alter table person rename column name to called",
                    "alter table knows rename column since to start",
                    "alter table knows rename to acquainted",
                    "create schema s",
                    "alter table person set schema s",
                    "alter table s.person drop column age",
                    "alter table s.person add column born date");
            assertThat(database.rows(match)).containsExactly("Ada,2000,Bob");
            for (String column : List.of("number", "called")) {
                assertThatThrownBy(() -> database.run("alter table s.person drop column " + column))
                        .hasFieldOrPropertyWithValue("SQLState", "2BP01")
                        .hasMessageContaining("property graph g depends on column " + column + " of table person");
            }
            assertThatThrownBy(() -> database.run("alter table acquainted alter start type text"))
                    .hasFieldOrPropertyWithValue("SQLState", "0A000");
            database.run("alter table acquainted drop column start cascade");
            assertThatThrownBy(() -> database.rows(match)).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void errorsShowTheirPlace() throws SQLException {
        try (Database database = new Database()) {
            database.run("create table t (amount int)");
            assertThatThrownBy(() -> database.run("alter table t drop column amout"))
                    .hasMessageContaining("column \"amout\" of relation \"t\" does not exist")
                    .hasMessageContaining("alter table t drop column amout")
                    .hasMessageContaining("^^^^^")
                    .hasMessageContaining("\"amount\"");
            assertThatThrownBy(() -> database.run("alter table t alter amount type text using amout::text"))
                    .hasFieldOrPropertyWithValue("SQLState", "42703");
            assertThatThrownBy(() -> database.run("alter table t add amount int"))
                    .hasFieldOrPropertyWithValue("SQLState", "42701");
            assertThatThrownBy(() -> database.run("alter table t add primary key (amount), add primary key (amount)"))
                    .hasFieldOrPropertyWithValue("SQLState", "42P16");
            assertThatThrownBy(() -> database.run("alter table t addd column x int"))
                    .hasFieldOrPropertyWithValue("SQLState", "42601");
        }
    }

    @Test
    void largeTablesAreRewritten() throws SQLException {
        try (Database database = new Database()) {
            database.run(
                    "create table t (a int, b text)",
                    "insert into t select i, repeat('x', 20) || i from generate_series(1, 200000) as g(i)",
                    "create unique index t_b on t (b)",
                    "begin",
                    "alter table t alter a type bigint using a * 10000000000, add primary key (a)",
                    "savepoint s",
                    "alter table t drop constraint t_pkey, alter b type varchar(30), add c int default 4",
                    "rollback to s",
                    "commit");
            assertThat(database.rows("select count(*), sum(a), count(distinct b) from t"))
                    .containsExactly("200000,200001000000000000000,200000");
            assertThat(database.rows("select a from t where b = 'xxxxxxxxxxxxxxxxxxxx777'"))
                    .containsExactly("7770000000000");
            assertThat(database.rows("select count(*) from t where a = 50000000000"))
                    .containsExactly("1");
            assertThatThrownBy(() -> database.run("alter table t alter a type int using (a / 20000000000)::int"))
                    .hasFieldOrPropertyWithValue("SQLState", "23505");
        }
    }
}
