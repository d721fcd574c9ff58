package io.kadedb.server.remote;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.server.session.Session;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.calcite.avatica.NoSuchConnectionException;

/** The sessions of a server's clients, by the names the clients gave them. Thread-safe. */
public final class SessionTable implements AutoCloseable {
    private final Supplier<Session> opener;
    private final int maxSessions;
    private final Map<String, RemoteSession> sessions = new ConcurrentHashMap<>();
    private volatile boolean draining;

    /** @param opener opens a session of the database */
    public SessionTable(Supplier<Session> opener, int maxSessions) {
        this.opener = opener;
        this.maxSessions = maxSessions;
    }

    /** Opens a session under a name of the client's choice; 57P01 once the server shuts down. */
    RemoteSession open(String id, Client client) {
        checkAccepting();
        if (sessions.size() >= maxSessions) {
            throw KadeException.of(
                            ErrorCode.TOO_MANY_CONNECTIONS, "the server has " + maxSessions + " connections already")
                    .hint("close connections, or let a pool share them");
        }
        RemoteSession session = new RemoteSession(id, opener.get(), client);
        if (sessions.putIfAbsent(id, session) != null) {
            session.close();
            throw KadeException.of(ErrorCode.PROTOCOL_VIOLATION, "there is a connection \"" + id + "\" already");
        }
        if (client.encoding() == Encoding.EXACT) {
            client.opened(session);
        }
        return session;
    }

    /** Refuses what would begin new work while the server shuts down. */
    void checkAccepting() {
        if (draining) {
            throw KadeException.of(ErrorCode.ADMIN_SHUTDOWN, "the server is shutting down")
                    .hint("connect again when it is back");
        }
    }

    RemoteSession find(String id, Client client) {
        return lookUp(id, client).orElseThrow(() -> new NoSuchConnectionException(id));
    }

    Optional<RemoteSession> lookUp(String id, Client client) {
        return Optional.ofNullable(sessions.get(id)).filter(session -> session.client() == client);
    }

    /** Closes a session of the client; unknown ones are closed already. */
    void close(String id, Client client) {
        lookUp(id, client).ifPresent(this::close);
    }

    /** It stays in the table until it is closed, so that whoever closes them all waits for it. */
    private void close(RemoteSession session) {
        try {
            session.close();
        } finally {
            var _ = sessions.remove(session.id(), session);
        }
    }

    /** Stops a statement of the client whose rows are being fetched. */
    public void cancel(String id, Client client, int statement) {
        lookUp(id, client).ifPresent(session -> session.cancel(statement));
    }

    /** Closes all sessions of a client that went away. */
    public void closeAll(Client client) {
        sessions.values().stream().filter(s -> s.client() == client).toList().forEach(this::close);
    }

    /** How many there are. */
    public int size() {
        return sessions.size();
    }

    /** Closes the client's sessions that were silent for that long. */
    public void expire(Client client, Duration idle) {
        for (RemoteSession session : List.copyOf(sessions.values())) {
            if (session.client() == client && session.isIdleFor(idle.toNanos())) {
                close(session);
            }
        }
    }

    /** From now on nothing new is begun. */
    public void drain() {
        draining = true;
    }

    /** Whether {@link #drain} was called. */
    public boolean isDraining() {
        return draining;
    }

    /** Whether a request runs or rows wait to be fetched. */
    public boolean isBusy() {
        return sessions.values().stream().anyMatch(RemoteSession::isBusy);
    }

    @Override
    public void close() {
        draining = true;
        List.copyOf(sessions.values()).forEach(this::close);
    }
}
