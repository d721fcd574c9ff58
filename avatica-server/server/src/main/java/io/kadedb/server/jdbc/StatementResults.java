package io.kadedb.server.jdbc;

import io.kadedb.common.control.CancelToken;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ParsedStatement;
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
    private final Queue<Portal> portals = new ArrayDeque<>();
    private volatile @Nullable CancelToken running;
    private long timeoutMillis;

    StatementResults(Session session) {
        this.session = session;
    }

    Session session() {
        return session;
    }

    void timeoutMillis(long millis) {
        timeoutMillis = millis;
    }

    long timeoutMillis() {
        return timeoutMillis;
    }

    /** Runs all statements; fails with the first that fails. */
    void run(List<ParsedStatement> statements, List<? extends @Nullable Object> parameters, String text)
            throws SQLException {
        close();
        try {
            CancelToken token = session.newToken(timeoutMillis);
            running = token;
            for (ParsedStatement statement : statements) {
                portals.add(session.execute(statement, parameters, token));
            }
        } catch (KadeException e) {
            close();
            throw SqlErrors.of(e, text);
        }
    }

    /** The next statement's portal, which the caller closes; null when there are no more. */
    @Nullable
    Portal next() {
        return portals.poll();
    }

    void cancel() {
        CancelToken token = running;
        if (token != null) {
            token.cancel();
        }
    }

    void close() {
        portals.forEach(Portal::close);
        portals.clear();
    }
}
