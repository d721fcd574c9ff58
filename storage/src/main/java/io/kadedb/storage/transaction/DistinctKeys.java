package io.kadedb.storage.transaction;

import io.kadedb.common.type.SqlType;
import io.kadedb.storage.format.v1.ColumnBuffer;
import io.kadedb.storage.format.v1.KeyWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Values of some columns, each combination once and none with a NULL. Owned by one thread. */
final class DistinctKeys {
    private final List<ColumnBuffer> columns = new ArrayList<>();
    private final Map<ByteBuffer, Integer> places = new HashMap<>();
    private final KeyWriter writer = new KeyWriter();

    DistinctKeys(List<SqlType> types) {
        types.forEach(type -> columns.add(new ColumnBuffer(type)));
    }

    /** The values, in the order they were added. */
    List<ColumnBuffer> columns() {
        return columns;
    }

    int size() {
        return columns.getFirst().rows();
    }

    /** Adds values unless they are known. */
    boolean add(List<ColumnBuffer> values, int row) {
        if (places.putIfAbsent(bytes(values, row), size()) != null) {
            return false;
        }
        for (int i = 0; i < columns.size(); i++) {
            columns.get(i).add(values.get(i), row);
        }
        return true;
    }

    /** Where the values are, or -1. */
    int find(List<ColumnBuffer> values, int row) {
        return places.getOrDefault(bytes(values, row), -1);
    }

    private ByteBuffer bytes(List<ColumnBuffer> values, int row) {
        writer.clear();
        values.forEach(column -> column.writeKey(row, writer));
        return ByteBuffer.wrap(writer.toBytes());
    }

    void clear() {
        columns.forEach(ColumnBuffer::clear);
        places.clear();
    }
}
