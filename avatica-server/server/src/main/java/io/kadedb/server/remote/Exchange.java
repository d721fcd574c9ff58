package io.kadedb.server.remote;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.calcite.avatica.remote.ProtobufTranslation;
import org.apache.calcite.avatica.remote.ProtobufTranslationImpl;
import org.apache.calcite.avatica.remote.Service;
import org.jspecify.annotations.Nullable;

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
     * @param compact whether it is no message of Avatica's but a prepared statement's outcome in short
     */
    public record Answer(byte[] bytes, boolean failed, boolean compact) {
        Answer(byte[] bytes, boolean failed) {
            this(bytes, failed, false);
        }
    }

    /** Serves one request; failures are answers too. */
    public Answer serve(byte[] request, Client client, RequestContext context) {
        return answer(
                client,
                () -> Requests.apply(parse(request), new AvaticaService(sessions, properties, client, context)));
    }

    /** The answer to a run that waits for nobody and takes no time; null for others, which are to be served. */
    public @Nullable Answer serveAtOnce(PreparedCall call, Client client) {
        RemoteSession session = client.session();
        if (session == null || sessions.isDraining()) {
            return null;
        }
        try {
            byte[] compact = session.runDirectly(call);
            return compact == null ? null : new Answer(compact, false, true);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return failed(e, client);
        }
    }

    /** Serves a run of a prepared statement. */
    public Answer serve(PreparedCall call, Client client, RequestContext context) {
        try {
            RemoteSession session = client.session();
            if (session == null) {
                throw KadeException.of(ErrorCode.CONNECTION_DOES_NOT_EXIST, "the connection has no session");
            }
            RemoteSession.Outcome outcome = session.locked(() -> {
                sessions.checkAccepting();
                return session.execute(call, context);
            });
            byte[] compact = outcome.compact();
            return compact != null
                    ? new Answer(compact, false, true)
                    : new Answer(bytes(Objects.requireNonNull(outcome.response())), false);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return failed(e, client);
        }
    }

    /** Serves COPY .. FROM STDIN. */
    public Answer copyIn(String text, InputStream rows, Client client, RequestContext context) {
        return answer(client, () -> {
            RemoteSession session = client.session();
            if (session == null) {
                throw KadeException.of(ErrorCode.CONNECTION_DOES_NOT_EXIST, "the connection has no session");
            }
            return session.locked(() -> {
                sessions.checkAccepting();
                return DriverCall.value(session, String.valueOf(session.copyIn(text, rows, context)));
            });
        });
    }

    private Answer failed(Throwable failure, Client client) {
        return new Answer(bytes(ErrorResponses.of(failure, client.encoding())), true);
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
            return failed(e, client);
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
