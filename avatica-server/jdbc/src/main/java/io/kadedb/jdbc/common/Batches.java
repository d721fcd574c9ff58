package io.kadedb.jdbc.common;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;

/** Runs the members of a batch one after the other. */
public final class Batches {
    private Batches() {}

    /** Runs one member of a batch; gives the rows written. */
    @FunctionalInterface
    public interface Member<T> {
        long run(T member) throws SQLException;
    }

    /** A transaction around a whole batch. */
    public interface Transaction {
        void begin() throws SQLException;

        void commit() throws SQLException;

        /** Goes back to autocommit, in any case; undoes what was not committed. */
        void end(boolean committed) throws SQLException;
    }

    /** The counts of all members; stops at the first that fails, with the counts of those before. */
    public static <T> long[] each(List<T> members, Member<T> runner) throws SQLException {
        return each(members, runner, false);
    }

    /** The counts of all members, which are one transaction: all or none. */
    public static <T> long[] allOrNone(List<T> members, Member<T> runner, Transaction transaction) throws SQLException {
        transaction.begin();
        boolean done = false;
        try {
            long[] counts = each(members, runner, true);
            commit(transaction, members.size());
            done = true;
            return counts;
        } finally {
            transaction.end(done);
        }
    }

    private static void commit(Transaction transaction, int members) throws SQLException {
        try {
            transaction.commit();
        } catch (SQLException e) {
            throw failure(e, members, failedAll(members));
        }
    }

    private static <T> long[] each(List<T> members, Member<T> runner, boolean allOrNone) throws SQLException {
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

    /** Counts for those who ask for them as integers. */
    static int[] saturated(long[] counts) {
        return Arrays.stream(counts)
                .mapToInt(count -> count > Integer.MAX_VALUE ? Statement.SUCCESS_NO_INFO : (int) count)
                .toArray();
    }
}
