package io.kadedb.server.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** How long databases in this process live. */
class EmbeddedUrlTest {
    @Test
    void aNamedDatabaseLivesWhileAConnectionIsOpen() throws SQLException {
        String url = "jdbc:kadedb:mem:short-lived";
        try (Connection first = DriverManager.getConnection(url)) {
            Database.run(first, "create table gone (a int)");
            try (Connection other = DriverManager.getConnection(url)) {
                assertThat(Database.rows(other, "select * from gone")).isEmpty();
            }
        }
        try (Connection second = DriverManager.getConnection(url)) {
            assertThat(Database.rows(second, "show tables")).isEmpty();
        }
    }
}
