package io.kadedb.executor.kernel.value;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.ArrayBytes;
import io.kadedb.common.type.ArrayValue;
import io.kadedb.common.type.SqlType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arrays of values that were collected. */
public final class CollectedArrays {
    private CollectedArrays() {}

    /**
     * The array of values, of which there is one at least; of arrays one with one more dimension.
     *
     * @throws KadeException 22004 or 2202E for arrays that are NULL, empty or of several shapes
     */
    public static ByteBuffer of(List<@Nullable Object> values, SqlType argument, SqlType result) {
        if (!argument.isArray()) {
            return ArrayFunctions.bytes(ArrayValue.of(values), result);
        }
        List<ArrayValue> arrays = new ArrayList<>(values.size());
        for (Object value : values) {
            if (value == null) {
                throw KadeException.of(ErrorCode.NULL_VALUE_NOT_ALLOWED, "cannot accumulate null arrays");
            }
            ArrayValue array = ArrayBytes.decode((ByteBuffer) value, argument.element());
            if (array.isEmpty()) {
                throw KadeException.of(ErrorCode.ARRAY_SUBSCRIPT_ERROR, "cannot accumulate empty arrays");
            }
            if (!arrays.isEmpty()
                    && !array.dimensions().equals(arrays.getFirst().dimensions())) {
                throw KadeException.of(
                        ErrorCode.ARRAY_SUBSCRIPT_ERROR, "cannot accumulate arrays of different dimensionality");
            }
            arrays.add(array);
        }
        return ArrayFunctions.bytes(ArrayFunctions.stacked(arrays), result);
    }
}
