package io.kadedb.jdbc;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;

/** A batch whose members return keys, which Avatica's batches cannot: run one by one, with autocommit on all or none. */
final class KeyedBatch {
    private KeyedBatch() {}

    /** Runs one member; gives the rows written. */
    @FunctionalInterface
    interface Member<T> {
        long run(T member) throws SQLException;
    }

    static <T> long[] run(RemoteConnection connection, List<T> members, Member<T> runner) throws SQLException {
        boolean together = members.size() > 1 && connection.getAutoCommit();
        if (!together) {
            return each(members, runner, false);
        }
        connection.setAutoCommit(false);
        boolean done = false;
        try {
            long[] counts = each(members, runner, true);
            connection.commit();
            done = true;
            return counts;
        } finally {
            if (!done) {
                connection.rollback();
            }
            connection.setAutoCommit(true);
        }
    }

    private static <T> long[] each(List<T> members, Member<T> runner, boolean allOrNone) throws SQLException {
        long[] counts = new long[members.size()];
        for (int i = 0; i < counts.length; i++) {
            try {
                counts[i] = runner.run(members.get(i));
            } catch (SQLException e) {
                long[] told = allOrNone ? new long[counts.length] : Arrays.copyOf(counts, i);
                if (allOrNone) {
                    Arrays.fill(told, Statement.EXECUTE_FAILED);
                }
                BatchUpdateException failure = new BatchUpdateException(
                        "member " + (i + 1) + " of the batch: " + e.getMessage(),
                        e.getSQLState(),
                        e.getErrorCode(),
                        told,
                        e);
                failure.setNextException(e);
                throw failure;
            }
        }
        return counts;
    }
}
