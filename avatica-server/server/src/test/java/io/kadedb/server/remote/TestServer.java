package io.kadedb.server.remote;

import io.kadedb.server.DatabaseUrl;
import io.kadedb.server.http.KadeServer;
import io.kadedb.server.http.ServerConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** A server with a database in memory of a test's own, on a free port of loopback. */
public final class TestServer implements AutoCloseable {
    private static final AtomicInteger NAMES = new AtomicInteger();

    private final KadeServer server;

    public TestServer() {
        this(UnaryOperator.identity());
    }

    public TestServer(UnaryOperator<ServerConfig> limits) {
        String name = "served" + NAMES.incrementAndGet();
        server = KadeServer.start(limits.apply(ServerConfig.of(
                DatabaseUrl.parse("jdbc:kadedb:mem:" + name),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))));
    }

    public KadeServer server() {
        return server;
    }

    public int port() {
        return server.address().getPort();
    }

    /** For our driver. */
    public String url() {
        return "jdbc:kadedb://localhost:" + port() + "/" + server.database();
    }

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url());
    }

    /** Through the stock Avatica client. */
    public Connection connectStock() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:avatica:remote:url=http://localhost:" + port() + ";serialization=protobuf");
    }

    @Override
    public void close() {
        server.close();
    }
}
