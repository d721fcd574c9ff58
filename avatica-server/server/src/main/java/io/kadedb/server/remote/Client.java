package io.kadedb.server.remote;

/**
 * Where requests come from, and how values travel there: a connection of our driver, or all who send plain HTTP. A
 * session is only for the client that opened it.
 */
public final class Client {
    private final Encoding encoding;

    public Client(Encoding encoding) {
        this.encoding = encoding;
    }

    public Encoding encoding() {
        return encoding;
    }
}
