package io.kadedb.server.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk without space: what was acknowledged stays, the error says what is wrong, and with space all goes on. */
class FullDiskTest {
    private static final int MEGABYTES = 48;
    private static final int FOREVER = 1_000_000;

    private SmallDisk disk;
    private String url;

    // JUnit sets the fields before each test.
    @SuppressWarnings("NullAway.Init")
    FullDiskTest() {}

    @BeforeEach
    void mount(@TempDir Path folder) throws Exception {
        disk = SmallDisk.mount(folder, MEGABYTES);
        url = "jdbc:kadedb:file:" + disk.directory().resolve("db");
    }

    @AfterEach
    void unmount() throws Exception {
        if (disk != null) {
            disk.close();
        }
    }

    private static long count(Connection connection) throws SQLException {
        return Long.parseLong(
                Database.rows(connection, "select count(*) from t").getFirst());
    }

    private static SQLException failure(Connection connection, String sql) {
        return catchThrowableOfType(SQLException.class, () -> Database.run(connection, sql));
    }

    private static void assertFull(SQLException error) {
        assertThat(error.getSQLState()).as(error.getMessage()).isEqualTo("53100");
    }

    /** Inserts rows one by one until that fails, and gives how many were acknowledged. */
    private static int insertUntilFull(Connection connection) throws SQLException {
        int acknowledged = 0;
        try (PreparedStatement insert = connection.prepareStatement("insert into t values (?, ?)")) {
            for (int i = 0; i < FOREVER; i++) {
                insert.setInt(1, i);
                insert.setString(2, "x".repeat(20_000));
                insert.executeUpdate();
                acknowledged++;
            }
            throw new AssertionError("the disk is not full after " + acknowledged + " rows");
        } catch (SQLException e) {
            assertFull(e);
            return acknowledged;
        }
    }

    @Test
    void smallCommitsUntilTheDiskIsFull() throws Exception {
        int acknowledged;
        try (Connection connection = DriverManager.getConnection(url)) {
            Database.run(connection, "create table t (a int primary key, b text)");
            disk.fill(2 << 20);
            acknowledged = insertUntilFull(connection);
            assertThat(acknowledged).isPositive();
            SQLException again = failure(connection, "insert into t values (-1, 'again')");
            assertFull(again);
            assertThat(again.getMessage()).contains("open the database again");
        }
        disk.free();
        try (Connection connection = DriverManager.getConnection(url)) {
            // Of the commit that failed nobody knows whether its log record was complete.
            assertThat(count(connection)).isBetween((long) acknowledged, acknowledged + 1L);
            assertThat(Database.rows(connection, "select count(*) from t where length(b) = 20000"))
                    .containsExactly(Long.toString(count(connection)));
            Database.run(connection, "insert into t values (-1, 'space again')");
        }
        try (Connection connection = DriverManager.getConnection(url)) {
            assertThat(Database.rows(connection, "select b from t where a = -1"))
                    .containsExactly("space again");
        }
    }

    @Test
    void aLargeLoadThatDoesNotFitLeavesNothing() throws Exception {
        String load = "insert into t select x.a * 4000 + y.a, repeat(md5(x.a::text || y.a::text), 4)"
                + " from n as x cross join n as y where x.a < 250";
        try (Connection connection = DriverManager.getConnection(url)) {
            Database.run(connection, "create table t (a int primary key, b text)", "create table n (a int)");
            insertNumbers(connection);
            Database.run(connection, "insert into t values (-1, 'kept')");
            disk.fill(8 << 20);
            assertFull(failure(connection, load));
        }
        disk.free();
        try (Connection connection = DriverManager.getConnection(url)) {
            assertThat(Database.rows(connection, "select * from t")).containsExactly("-1,kept");
            Database.run(connection, "insert into t select a, 'small' from n where a < 1000");
            assertThat(count(connection)).isEqualTo(1_001);
        }
    }

    private static void insertNumbers(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement insert = connection.prepareStatement("insert into n values (?)")) {
            for (int i = 0; i < 4_000; i++) {
                insert.setInt(1, i);
                insert.addBatch();
            }
            insert.executeBatch();
        }
        connection.commit();
        connection.setAutoCommit(true);
    }

    @Test
    void aFullDiskIsSaidWhenTheDatabaseIsOpened() throws Exception {
        try (Connection connection = DriverManager.getConnection(url)) {
            Database.run(connection, "create table t (a int primary key, b text)", "insert into t values (1, 'kept')");
        }
        disk.fill(0);
        SQLException error = catchThrowableOfType(
                SQLException.class, () -> DriverManager.getConnection(url).close());
        assertFull(error);
        disk.free();
        try (Connection connection = DriverManager.getConnection(url)) {
            assertThat(Database.rows(connection, "select * from t")).containsExactly("1,kept");
        }
    }
}
