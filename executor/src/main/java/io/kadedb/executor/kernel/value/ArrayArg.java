package io.kadedb.executor.kernel.value;

import io.kadedb.common.type.ArrayBytes;
import io.kadedb.common.type.ArrayValue;
import io.kadedb.common.type.SqlType;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** An argument that is an array; the array read last is kept, since it is often constant. */
@SuppressWarnings("ReferenceEquality") // whether it is the same argument
final class ArrayArg {
    private final int index;
    private final SqlType element;
    private @Nullable ByteBuffer bytes;
    private ArrayValue array = ArrayValue.EMPTY;

    ArrayArg(int index, SqlType array) {
        this.index = index;
        this.element = array.element();
    }

    SqlType element() {
        return element;
    }

    /** The array, or null for NULL. */
    @Nullable
    ArrayValue nullable(@Nullable Object[] args) {
        return args[index] == null ? null : of(args);
    }

    /** The array, which is not NULL. */
    ArrayValue of(@Nullable Object[] args) {
        ByteBuffer given = (ByteBuffer) Args.value(args, index);
        if (given != bytes) {
            array = ArrayBytes.decode(given, element);
            bytes = given;
        }
        return array;
    }
}
