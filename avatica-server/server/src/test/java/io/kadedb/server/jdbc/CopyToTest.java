package io.kadedb.server.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** COPY TO: files as PostgreSQL writes them, whole or not at all. */
class CopyToTest {
    private static final String ROWS = "insert into t values (1, 'plain', true, 1.50, date '2024-02-29'),"
            + " (2, 'a \"b\", c', false, null, null), (3, '', null, -0.25, null),"
            + " (4, E'two\\nlines', null, null, null), (5, null, null, null, null), (6, ' x ', null, null, null)";

    @TempDir
    private Path folder;

    private Database database;

    // JUnit sets the fields before each test.
    @SuppressWarnings("NullAway.Init")
    CopyToTest() {}

    @BeforeEach
    void open() throws SQLException {
        database = new Database();
        database.run("create table t (id int primary key, s text, b boolean, n decimal(6,2), d date)", ROWS);
    }

    @AfterEach
    void close() throws SQLException {
        database.close();
    }

    private long count(String sql) throws SQLException {
        try (Statement statement = database.connection().createStatement()) {
            return statement.executeLargeUpdate(sql);
        }
    }

    private String path(String name) {
        return "'" + folder.resolve(name) + "'";
    }

    @Test
    void writesWhatPostgresqlWrites() throws SQLException, IOException {
        assertThat(count("copy (select * from t order by id) to " + path("t.csv") + " (format csv, header)"))
                .isEqualTo(6);
        assertThat(Files.readString(folder.resolve("t.csv"))).isEqualTo("""
            id,s,b,n,d
            1,plain,t,1.50,2024-02-29
            2,"a ""b"", c",f,,
            3,"",,-0.25,
            4,"two
            lines",,,
            5,,,,
            6, x ,,,
            """);
        count("copy t (s, id) to " + path("p.csv") + " csv delimiter '|' null 'NULL'");
        assertThat(Files.readAllLines(folder.resolve("p.csv"))).contains("plain|1", "NULL|5", "|3");
    }

    @Test
    void whatIsWrittenIsReadAgain() throws SQLException {
        count("copy t to " + path("t.csv"));
        database.run("create table u (id int primary key, s text, b boolean, n decimal(6,2), d date)");
        assertThat(count("copy u from " + path("t.csv"))).isEqualTo(6);
        assertThat(database.rows("select * from u order by id"))
                .isEqualTo(database.rows("select * from t order by id"));
    }

    @Test
    void aFailureLeavesTheOldFileAndNoOther() throws SQLException, IOException {
        count("copy (select 1) to " + path("x.csv"));
        assertThatThrownBy(() -> count("copy (select 1 / (id - 5) from t) to " + path("x.csv")))
                .hasMessageContaining("division by zero");
        assertThat(Files.readString(folder.resolve("x.csv"))).isEqualTo("1\n");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactly("x.csv");
        }
        assertThatThrownBy(() -> count("copy t to " + path("none/x.csv")))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("58P01"));
        assertThatThrownBy(() -> count("copy t to " + path("x.orc") + " (format orc)"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("0A000"));
        assertThatThrownBy(() -> count("copy t to program 'x'"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("0A000"));
    }
}
