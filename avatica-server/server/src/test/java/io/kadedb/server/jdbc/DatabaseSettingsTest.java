package io.kadedb.server.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ALTER SYSTEM and the settings of a database. */
class DatabaseSettingsTest {
    private static SQLException refused(Connection connection, String sql) {
        return catchThrowableOfType(SQLException.class, () -> Database.run(connection, sql));
    }

    private static String show(Connection connection, String setting) throws SQLException {
        return Database.rows(connection, "show " + setting).getFirst();
    }

    @Test
    void settingsAreKeptWithTheDatabase(@TempDir Path directory) throws SQLException {
        String url = "jdbc:kadedb:file:" + directory.resolve("db");
        try (Connection connection = DriverManager.getConnection(url)) {
            assertThat(show(connection, "history_retention")).isEqualTo("1h");
            assertThat(show(connection, "history_limit")).isEqualTo("8GB");
            assertThat(show(connection, "transaction_window")).isEqualTo("5min");
            assertThat(show(connection, "folding")).isEqualTo("on");
            Database.run(
                    connection,
                    "alter system set history_retention = '2d'",
                    "alter system set history_limit to '64MB'",
                    "alter system set transaction_window = 1500",
                    "alter system set folding = off");
        }
        try (Connection connection = DriverManager.getConnection(url)) {
            assertThat(show(connection, "history_retention")).isEqualTo("2d");
            assertThat(show(connection, "history_limit")).isEqualTo("64MB");
            assertThat(show(connection, "transaction_window")).isEqualTo("1500ms");
            assertThat(show(connection, "folding")).isEqualTo("off");
            Database.run(
                    connection,
                    "alter system reset history_retention",
                    "alter system set history_limit to default",
                    "alter system set folding = on");
            assertThat(show(connection, "folding")).isEqualTo("on");
            assertThat(show(connection, "history_retention")).isEqualTo("1h");
            assertThat(show(connection, "history_limit")).isEqualTo("8GB");
        }
    }

    @Test
    void aShorterRetentionHoldsAtOnce() throws SQLException {
        try (Database database = new Database()) {
            database.run("create table t (id int primary key, v int)", "insert into t values (1, 1)");
            long before = Long.parseLong(database.rows("select (extract(epoch from now()) * 1000000)::bigint")
                    .getFirst());
            String asOf = "select v from t as of system time " + before;
            database.run("update t set v = 2");
            assertThat(database.rows(asOf)).containsExactly("1");
            database.run("alter system set history_retention = 0", "update t set v = 3", "update t set v = 4");
            assertThat(catchThrowableOfType(SQLException.class, () -> database.rows(asOf))
                            .getSQLState())
                    .isEqualTo("72000");
        }
    }

    @Test
    void badInput() throws SQLException {
        try (Database database = new Database();
                Connection connection = database.connect()) {
            assertThat(refused(connection, "set history_retention = '1h'").getSQLState())
                    .isEqualTo("55P02");
            assertThat(refused(connection, "alter system set timezone = 'UTC'").getSQLState())
                    .isEqualTo("55P02");
            assertThat(refused(connection, "alter system set histori_retention = 1")
                            .getMessage())
                    .contains("history_retention");
            assertThat(refused(connection, "alter system set history_retention = 'long'")
                            .getSQLState())
                    .isEqualTo("22023");
            assertThat(refused(connection, "alter system set folding = 7").getSQLState())
                    .isEqualTo("22023");
            assertThat(refused(connection, "alter system set history_limit = 1").getSQLState())
                    .isEqualTo("22023");
            assertThat(refused(connection, "alter system set server_version = 1")
                            .getSQLState())
                    .isEqualTo("55P02");
            Database.run(connection, "begin");
            assertThat(refused(connection, "alter system set history_retention = 1")
                            .getSQLState())
                    .isEqualTo("25001");
            Database.run(connection, "rollback");
            assertThat(show(connection, "history_retention")).isEqualTo("1h");
        }
    }
}
