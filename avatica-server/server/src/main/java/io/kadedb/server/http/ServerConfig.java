package io.kadedb.server.http;

import io.kadedb.executor.file.FilePolicy;
import io.kadedb.server.DatabaseUrl;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What a server serves, and within which limits.
 *
 * @param listen where; port 0 for one that is free
 * @param files which files statements may read
 * @param maxRequestBytes above which requests are refused (413, 54000)
 * @param maxSessions above which connections are refused (53300)
 * @param idleTimeout after which a session whose client only sends HTTP requests is closed
 * @param silenceTimeout after which a connection that says nothing, not even a ping, is closed with its session
 * @param drainTimeout how long running statements may take after {@link KadeServer#close} was called
 */
public record ServerConfig(
        DatabaseUrl database,
        InetSocketAddress listen,
        FilePolicy files,
        int maxRequestBytes,
        int maxSessions,
        Duration idleTimeout,
        Duration silenceTimeout,
        Duration drainTimeout) {
    /** Where a server listens if nothing else is said, and where drivers look for it. */
    public static final int DEFAULT_PORT = 8765;

    private static final int MAX_REQUEST_BYTES = 64 << 20;
    private static final int MAX_SESSIONS = 1_000;
    private static final Duration IDLE = Duration.ofMinutes(10);
    private static final Duration SILENCE = Duration.ofSeconds(60);
    private static final Duration DRAIN = Duration.ofSeconds(20);

    /** The usual limits; statements read no files. */
    public static ServerConfig of(DatabaseUrl database, InetSocketAddress listen) {
        return new ServerConfig(
                database, listen, FilePolicy.none(), MAX_REQUEST_BYTES, MAX_SESSIONS, IDLE, SILENCE, DRAIN);
    }

    /** @param directory below which statements may read files; without it they read none */
    public ServerConfig withFiles(Optional<Path> directory) {
        FilePolicy readable = directory.map(FilePolicy::below).orElseGet(FilePolicy::none);
        return new ServerConfig(
                database, listen, readable, maxRequestBytes, maxSessions, idleTimeout, silenceTimeout, drainTimeout);
    }

    public ServerConfig withMaxRequestBytes(int bytes) {
        return new ServerConfig(database, listen, files, bytes, maxSessions, idleTimeout, silenceTimeout, drainTimeout);
    }

    public ServerConfig withMaxSessions(int sessions) {
        return new ServerConfig(
                database, listen, files, maxRequestBytes, sessions, idleTimeout, silenceTimeout, drainTimeout);
    }

    public ServerConfig withIdleTimeout(Duration timeout) {
        return new ServerConfig(
                database, listen, files, maxRequestBytes, maxSessions, timeout, silenceTimeout, drainTimeout);
    }

    public ServerConfig withSilenceTimeout(Duration timeout) {
        return new ServerConfig(
                database, listen, files, maxRequestBytes, maxSessions, idleTimeout, timeout, drainTimeout);
    }

    public ServerConfig withDrainTimeout(Duration timeout) {
        return new ServerConfig(
                database, listen, files, maxRequestBytes, maxSessions, idleTimeout, silenceTimeout, timeout);
    }
}
