package io.kadedb.executor.operator;

import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.json.Jsonb;
import io.kadedb.common.json.JsonbKey;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.executor.kernel.Gather;
import io.kadedb.executor.kernel.Values;
import io.kadedb.executor.memory.Native;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/** The bytes that stand for jsonb values where values are compared: equal values may be written differently. */
final class DocumentKeys {
    private final JsonbKey key = new JsonbKey();
    private @Nullable MemorySegment out;

    /** Writes the key of the document at an address; gives its length. */
    int encode(long at, int length) {
        int keyLength = key.encode(Jsonb.of(Native.bytes(at, length)));
        MemorySegment target = out;
        if (target == null || target.byteSize() < keyLength) {
            target = Arena.ofAuto().allocate(Math.max(256, 2L * keyLength));
            out = target;
        }
        MemorySegment.copy(key.bytes(), 0, target, ValueLayout.JAVA_BYTE, 0, keyLength);
        return keyLength;
    }

    /** Where the last key lies, until the next is encoded. */
    long address() {
        MemorySegment written = out;
        return written == null ? 0 : written.address();
    }

    /** A column whose bytes have the order of its values: itself, or the keys of documents. */
    static ColumnVector ordered(ColumnVector column) {
        if (column.type().id() != TypeId.JSONB) {
            return column;
        }
        ColumnVector dictionary = column.dictionary();
        int rows = column.length();
        MemorySegment offsets = Arena.ofAuto().allocate(4L * (rows + 1), 8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int row = 0; row < rows; row++) {
            if (!column.isNull(row)) {
                byte[] document = dictionary == null
                        ? Values.bytes(column, row)
                        : Values.bytes(dictionary, Gather.code(column.data(), row));
                bytes.writeBytes(JsonbKey.of(Jsonb.of(document)));
            }
            offsets.set(ColumnVector.INT32, 4L * (row + 1), bytes.size());
        }
        MemorySegment keys = Arena.ofAuto().allocate(Math.max(8, bytes.size()), 8);
        MemorySegment.copy(bytes.toByteArray(), 0, keys, ValueLayout.JAVA_BYTE, 0, bytes.size());
        return ColumnVector.varbytes(SqlType.BYTEA, rows, offsets, keys, column.validity());
    }
}
