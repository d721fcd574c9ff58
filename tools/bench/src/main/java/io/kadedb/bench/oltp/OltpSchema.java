package io.kadedb.bench.oltp;

import io.kadedb.bench.measure.ResultDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;

/** The tables of a small bank, the same on every engine. */
public final class OltpSchema {
    static final int BRANCHES = 10;
    static final int TELLERS = 100;
    private static final int BATCH = 1000;

    private static final List<String> TABLES = List.of(
            "create table branch (id integer not null primary key, balance bigint not null)",
            "create table teller (id integer not null primary key, balance bigint not null)",
            "create table account (id integer not null primary key, balance bigint not null)",
            "create table history (id bigint not null primary key, account_id integer not null, teller_id integer not"
                    + " null, branch_id integer not null, amount bigint not null)");

    private static final List<String> STATE = List.of(
            "select id, balance from branch",
            "select id, balance from teller",
            "select id, balance from account",
            "select count(*), min(id), max(id) from history");

    private OltpSchema() {}

    /** Creates the tables in an empty database and fills them. */
    public static void load(Connection connection, int accounts) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                statement.execute(table);
            }
        }
        connection.setAutoCommit(false);
        fill(connection, "branch", BRANCHES);
        fill(connection, "teller", TELLERS);
        fill(connection, "account", accounts);
        connection.commit();
        connection.setAutoCommit(true);
    }

    private static void fill(Connection connection, String table, int rows) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into " + table + " values (?, ?)")) {
            for (int id = 0; id < rows; id++) {
                insert.setInt(1, id);
                insert.setLong(2, 0);
                insert.addBatch();
                if (id % BATCH == BATCH - 1) {
                    insert.executeBatch();
                }
            }
            insert.executeBatch();
        }
    }

    /** A checksum of all that the tables hold. */
    static ResultDigest digest(Connection connection) throws SQLException {
        long rows = 0;
        long checksum = 0;
        try (Statement statement = connection.createStatement()) {
            for (String query : STATE) {
                try (ResultSet result = statement.executeQuery(query)) {
                    ResultDigest digest = ResultDigest.of(result, Set.of());
                    rows += digest.rows();
                    checksum = 31 * checksum + digest.checksum();
                }
            }
        }
        return new ResultDigest(rows, checksum);
    }
}
