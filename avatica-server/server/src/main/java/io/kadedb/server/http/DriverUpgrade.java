package io.kadedb.server.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpPrologue;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.spi.Http1Upgrader;
import io.helidon.webserver.spi.ServerConnection;
import io.kadedb.server.remote.Exchange;
import io.kadedb.server.remote.SessionTable;
import org.jspecify.annotations.Nullable;

/** Turns an HTTP connection of our driver into a {@link DriverChannel}: {@code GET /kadedb}, {@code Upgrade: kadedb}. */
final class DriverUpgrade implements Http1Upgrader {
    static final String PATH = "/kadedb";

    /** Says which version of the frames the driver speaks. */
    static final HeaderName PROTOCOL = HeaderNames.create("Kadedb-Protocol");

    private final Exchange exchange;
    private final SessionTable sessions;
    private final int maxRequestBytes;

    DriverUpgrade(Exchange exchange, SessionTable sessions, int maxRequestBytes) {
        this.exchange = exchange;
        this.sessions = sessions;
        this.maxRequestBytes = maxRequestBytes;
    }

    @Override
    public String supportedProtocol() {
        return "kadedb";
    }

    @Override
    @SuppressWarnings("NullAway") // null refuses the upgrade: the request goes on as plain HTTP
    public @Nullable ServerConnection upgrade(
            ConnectionContext context, HttpPrologue prologue, WritableHeaders<?> headers) {
        // Pages in a browser cannot ask for this protocol, but whoever sends an origin is refused all the same.
        return prologue.uriPath().path().equals(PATH)
                        && !headers.contains(HeaderNames.ORIGIN)
                        && headers.contains(PROTOCOL)
                        && headers.get(PROTOCOL).get().equals(String.valueOf(DriverChannel.VERSION))
                ? new DriverChannel(context, exchange, sessions, maxRequestBytes)
                : null;
    }
}
