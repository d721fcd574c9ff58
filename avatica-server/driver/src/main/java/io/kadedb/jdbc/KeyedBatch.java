package io.kadedb.jdbc;

import io.kadedb.jdbc.common.Batches;
import java.sql.SQLException;
import java.util.List;

/** A batch whose members return keys, which Avatica's batches cannot: run one by one, with autocommit on all or none. */
final class KeyedBatch implements Batches.Transaction {
    private final RemoteConnection connection;

    private KeyedBatch(RemoteConnection connection) {
        this.connection = connection;
    }

    static <T> long[] run(RemoteConnection connection, List<T> members, Batches.Member<T> runner) throws SQLException {
        return members.size() > 1 && connection.getAutoCommit()
                ? Batches.allOrNone(members, runner, new KeyedBatch(connection))
                : Batches.each(members, runner);
    }

    @Override
    public void begin() throws SQLException {
        connection.setAutoCommit(false);
    }

    @Override
    public void commit() throws SQLException {
        connection.commit();
    }

    @Override
    public void end(boolean committed) throws SQLException {
        if (!committed) {
            connection.rollback();
        }
        connection.setAutoCommit(true);
    }
}
