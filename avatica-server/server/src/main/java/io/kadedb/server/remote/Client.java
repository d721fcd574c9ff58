package io.kadedb.server.remote;

import org.jspecify.annotations.Nullable;

/**
 * Where requests come from, and how values travel there: a connection of our driver, or all who send plain HTTP. A
 * session is only for the client that opened it.
 */
public final class Client {
    private final Encoding encoding;
    private volatile @Nullable RemoteSession session;

    public Client(Encoding encoding) {
        this.encoding = encoding;
    }

    /** The session that it opened last. */
    @Nullable
    RemoteSession session() {
        return session;
    }

    void opened(RemoteSession opened) {
        session = opened;
    }

    public Encoding encoding() {
        return encoding;
    }
}
