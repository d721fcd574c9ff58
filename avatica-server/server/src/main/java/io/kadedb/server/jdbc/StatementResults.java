package io.kadedb.server.jdbc;

import io.kadedb.common.control.CancelToken;
import io.kadedb.common.error.KadeException;
import io.kadedb.server.session.Portal;
import io.kadedb.server.session.Session;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * What a JDBC statement executes: runs the statements of its text in order and keeps their portals for
 * {@code getMoreResults}. Only {@link #cancel} is for other threads.
 */
final class StatementResults {
    private final Session session;
    private final int statement;
    private final Queue<Outcome> portals = new ArrayDeque<>();
    private volatile @Nullable CancelToken running;

    /** @param statement the number of the JDBC statement in its connection */
    StatementResults(Session session, int statement) {
        this.session = session;
        this.statement = statement;
    }

    Session session() {
        return session;
    }

    /**
     * What a statement gave.
     *
     * @param keys whether its rows are generated keys, beside a count
     */
    record Outcome(Portal portal, boolean keys) {
        /** Whether its rows are its result. */
        boolean hasRows() {
            return portal.hasRows() && !keys;
        }
    }

    /**
     * Runs all statements; fails with the first that fails.
     *
     * @param timeoutMillis after which they are cancelled; 0 for never
     */
    void run(
            GeneratedKeys.Rewritten statements,
            List<? extends @Nullable Object> parameters,
            String text,
            long timeoutMillis)
            throws SQLException {
        close();
        try {
            CancelToken token = newToken(timeoutMillis);
            session.begins(statement);
            for (int i = 0; i < statements.statements().size(); i++) {
                Portal portal = session.execute(statements.statements().get(i), parameters, token);
                portals.add(new Outcome(portal, statements.keyed().contains(i)));
            }
        } catch (KadeException e) {
            close();
            throw KadeErrors.of(e, text);
        }
    }

    /** A token for a statement, which {@link #cancel} cancels from then on. */
    CancelToken newToken(long timeoutMillis) {
        CancelToken token = session.newToken(timeoutMillis);
        running = token;
        return token;
    }

    /** What the next statement gave, whose portal the caller closes; null when there are no more. */
    @Nullable
    Outcome next() {
        return portals.poll();
    }

    void cancel() {
        CancelToken token = running;
        if (token != null) {
            token.cancel();
        }
    }

    void close() {
        portals.forEach(outcome -> outcome.portal().close());
        portals.clear();
    }
}
