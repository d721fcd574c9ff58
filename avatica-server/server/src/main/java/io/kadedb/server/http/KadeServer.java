package io.kadedb.server.http;

import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.security.Principal;
import io.kadedb.server.OpenNodes;
import io.kadedb.server.remote.Client;
import io.kadedb.server.remote.Encoding;
import io.kadedb.server.remote.Exchange;
import io.kadedb.server.remote.SessionProperties;
import io.kadedb.server.remote.SessionTable;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A server: one database, open for clients of other processes. Thread-safe. */
public final class KadeServer implements AutoCloseable {
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long MAX_CHECK_MILLIS = 5_000;

    private final OpenNodes.Lease lease;
    private final SessionTable sessions;
    private final WebServer web;
    private final InetSocketAddress address;
    private final Duration drainTimeout;
    private final ScheduledExecutorService sweeper;
    private boolean closed;

    private KadeServer(ServerConfig config, OpenNodes.Lease lease) {
        this.lease = lease;
        this.drainTimeout = config.drainTimeout();
        this.sessions = new SessionTable(() -> lease.node().open(Principal.EMBEDDED_OWNER), config.maxSessions());
        Exchange exchange =
                new Exchange(sessions, new SessionProperties(lease.node().database()));
        Client plainHttp = new Client(Encoding.STOCK);
        this.web = WebServer.builder()
                .shutdownHook(false)
                .address(config.listen().getAddress())
                .port(config.listen().getPort())
                .maxPayloadSize((long) config.maxRequestBytes() + AvaticaRoutes.PASSED_OVER_BYTES)
                .idleConnectionTimeout(config.silenceTimeout())
                .idleConnectionPeriod(
                        Duration.ofMillis(Math.clamp(config.silenceTimeout().toMillis() / 4, 10, MAX_CHECK_MILLIS)))
                .connectionOptions(SocketOptions.builder().tcpNoDelay(true).build())
                .addConnectionSelector(Http1ConnectionSelector.builder()
                        .config(Http1Config.create())
                        .addUpgrader(new DriverUpgrade(exchange, sessions, config.maxRequestBytes()))
                        .build())
                .routing(new AvaticaRoutes(exchange, sessions, plainHttp, config.maxRequestBytes()))
                .build();
        start(config.listen());
        this.address = new InetSocketAddress(config.listen().getAddress(), web.port());
        this.sweeper = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "kadedb-sessions");
            thread.setDaemon(true);
            return thread;
        });
        long period = Math.clamp(config.idleTimeout().toMillis() / 4, 10, 10_000);
        var _ = sweeper.scheduleWithFixedDelay(
                () -> sessions.expire(plainHttp, config.idleTimeout()), period, period, TimeUnit.MILLISECONDS);
    }

    private void start(InetSocketAddress listen) {
        try {
            web.start();
        } catch (RuntimeException e) {
            throw KadeException.of(
                            ErrorCode.IO_ERROR,
                            "the server cannot listen on " + listen.getHostString() + ":" + listen.getPort(),
                            e)
                    .hint("is another process listening there? --listen HOST:PORT chooses another place");
        }
    }

    /** Opens the database and starts to serve it; 55006 if another process has it, 58030 if the port is taken. */
    public static KadeServer start(ServerConfig config) {
        OpenNodes.Lease lease = OpenNodes.PROCESS.open(config.database(), config.files());
        boolean started = false;
        try {
            KadeServer server = new KadeServer(config, lease);
            started = true;
            return server;
        } finally {
            if (!started) {
                lease.close();
            }
        }
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return address;
    }

    /** The name of its database. */
    public String database() {
        return lease.node().database();
    }

    /** How many sessions are open. */
    public int sessions() {
        return sessions.size();
    }

    /**
     * Stops: refuses new work, lets running statements and fetches finish within the time there is, then rolls back what
     * is left and closes the database.
     */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        sessions.drain();
        long deadline = System.nanoTime() + drainTimeout.toNanos();
        while (sessions.isBusy() && deadline - System.nanoTime() > 0) {
            LockSupport.parkNanos(POLL_NANOS);
        }
        sweeper.shutdown();
        sessions.close();
        web.stop();
        lease.close();
    }
}
