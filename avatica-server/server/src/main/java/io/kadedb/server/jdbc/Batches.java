package io.kadedb.server.jdbc;

import io.kadedb.common.error.KadeException;
import io.kadedb.server.session.Session;
import io.kadedb.server.session.TransactionStatus;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;

/** Runs the members of a batch one after the other; with autocommit on they are one transaction: all or none. */
public final class Batches {
    private Batches() {}

    /** One member of a batch. */
    @FunctionalInterface
    public interface Member<T> {
        long run(T member) throws SQLException;
    }

    /** A whole batch. */
    @FunctionalInterface
    interface Whole {
        long[] run() throws SQLException;
    }

    /** The counts of all members; stops at the first that fails. */
    public static <T> long[] run(Session session, List<T> members, Member<T> runner) throws SQLException {
        if (!session.autocommit() || session.status() != TransactionStatus.IDLE || members.size() < 2) {
            return run(members, runner, false);
        }
        session.setAutocommit(false);
        boolean done = false;
        try {
            long[] counts = run(members, runner, true);
            session.commit();
            done = true;
            return counts;
        } catch (KadeException e) {
            throw failure(KadeErrors.of(e, ""), members.size(), failedAll(members.size()));
        } finally {
            if (!done) {
                session.rollback();
            }
            session.setAutocommit(true);
        }
    }

    private static <T> long[] run(List<T> members, Member<T> runner, boolean allOrNone) throws SQLException {
        long[] counts = new long[members.size()];
        for (int i = 0; i < counts.length; i++) {
            try {
                counts[i] = runner.run(members.get(i));
            } catch (SQLException e) {
                throw failure(e, i + 1, allOrNone ? failedAll(counts.length) : Arrays.copyOf(counts, i));
            }
        }
        return counts;
    }

    private static long[] failedAll(int members) {
        long[] counts = new long[members];
        Arrays.fill(counts, Statement.EXECUTE_FAILED);
        return counts;
    }

    private static BatchUpdateException failure(SQLException cause, int member, long[] counts) {
        BatchUpdateException failure = new BatchUpdateException(
                "member " + member + " of the batch: " + cause.getMessage(),
                cause.getSQLState(),
                cause.getErrorCode(),
                counts,
                cause);
        failure.setNextException(cause);
        return failure;
    }

    static int[] saturated(Whole batch) throws SQLException {
        return Arrays.stream(batch.run())
                .mapToInt(count -> count > Integer.MAX_VALUE ? Statement.SUCCESS_NO_INFO : (int) count)
                .toArray();
    }
}
