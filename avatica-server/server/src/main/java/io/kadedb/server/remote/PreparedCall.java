package io.kadedb.server.remote;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.jdbc.common.TaggedValues;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A run of a prepared statement as our driver asks for it, in the session that its connection opened last.
 *
 * @param statement as it was numbered when it was prepared
 * @param firstRows rows of the first frame; 0 or less for a size of the server's choice
 */
public record PreparedCall(
        int statement, int firstRows, @Nullable Object[] parameters) {
    /**
     * Reads a call: statement, rows, number of parameters (4 bytes), {@link TaggedValues}.
     *
     * @throws KadeException 08P01
     */
    public static PreparedCall read(ByteBuffer in) {
        try {
            int statement = in.getInt();
            int firstRows = in.getInt();
            int count = in.getInt();
            // Each takes a byte at least, so that a wrong number takes no memory.
            if (count < 0 || count > in.remaining()) {
                throw malformed("too few parameters", null);
            }
            @Nullable Object[] parameters = new Object[count];
            for (int i = 0; i < parameters.length; i++) {
                parameters[i] = TaggedValues.read(in);
            }
            if (in.hasRemaining()) {
                throw malformed("more than its parameters", null);
            }
            return new PreparedCall(statement, firstRows, parameters);
        } catch (BufferUnderflowException e) {
            throw malformed("too few parameters", e);
        } catch (IOException e) {
            throw malformed(e.getMessage(), e);
        }
    }

    private static KadeException malformed(@Nullable String what, @Nullable Exception cause) {
        return KadeException.of(ErrorCode.PROTOCOL_VIOLATION, "the request has " + what, cause)
                .hint("use the driver that comes with the server");
    }
}
