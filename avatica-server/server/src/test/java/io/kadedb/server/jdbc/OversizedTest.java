package io.kadedb.server.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is larger than fits is refused with a reason, leaves nothing, and harms nobody; what is older than is kept, too. */
class OversizedTest {
    private static void refuses(Connection connection, String state, String words, String sql) {
        assertThatThrownBy(() -> Database.run(connection, sql))
                .as(sql)
                .hasFieldOrPropertyWithValue("SQLState", state)
                .hasMessageContaining(words);
    }

    @Test
    void keysBeyondTheLimit() throws SQLException {
        try (Database database = new Database()) {
            Connection connection = database.connection();
            database.run(
                    "create table t (a text primary key, b text unique, c text)",
                    "create index t_c on t (c)",
                    "insert into t values ('a', 'b', 'c')");
            String words = "\" takes 20";
            refuses(connection, "54000", words, "insert into t values (repeat('x', 20000), 'x', 'x')");
            refuses(connection, "54000", words, "insert into t values ('x', repeat('x', 20000), 'x')");
            refuses(connection, "54000", words, "insert into t values ('x', 'x', repeat('x', 20000))");
            refuses(connection, "54000", words, "update t set a = repeat('x', 20000)");
            refuses(connection, "54000", words, "update t set c = repeat('x', 20000)");
            assertThat(database.rows("select * from t")).containsExactly("a,b,c");
            // A text in no key, and terms of inverted indexes, may be long.
            database.run(
                    "create table w (a int primary key, t text[], d jsonb)",
                    "create index w_t on w using gin (t)",
                    "create index w_d on w using gin (d)",
                    "insert into w values (1, array[repeat('x', 20000)],"
                            + " ('{\"' || repeat('k', 20000) || '\": \"' || repeat('v', 20000) || '\"}')::jsonb)");
            assertThat(database.rows("select a from w where t @> array[repeat('x', 20000)]"))
                    .containsExactly("1");
            refuses(connection, "54000", "takes 40", "create index w_long on w ((d::text))");
            assertThat(database.rows("check database"))
                    .allSatisfy(row -> assertThat(row).endsWith("null"));
        }
    }

    @Test
    void valuesOfMegabytesAreKeptAndLargerOnesRefused() throws SQLException {
        try (Database database = new Database()) {
            database.run(
                    "create table t (a int primary key, b text)",
                    "insert into t values (1, repeat('x', 3000000)), (2, 'y')",
                    "update t set b = b || 'z' where a = 1");
            refuses(
                    database.connection(),
                    "54000",
                    "too large",
                    "insert into t select 3, repeat(repeat('x', 1000000), 3000)");
            assertThat(database.rows("select a, length(b) from t order by a")).containsExactly("1,3000001", "2,1");
            assertThat(database.rows("check database"))
                    .allSatisfy(row -> assertThat(row).endsWith("null"));
        }
    }

    /** A snapshot that is in use is kept; a time that nobody has asked for is gone. */
    @Test
    void aRetentionShorterThanARunningReader(@TempDir Path folder) throws SQLException {
        String url = "jdbc:kadedb:file:" + folder.resolve("db");
        try (Connection reader = DriverManager.getConnection(url);
                Connection writer = DriverManager.getConnection(url)) {
            Database.run(
                    writer,
                    "alter system set history_retention = '1ms'",
                    "create table t (a int primary key, b int)",
                    "create index t_b on t (b)",
                    "insert into t select i, 0 from generate_series(1, 500) as g(i)");
            Database.run(reader, "begin isolation level repeatable read");
            assertThat(Database.rows(reader, "select sum(b) from t")).containsExactly("0");
            String before = Database.rows(writer, "select clock_timestamp()").getFirst();
            for (int i = 0; i < 20; i++) {
                Database.run(writer, "update t set b = b + 1", "checkpoint");
            }
            assertThat(Database.rows(reader, "select sum(b), count(*) from t")).containsExactly("0,500");
            assertThat(Database.rows(reader, "select count(*) from t where b = 0"))
                    .containsExactly("500");
            Database.run(reader, "commit");
            assertThat(Database.rows(reader, "select sum(b) from t")).containsExactly("10000");
            Database.run(writer, "update t set b = b + 1", "checkpoint");
            refuses(writer, "72000", "", "select sum(b) from t as of system time '" + before + "'");
            assertThat(Database.rows(writer, "check database"))
                    .allSatisfy(row -> assertThat(row).endsWith("null"));
        }
    }
}
