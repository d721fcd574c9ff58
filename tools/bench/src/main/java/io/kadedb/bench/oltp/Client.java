package io.kadedb.bench.oltp;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** A connection with its prepared statements; the same texts for every engine. Not for several threads at once. */
final class Client implements AutoCloseable {
    private final Connection connection;
    private final int accounts;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    /**
     * @param connection closed with the client
     * @param isBlock whether statements stand in transaction blocks
     */
    Client(Connection connection, boolean isBlock, int accounts) throws SQLException {
        this.connection = connection;
        this.accounts = accounts;
        connection.setAutoCommit(!isBlock);
    }

    int accounts() {
        return accounts;
    }

    long balanceOf(int account) throws SQLException {
        PreparedStatement statement = prepare("select balance from account where id = ?");
        statement.setInt(1, account);
        return Workload.readOne(statement);
    }

    /** Adds an amount to the balance of a row; 1. */
    long add(String table, int id, int amount) throws SQLException {
        PreparedStatement statement = prepare("update " + table + " set balance = balance + ? where id = ?");
        statement.setInt(1, amount);
        statement.setInt(2, id);
        return changed(statement);
    }

    void remember(long id, int account, int teller, int branch, int amount) throws SQLException {
        PreparedStatement statement = prepare("insert into history values (?, ?, ?, ?, ?)");
        statement.setLong(1, id);
        statement.setInt(2, account);
        statement.setInt(3, teller);
        statement.setInt(4, branch);
        statement.setInt(5, amount);
        changed(statement);
    }

    void commit() throws SQLException {
        connection.commit();
    }

    private static int changed(PreparedStatement statement) throws SQLException {
        int rows = statement.executeUpdate();
        if (rows != 1) {
            throw new SQLException(rows + " rows were changed instead of one", "02000");
        }
        return rows;
    }

    private PreparedStatement prepare(String sql) throws SQLException {
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        return statement;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
