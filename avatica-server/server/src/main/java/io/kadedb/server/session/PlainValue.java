package io.kadedb.server.session;

import io.kadedb.common.data.HeapRow;
import io.kadedb.common.type.TypeId;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Values as clients bind them and constants hold them, which go into a row as they are. */
final class PlainValue {
    private PlainValue() {}

    /**
     * Sets a value of a row.
     *
     * @return false if it has to be converted first
     */
    static boolean set(@Nullable Object value, TypeId type, HeapRow target, int index) {
        if (value == null) {
            target.setNull(index);
            return true;
        }
        return switch (type) {
            case BIGINT, INTEGER, SMALLINT ->
                (value instanceof Integer || value instanceof Long)
                        && set(((Number) value).longValue(), type, target, index);
            case TEXT, VARCHAR -> value instanceof String text && text.indexOf('\0') < 0 && set(text, target, index);
            case UUID -> value instanceof UUID uuid && set(uuid, target, index);
            case BOOLEAN -> value instanceof Boolean flag && set(flag ? 1 : 0, type, target, index);
            case DOUBLE -> value instanceof Double number && set(number, target, index);
            default -> false;
        };
    }

    private static boolean set(long number, TypeId type, HeapRow target, int index) {
        target.set(index, number, 0);
        return fits(number, type);
    }

    /** Numbers that have several forms are left to the general way. */
    private static boolean set(double number, HeapRow target, int index) {
        target.set(index, Double.doubleToRawLongBits(number), 0);
        return number != 0 && !Double.isNaN(number);
    }

    private static boolean set(String text, HeapRow target, int index) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        target.set(index, bytes, 0, bytes.length);
        return true;
    }

    private static boolean set(UUID uuid, HeapRow target, int index) {
        target.set(
                index,
                Long.reverseBytes(uuid.getMostSignificantBits()),
                Long.reverseBytes(uuid.getLeastSignificantBits()));
        return true;
    }

    /** Whether a number is one of an integer type's. */
    static boolean fits(long number, TypeId type) {
        return switch (type) {
            case SMALLINT -> number == (short) number;
            case INTEGER -> number == (int) number;
            default -> true;
        };
    }
}
