package io.kadedb.server.remote;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
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
 * 4 bytes, numbers big-endian. The same as the driver's class of this name.
 */
final class TaggedValues {
    private ByteBuffer out = ByteBuffer.allocate(64);

    byte[] toBytes() {
        return Arrays.copyOf(out.array(), out.position());
    }

    private ByteBuffer room(int bytes) {
        if (out.remaining() < bytes) {
            ByteBuffer larger = ByteBuffer.allocate(Math.max(2 * out.capacity(), Math.addExact(out.position(), bytes)));
            out = larger.put(out.flip());
        }
        return out;
    }

    void putByte(int value) {
        room(1).put((byte) value);
    }

    void putInt(int value) {
        room(Integer.BYTES).putInt(value);
    }

    void putLong(long value) {
        room(Long.BYTES).putLong(value);
    }

    private void putBytes(byte[] bytes) {
        room(Integer.BYTES + bytes.length).putInt(bytes.length).put(bytes);
    }

    /** Writes a value of a class that {@link #read} gives. */
    void put(@Nullable Object value) {
        switch (value) {
            case null -> putByte('0');
            case Long number -> room(1 + Long.BYTES).put((byte) 'l').putLong(number);
            case Integer number -> room(1 + Integer.BYTES).put((byte) 'i').putInt(number);
            case String text -> {
                putByte('s');
                putBytes(text.getBytes(StandardCharsets.UTF_8));
            }
            case Boolean truth -> putByte(truth ? 't' : 'f');
            case Short number -> room(1 + Short.BYTES).put((byte) 'h').putShort(number);
            case Byte number -> room(2).put((byte) 'b').put(number);
            case Float number -> room(1 + Float.BYTES).put((byte) 'r').putFloat(number);
            case Double number -> room(1 + Double.BYTES).put((byte) 'd').putDouble(number);
            case BigDecimal number -> {
                room(1 + Integer.BYTES).put((byte) 'n').putInt(number.scale());
                putBytes(number.unscaledValue().toByteArray());
            }
            case byte[] bytes -> {
                putByte('y');
                putBytes(bytes);
            }
            default -> throw new IllegalArgumentException("a value of " + value.getClass());
        }
    }

    /**
     * Reads a value.
     *
     * @throws KadeException 08P01 for anything else
     */
    static @Nullable Object read(ByteBuffer in) {
        try {
            byte tag = in.get();
            return switch (tag) {
                case '0' -> null;
                case 't' -> true;
                case 'f' -> false;
                case 'b' -> in.get();
                case 'h' -> in.getShort();
                case 'i' -> in.getInt();
                case 'l' -> in.getLong();
                case 'r' -> in.getFloat();
                case 'd' -> in.getDouble();
                case 'n' -> {
                    int scale = in.getInt();
                    yield new BigDecimal(new BigInteger(bytes(in)), scale);
                }
                case 's' -> new String(bytes(in), StandardCharsets.UTF_8);
                case 'y' -> bytes(in);
                default -> throw malformed("a value tagged " + tag, null);
            };
        } catch (BufferUnderflowException | NumberFormatException e) {
            throw malformed("a value that ends too soon", e);
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

    static KadeException malformed(String what, @Nullable Exception cause) {
        return KadeException.of(ErrorCode.PROTOCOL_VIOLATION, "the request has " + what, cause)
                .hint("use the driver that comes with the server");
    }
}
