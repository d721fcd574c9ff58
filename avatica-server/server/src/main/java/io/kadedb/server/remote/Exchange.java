package io.kadedb.server.remote;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Supplier;
import org.apache.calcite.avatica.remote.ProtobufTranslation;
import org.apache.calcite.avatica.remote.ProtobufTranslationImpl;
import org.apache.calcite.avatica.remote.Service;

/** Requests and responses as bytes: Avatica's protobuf messages. Thread-safe. */
public final class Exchange {
    private final ProtobufTranslation translation = new ProtobufTranslationImpl();
    private final SessionTable sessions;
    private final SessionProperties properties;

    public Exchange(SessionTable sessions, SessionProperties properties) {
        this.sessions = sessions;
        this.properties = properties;
    }

    /**
     * An answer of the server.
     *
     * @param failed whether it is an error response
     */
    public record Answer(byte[] bytes, boolean failed) {}

    /** Serves one request; failures are answers too. */
    public Answer serve(byte[] request, Client client, RequestContext context) {
        return answer(
                client,
                () -> Requests.apply(parse(request), new AvaticaService(sessions, properties, client, context)));
    }

    /** Serves a call of our driver that Avatica has no request for. */
    public Answer serve(DriverCall call, Client client) {
        return answer(client, () -> call.run(sessions, client));
    }

    /** The answer to a request that could not even be read. */
    public Answer refuse(KadeException error, Client client) {
        return answer(client, () -> {
            throw error;
        });
    }

    private Answer answer(Client client, Supplier<Service.Response> work) {
        try {
            return new Answer(bytes(work.get()), false);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return new Answer(bytes(ErrorResponses.of(e, client.encoding())), true);
        }
    }

    private Service.Request parse(byte[] request) {
        try {
            return translation.parseRequest(request);
        } catch (InvalidProtocolBufferException e) {
            String message = String.valueOf(e.getMessage());
            throw message.contains("UTF-8")
                    ? KadeException.of(ErrorCode.CHARACTER_NOT_IN_REPERTOIRE, "the request has text that is not UTF-8")
                    : unreadable(e);
        } catch (IOException | RuntimeException e) {
            throw unreadable(e);
        }
    }

    private static KadeException unreadable(Exception cause) {
        return KadeException.of(
                        ErrorCode.PROTOCOL_VIOLATION, "the request is none of Avatica's protobuf messages", cause)
                .hint("connect with jdbc:kadedb://host:port, or with Avatica and serialization=protobuf");
    }

    private byte[] bytes(Service.Response response) {
        try {
            return translation.serializeResponse(response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
