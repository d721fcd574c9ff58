package io.kadedb.server.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Directories that earlier builds wrote, kept as resources: {@code format/v1.zip}, made by {@code format/v1.sql}, has folded
 * segments and deltas of tables, indexes and foreign keys, and a graph.
 */
class FormatVersionTest {
    @TempDir
    Path folder;

    private Path directory;
    private String url;

    @BeforeEach
    void unpack() throws IOException {
        directory = folder.resolve("v1");
        url = "jdbc:kadedb:file:" + directory;
        Files.createDirectory(directory);
        InputStream resource =
                Objects.requireNonNull(FormatVersionTest.class.getResourceAsStream("/format/v1.zip"), "format/v1.zip");
        try (ZipInputStream zip = new ZipInputStream(resource)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Files.copy(zip, directory.resolve(entry.getName()));
            }
        }
    }

    @Test
    void isRead() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url)) {
            assertThat(Database.rows(
                            connection, "select count(*), sum(balance), min(born), max(name) from shop.customer"))
                    .containsExactly("61,447.50,1999-12-31,later");
            assertThat(Database.rows(
                            connection, "select * from shop.customer where id in (1, 12, 60, 10002) order by id"))
                    .containsExactly(
                            "1,customer 1,2000-01-02,0.25", "12,customer 12,2000-01-13,4.00", "10002,later,null,0.00");
            assertThat(Database.rows(connection, "select id from shop.customer where name = 'customer 33'"))
                    .containsExactly("33");
            assertThat(Database.rows(
                            connection,
                            "select note, count(*), sum(total), min(placed) from shop.orders"
                                    + " where note in ('changed', 'delta', 'note 1') group by note order by note"))
                    .containsExactly(
                            "changed,1,7.5,2024-01-01 01:00:00",
                            "delta,1,1.5,2025-01-01 00:00:00",
                            "note 1,6,24.375,2024-01-01 00:08:00");
            assertThat(Database.rows(
                            connection,
                            "select count(*), sum(amount), max(took), count(body), min(ref), avg(weight) from events"))
                    .containsExactly("21,246913578024691358012.4680,20 days 00:00:40,20,"
                            + "00000000-0000-0000-0000-000000000001,5.25");
            assertThat(Database.rows(
                            connection,
                            "select a, b from graph_table(social match (p is person where p.id > 10000)"
                                    + " -[k is knows]-> (q) columns (p.id as a, q.id as b)) order by a, b"))
                    .containsExactly("10001,10002", "10002,1");
        }
    }

    @Test
    void isWrittenOn() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url)) {
            Database.run(
                    connection,
                    "insert into shop.customer (id, name) values (20000, 'new')",
                    "update shop.customer set name = name || '!' where id <= 2",
                    "delete from shop.customer where id = 10001 and id not in (select a from knows)",
                    "insert into shop.orders values (20000, 1)",
                    "create index events_kind on events (kind)",
                    "drop index shop.orders_placed");
            assertThatThrownBy(() -> Database.run(connection, "insert into shop.orders values (20001, 1)"))
                    .hasFieldOrPropertyWithValue("SQLState", "23503");
            assertThatThrownBy(() -> Database.run(connection, "insert into shop.customer values (7, 'x')"))
                    .hasFieldOrPropertyWithValue("SQLState", "23505");
            assertThatThrownBy(() -> Database.run(connection, "insert into shop.customer values (7000, 'customer 7')"))
                    .hasFieldOrPropertyWithValue("SQLState", "23505");
            assertThatThrownBy(() -> Database.run(connection, "update shop.customer set balance = -101"))
                    .hasFieldOrPropertyWithValue("SQLState", "23514");
        }
        try (Connection connection = DriverManager.getConnection(url)) {
            assertThat(Database.rows(
                            connection, "select name from shop.customer where id in (1, 2, 20000) order by id"))
                    .containsExactly("customer 1!", "customer 2!", "new");
            assertThat(Database.rows(connection, "select count(*) from events where kind = 3"))
                    .containsExactly("2");
        }
    }

    @Test
    void aLaterFormatIsRefused() throws IOException {
        Files.writeString(directory.resolve("kadedb.format"), "kadedb key space format 7\n");
        assertThatThrownBy(() -> DriverManager.getConnection(url).close())
                .isInstanceOf(SQLException.class)
                .hasFieldOrPropertyWithValue("SQLState", "XX003")
                .hasMessageContaining("has format 7; this version reads formats 1 to 2");
    }
}
