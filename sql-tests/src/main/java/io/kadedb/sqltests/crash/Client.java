package io.kadedb.sqltests.crash;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A connection, and statements as text. */
final class Client implements AutoCloseable {
    private static final List<String> LEVELS = List.of("serializable", "repeatable read", "read committed");

    private final Connection connection;

    Client(String url) throws SQLException {
        connection = DriverManager.getConnection(url);
    }

    void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Rows as texts, their values between bars. */
    List<String> rows(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            int columns = rows.getMetaData().getColumnCount();
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                StringBuilder row = new StringBuilder();
                for (int column = 1; column <= columns; column++) {
                    row.append(column == 1 ? "" : "|").append(rows.getString(column));
                }
                found.add(row.toString());
            }
            return found;
        }
    }

    /** The value of a query that has one. */
    String value(String sql) throws SQLException {
        List<String> rows = rows(sql);
        if (rows.size() != 1) {
            throw new Violation(sql + " gives " + rows.size() + " rows");
        }
        return rows.getFirst();
    }

    /** Rows that have to be there, and no others. */
    void expect(String what, String sql, List<String> expected) throws SQLException {
        List<String> found = rows(sql);
        if (!found.equals(expected)) {
            List<String> missing = new ArrayList<>(expected);
            missing.removeAll(found);
            List<String> surplus = new ArrayList<>(found);
            surplus.removeAll(expected);
            throw new Violation("%s: %s gives %d rows, expected are %d; missing %s, not expected %s"
                    .formatted(what, sql, found.size(), expected.size(), few(missing), few(surplus)));
        }
    }

    private static String few(List<String> rows) {
        return rows.size() <= 5 ? rows.toString() : rows.subList(0, 5) + " and " + (rows.size() - 5) + " more";
    }

    void begin(String level) throws SQLException {
        run("begin isolation level " + level);
    }

    /** A block at any isolation level. */
    void begin(SplittableRandom random) throws SQLException {
        begin(LEVELS.get(random.nextInt(LEVELS.size())));
    }

    void commit() throws SQLException {
        run("commit");
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
