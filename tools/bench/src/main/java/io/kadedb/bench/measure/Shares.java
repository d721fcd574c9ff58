package io.kadedb.bench.measure;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** The parts of a round that clients do at the same time. */
public final class Shares {
    private Shares() {}

    /**
     * Runs all of them and adds up what they give.
     *
     * @throws SQLException the first that one fails with; 57014 when the thread is interrupted
     */
    public static long run(ExecutorService threads, List<Callable<Long>> shares) throws SQLException {
        try {
            long sum = 0;
            for (Future<Long> share : threads.invokeAll(shares)) {
                sum += share.get();
            }
            return sum;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted", "57014", e);
        }
    }
}
