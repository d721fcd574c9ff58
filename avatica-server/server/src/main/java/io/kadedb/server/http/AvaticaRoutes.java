package io.kadedb.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.kadedb.server.remote.Client;
import io.kadedb.server.remote.Exchange;
import io.kadedb.server.remote.RequestContext;
import io.kadedb.server.remote.SessionTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/** What is answered to plain HTTP: Avatica's requests by POST, and health. */
final class AvaticaRoutes implements Consumer<HttpRouting.Builder> {
    private static final String PROTOBUF = "application/x-google-protobuf";

    private final Exchange exchange;
    private final SessionTable sessions;
    /** How much of a request that is too large is read, so that its sender is there to hear that it is. */
    static final int PASSED_OVER_BYTES = 16 << 20;

    private static final int CHUNK = 1 << 16;

    private final Client client;
    private final int maxRequestBytes;

    AvaticaRoutes(Exchange exchange, SessionTable sessions, Client client, int maxRequestBytes) {
        this.exchange = exchange;
        this.sessions = sessions;
        this.client = client;
        this.maxRequestBytes = maxRequestBytes;
    }

    @Override
    public void accept(HttpRouting.Builder routing) {
        routing.post("/", this::avatica)
                .post("/avatica", this::avatica)
                .get("/health", this::health)
                .get(DriverUpgrade.PATH, AvaticaRoutes::notUpgraded);
    }

    private static void notUpgraded(ServerRequest request, ServerResponse response) {
        String version = request.headers().contains(DriverUpgrade.PROTOCOL)
                ? request.headers().get(DriverUpgrade.PROTOCOL).get()
                : "none";
        response.status(Status.UPGRADE_REQUIRED_426)
                .send("the server speaks version " + DriverChannel.VERSION + " of the driver's protocol, the driver "
                        + version + ": use the driver that comes with the server\n");
    }

    private void avatica(ServerRequest request, ServerResponse response) {
        // Pages in a browser may not reach a database that listens next to it; only browsers send an origin.
        if (request.headers().contains(HeaderNames.ORIGIN)) {
            response.status(Status.FORBIDDEN_403).send("requests of web pages are refused\n");
            return;
        }
        byte[] body = request.content().hasEntity() ? body(request) : new byte[0];
        if (body.length > maxRequestBytes) {
            response.status(Status.REQUEST_ENTITY_TOO_LARGE_413)
                    .send("the server takes requests of " + maxRequestBytes + " bytes\n");
            return;
        }
        if (body.length > 0 && body[0] == '{') {
            response.status(Status.UNSUPPORTED_MEDIA_TYPE_415)
                    .send("this server speaks Avatica's protobuf: connect with serialization=protobuf\n");
            return;
        }
        Exchange.Answer answer = exchange.serve(body, client, new RequestContext(0));
        response.status(answer.failed() ? Status.INTERNAL_SERVER_ERROR_500 : Status.OK_200)
                .header(HeaderNames.CONTENT_TYPE, PROTOBUF)
                .send(answer.bytes());
    }

    /** The request's content; of one that is too large a byte more than is allowed, and the rest is passed over. */
    private byte[] body(ServerRequest request) {
        try (InputStream in = request.content().inputStream()) {
            byte[] body = in.readNBytes(maxRequestBytes + 1);
            if (body.length > maxRequestBytes) {
                for (int left = PASSED_OVER_BYTES; left > 0; ) {
                    int passed = in.readNBytes(Math.min(left, CHUNK)).length;
                    left = passed == 0 ? 0 : left - passed;
                }
            }
            return body;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void health(ServerRequest request, ServerResponse response) {
        boolean asksReady = request.query().contains("ready");
        boolean ready = !sessions.isDraining();
        response.status(asksReady && !ready ? Status.SERVICE_UNAVAILABLE_503 : Status.OK_200)
                .send(ready ? "ready\n" : "draining\n");
    }
}
