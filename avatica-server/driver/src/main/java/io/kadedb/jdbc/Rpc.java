package io.kadedb.jdbc;

import io.kadedb.jdbc.common.Frames;
import io.kadedb.jdbc.common.SqlErrors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import org.apache.calcite.avatica.remote.ProtobufTranslation;
import org.apache.calcite.avatica.remote.ProtobufTranslationImpl;
import org.apache.calcite.avatica.remote.Service;
import org.jspecify.annotations.Nullable;

/** Avatica's requests and responses over a {@link Channel}; error responses become exceptions. */
final class Rpc {
    private static final ProtobufTranslation TRANSLATION = new ProtobufTranslationImpl();

    private final Channel channel;
    private final String connection;

    /** @param connection the name of the session on the server */
    Rpc(Channel channel, String connection) {
        this.channel = channel;
        this.connection = connection;
    }

    Channel channel() {
        return channel;
    }

    String connection() {
        return connection;
    }

    <T extends Service.Response> T send(Service.Request request, Class<T> response) throws SQLException {
        return send(request, 0, response);
    }

    /** @param timeoutMillis after which the server stops the statement; 0 for never */
    <T extends Service.Response> T send(Service.Request request, long timeoutMillis, Class<T> response)
            throws SQLException {
        byte[] message;
        try {
            message = WireNames.toServer(TRANSLATION.serializeRequest(request));
        } catch (IOException e) {
            throw SqlErrors.of(SqlErrors.PROTOCOL_VIOLATION, "the request cannot be written: " + e.getMessage(), e);
        }
        return parse(channel.request(message, timeoutMillis), response);
    }

    /** Runs a prepared statement. */
    PreparedAnswer execute(byte[] call, int columns, long timeoutMillis) throws SQLException {
        Channel.Answer answer = channel.execute(call, timeoutMillis);
        return answer.isCompact()
                ? new PreparedAnswer(CompactResult.read(answer.content(), columns), null)
                : new PreparedAnswer(null, parse(answer.content(), Service.ExecuteResponse.class));
    }

    /** What a run of a prepared statement came to, in one of two forms. */
    static final class PreparedAnswer {
        private final @Nullable CompactResult compact;
        private final Service.@Nullable ExecuteResponse response;

        PreparedAnswer(@Nullable CompactResult compact, Service.@Nullable ExecuteResponse response) {
            this.compact = compact;
            this.response = response;
        }

        @Nullable
        CompactResult compact() {
            return compact;
        }

        List<Service.ResultSetResponse> results() {
            return response == null ? List.of() : response.results;
        }
    }

    /** What Avatica has no request for. */
    Service.ResultSetResponse call(String method, @Nullable String... arguments) throws SQLException {
        @Nullable String[] strings = new String[arguments.length + 2];
        strings[0] = connection;
        strings[1] = method;
        System.arraycopy(arguments, 0, strings, 2, arguments.length);
        return parse(channel.call(strings), Service.ResultSetResponse.class);
    }

    /** Runs COPY .. FROM STDIN; the number of rows stored. */
    long copy(String sql, CopiedInput rows) throws SQLException {
        Service.ResultSetResponse response =
                parse(channel.copy(sql.getBytes(StandardCharsets.UTF_8), rows), Service.ResultSetResponse.class);
        return Long.parseLong(
                String.valueOf(Frames.value(Frames.rows(response.firstFrame).get(0), 0)));
    }

    /** The rows of a call, all of which are in its first frame. */
    List<Object> rows(String method, @Nullable String... arguments) throws SQLException {
        return Frames.rows(call(method, arguments).firstFrame);
    }

    private static <T extends Service.Response> T parse(byte[] bytes, Class<T> wanted) throws SQLException {
        Service.Response response;
        try {
            response = TRANSLATION.parseResponse(WireNames.fromServer(bytes));
        } catch (IOException e) {
            throw SqlErrors.of(SqlErrors.PROTOCOL_VIOLATION, "the server's answer cannot be read", e);
        }
        if (response instanceof Service.ErrorResponse) {
            throw ErrorParts.toException((Service.ErrorResponse) response);
        }
        if (!wanted.isInstance(response)) {
            throw SqlErrors.of(
                    SqlErrors.PROTOCOL_VIOLATION,
                    "the server answers with " + response.getClass().getSimpleName());
        }
        return wanted.cast(response);
    }
}
