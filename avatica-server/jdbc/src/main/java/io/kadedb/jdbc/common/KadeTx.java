package io.kadedb.jdbc.common;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs transactions until they commit: one that lost against another, or gave way in a deadlock (SQLSTATE 40001 or 40P01), is
 * rolled back and run again after a growing pause.
 *
 * <pre>{@code
 * long left = KadeTx.run(connection, c -> withdraw(c, account, amount));
 * }</pre>
 */
public final class KadeTx {
    private static final int MOST_ATTEMPTS = 20;
    private static final long MOST_PAUSE_MICROS = 100_000;

    private KadeTx() {}

    /**
     * What a transaction does: it may be run several times, so that nothing but the database should be changed by it.
     *
     * @param <T> what it gives
     */
    @FunctionalInterface
    public interface Work<T> {
        /** Runs statements on the connection, without commit or rollback. */
        T run(Connection connection) throws SQLException;
    }

    /**
     * Runs a transaction until it commits, at most 20 times. The connection has autocommit on before and after.
     *
     * @throws SQLException what the work, or the last commit, failed with; 25001 within a transaction
     */
    public static <T> T run(Connection connection, Work<T> work) throws SQLException {
        if (!connection.getAutoCommit()) {
            throw new SQLException("the connection is in a transaction already: autocommit is off", "25001");
        }
        for (int attempt = 1; ; attempt++) {
            try {
                return once(connection, work);
            } catch (SQLException e) {
                if (!isLost(e) || attempt == MOST_ATTEMPTS) {
                    throw e;
                }
                pause(attempt);
                if (Thread.currentThread().isInterrupted()) {
                    throw e;
                }
            }
        }
    }

    private static <T> T once(Connection connection, Work<T> work) throws SQLException {
        connection.setAutoCommit(false);
        boolean committed = false;
        try {
            T result = work.run(connection);
            connection.commit();
            committed = true;
            return result;
        } finally {
            try {
                if (!committed && !connection.isClosed()) {
                    connection.rollback();
                }
            } finally {
                if (!connection.isClosed()) {
                    connection.setAutoCommit(true);
                }
            }
        }
    }

    private static boolean isLost(SQLException error) {
        return "40001".equals(error.getSQLState()) || "40P01".equals(error.getSQLState());
    }

    /** Longer the more often it has lost; a random part keeps the losers from meeting again. */
    private static void pause(int attempt) {
        long most = Math.min(MOST_PAUSE_MICROS, 500L << Math.min(attempt, 10));
        LockSupport.parkNanos(1_000 * ThreadLocalRandom.current().nextLong(most / 2, most));
    }
}
