package io.kadedb.jdbc.common;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Values as our driver and the server send them to each other, each a letter and what it stands for: {@code 0} NULL,
 * {@code t}rue, {@code f}alse, {@code b}yte, {@code h} (2 bytes), {@code i}nteger, {@code l}ong, {@code r}eal,
 * {@code d}ouble, {@code n}umeric (scale, unscaled value), {@code s}tring in UTF-8, {@code y} (byte string); lengths are
 * 4 bytes, numbers big-endian.
 */
public final class TaggedValues {
    private ByteBuffer out = ByteBuffer.allocate(64);

    /** What was written. */
    public byte[] toBytes() {
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

    /** Writes a letter. */
    public void putTag(char tag) {
        room(1).put((byte) tag);
    }

    /** Writes a number without a letter. */
    public void putInt(int value) {
        room(Integer.BYTES).putInt(value);
    }

    /** Writes a number without a letter. */
    public void putLong(long value) {
        room(Long.BYTES).putLong(value);
    }

    private void putBytes(char tag, byte[] bytes) {
        room(1 + Integer.BYTES + bytes.length)
                .put((byte) tag)
                .putInt(bytes.length)
                .put(bytes);
    }

    /** Writes a value of a class that {@link #read} gives. */
    public void put(@Nullable Object value) {
        if (value == null) {
            putTag('0');
        } else if (value instanceof Integer) {
            room(1 + Integer.BYTES).put((byte) 'i').putInt((Integer) value);
        } else if (value instanceof Long) {
            room(1 + Long.BYTES).put((byte) 'l').putLong((Long) value);
        } else if (value instanceof String) {
            putBytes('s', ((String) value).getBytes(StandardCharsets.UTF_8));
        } else if (value instanceof Boolean) {
            putTag((Boolean) value ? 't' : 'f');
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

    /**
     * Reads a value.
     *
     * @throws IOException for anything else
     */
    public static @Nullable Object read(ByteBuffer in) throws IOException {
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
                    throw new IOException("a value tagged " + tag);
            }
        } catch (BufferUnderflowException | NumberFormatException e) {
            throw new IOException("a value that ends too soon", e);
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
}
