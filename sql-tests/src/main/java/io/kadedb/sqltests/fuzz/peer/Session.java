package io.kadedb.sqltests.fuzz.peer;

import io.kadedb.sqltests.fuzz.sql.Statement;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Runs statements in an empty database of a peer. One thread at a time. */
public final class Session implements AutoCloseable {
    /** What a statement may take before it is cancelled. */
    private static final int LIMIT_SECONDS = 20;

    /** What may pass after that before it is taken for hanging. */
    private static final int GRACE_SECONDS = 20;

    /** More are not compared: a case keeps the answers of all its statements. */
    private static final int MOST_ROWS = 50_000;

    private final Peer peer;
    private final Connection connection;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("fuzz").daemon(true).factory());
    private boolean isHung;

    public Session(Peer peer) throws SQLException {
        this.peer = peer;
        this.connection = peer.empty();
    }

    public Peer peer() {
        return peer;
    }

    /** Whether the peer still answers. */
    public boolean isLost() {
        try {
            return isHung || connection.isClosed();
        } catch (SQLException e) {
            return true;
        }
    }

    /** Runs a statement that the peer can say. */
    public Outcome run(Statement statement) {
        String sql = peer.dialect().write(statement.sql());
        Future<Outcome> running = thread.submit(() -> execute(sql, statement.answer()));
        try {
            return running.get(LIMIT_SECONDS + GRACE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            isHung = true;
            return new Outcome.Hung();
        } catch (ExecutionException e) {
            // What is no SQLException is a bug of the driver.
            return new Outcome.Failed("XX000", String.valueOf(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Hung();
        }
    }

    private Outcome execute(String sql, Statement.Answer answer) {
        try (java.sql.Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(LIMIT_SECONDS);
            boolean hasRows = statement.execute(sql);
            return switch (answer) {
                case Statement.Rows rows -> {
                    try (ResultSet result = statement.getResultSet()) {
                        List<List<@Nullable Object>> read = Cells.rows(result, rows.kinds(), MOST_ROWS + 1);
                        yield read.size() > MOST_ROWS
                                ? new Outcome.Failed("53200", "more rows than are compared")
                                : new Outcome.Rows(read);
                    }
                }
                case Statement.Count ignored -> new Outcome.Count(hasRows ? -1 : statement.getLargeUpdateCount());
                case Statement.Done ignored -> new Outcome.Count(0);
            };
        } catch (SQLException e) {
            return new Outcome.Failed(String.valueOf(e.getSQLState()), String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() throws SQLException {
        thread.shutdownNow();
        if (!isHung) {
            connection.close();
        }
    }
}
