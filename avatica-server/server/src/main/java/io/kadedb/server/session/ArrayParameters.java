package io.kadedb.server.session;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.ArrayBytes;
import io.kadedb.common.type.ArrayValue;
import io.kadedb.common.type.SqlType;
import io.kadedb.executor.kernel.value.ValueParser;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Java's arrays, collections and {@link java.sql.Array} as parameters. */
final class ArrayParameters {
    private final SqlType type;
    private final Function<Object, Object> element;
    private final List<@Nullable Object> elements = new ArrayList<>();
    private final List<Integer> lengths = new ArrayList<>();

    private ArrayParameters(SqlType type, Function<Object, Object> element) {
        this.type = type;
        this.element = element;
    }

    /**
     * The bytes of an array; null for a value that is none.
     *
     * @param element converts an element
     */
    static @Nullable ByteBuffer bytes(Object value, SqlType type, ZoneId zone, Function<Object, Object> element) {
        Object given = value instanceof java.sql.Array array ? contents(array) : value;
        if (given instanceof String text) {
            return (ByteBuffer) ValueParser.parse(text, type, zone);
        }
        Object array = given instanceof Collection<?> collection ? collection.toArray() : given;
        return isArray(array) ? new ArrayParameters(type, element).encoded(array) : null;
    }

    private static Object contents(java.sql.Array array) {
        try {
            return array.getArray();
        } catch (SQLException e) {
            throw KadeException.of(ErrorCode.DATA_EXCEPTION, "the array given cannot be read: " + e.getMessage(), e);
        }
    }

    private static boolean isArray(@Nullable Object value) {
        return value != null && value.getClass().isArray() && !(value instanceof byte[]);
    }

    private ByteBuffer encoded(Object array) {
        collect(array, 0);
        List<ArrayValue.Dimension> dimensions = lengths.stream()
                .map(length -> new ArrayValue.Dimension(length, 1))
                .toList();
        ArrayValue value = elements.isEmpty() ? ArrayValue.EMPTY : new ArrayValue(elements, dimensions);
        return ArrayBytes.encode(value, type.element());
    }

    private void collect(Object array, int dimension) {
        int length = Array.getLength(array);
        if (dimension == lengths.size()) {
            if (dimension == ArrayValue.MAX_DIMENSIONS || !elements.isEmpty()) {
                throw uneven();
            }
            lengths.add(length);
        } else if (lengths.get(dimension) != length) {
            throw uneven();
        }
        for (int i = 0; i < length; i++) {
            Object item = Array.get(array, i);
            if (isArray(item)) {
                collect(item, dimension + 1);
            } else if (dimension < lengths.size() - 1) {
                throw uneven();
            } else {
                elements.add(item == null ? null : element.apply(item));
            }
        }
    }

    private static KadeException uneven() {
        return KadeException.of(
                ErrorCode.ARRAY_SUBSCRIPT_ERROR,
                "multidimensional arrays must have array expressions with matching dimensions");
    }
}
