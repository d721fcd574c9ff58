package io.kadedb.jdbc;

import io.kadedb.jdbc.common.SqlErrors;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Values as driver and server send them to each other; the server's class of this name says how. */
final class TaggedValues {
    private ByteBuffer out = ByteBuffer.allocate(64);

    byte[] toBytes() {
        return Arrays.copyOf(out.array(), out.position());
    }

    private ByteBuffer room(int bytes) {
        if (out.remaining() < bytes) {
            ByteBuffer larger = ByteBuffer.allocate(Math.max(2 * out.capacity(), Math.addExact(out.position(), bytes)));
            out.flip();
            out = larger.put(out);
        }
        return out;
    }

    void putInt(int value) {
        room(Integer.BYTES).putInt(value);
    }

    private void putBytes(char tag, byte[] bytes) {
        room(1 + Integer.BYTES + bytes.length)
                .put((byte) tag)
                .putInt(bytes.length)
                .put(bytes);
    }

    /** Writes a value of a class that {@link #read} gives. */
    void put(@Nullable Object value) {
        if (value == null) {
            room(1).put((byte) '0');
        } else if (value instanceof Integer) {
            room(1 + Integer.BYTES).put((byte) 'i').putInt((Integer) value);
        } else if (value instanceof Long) {
            room(1 + Long.BYTES).put((byte) 'l').putLong((Long) value);
        } else if (value instanceof String) {
            putBytes('s', ((String) value).getBytes(StandardCharsets.UTF_8));
        } else if (value instanceof Boolean) {
            room(1).put((byte) ((Boolean) value ? 't' : 'f'));
        } else if (value instanceof Short) {
            room(1 + Short.BYTES).put((byte) 'h').putShort((Short) value);
        } else if (value instanceof Byte) {
            room(2).put((byte) 'b').put((Byte) value);
        } else if (value instanceof Float) {
            room(1 + Float.BYTES).put((byte) 'r').putFloat((Float) value);
        } else if (value instanceof Double) {
            room(1 + Double.BYTES).put((byte) 'd').putDouble((Double) value);
        } else if (value instanceof BigDecimal) {
            BigDecimal number = (BigDecimal) value;
            byte[] unscaled = number.unscaledValue().toByteArray();
            room(1 + 2 * Integer.BYTES + unscaled.length)
                    .put((byte) 'n')
                    .putInt(number.scale())
                    .putInt(unscaled.length)
                    .put(unscaled);
        } else if (value instanceof byte[]) {
            putBytes('y', (byte[]) value);
        } else {
            throw new IllegalArgumentException("a value of " + value.getClass());
        }
    }

    /** Reads a value. */
    static @Nullable Object read(ByteBuffer in) throws SQLException {
        try {
            byte tag = in.get();
            switch (tag) {
                case '0':
                    return null;
                case 't':
                    return true;
                case 'f':
                    return false;
                case 'b':
                    return in.get();
                case 'h':
                    return in.getShort();
                case 'i':
                    return in.getInt();
                case 'l':
                    return in.getLong();
                case 'r':
                    return in.getFloat();
                case 'd':
                    return in.getDouble();
                case 'n':
                    int scale = in.getInt();
                    return new BigDecimal(new BigInteger(bytes(in)), scale);
                case 's':
                    return new String(bytes(in), StandardCharsets.UTF_8);
                case 'y':
                    return bytes(in);
                default:
                    throw unreadable();
            }
        } catch (BufferUnderflowException | NumberFormatException e) {
            throw unreadable();
        }
    }

    private static byte[] bytes(ByteBuffer in) {
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private static SQLException unreadable() {
        return SqlErrors.of(SqlErrors.PROTOCOL_VIOLATION, "the server's answer cannot be read");
    }
}
