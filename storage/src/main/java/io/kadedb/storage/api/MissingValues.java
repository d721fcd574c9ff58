package io.kadedb.storage.api;

import io.kadedb.common.catalog.MissingValue;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.type.SqlType;
import io.kadedb.storage.format.v1.ColumnBuffer;
import java.util.Optional;

/** What rows have that are older than a column. */
public final class MissingValues {
    private MissingValues() {}

    /** A value of a vector, as a column of a type whose values lie in memory the same way stores it; empty for NULL. */
    public static Optional<MissingValue> of(SqlType type, ColumnVector vector, int row) {
        ColumnBuffer buffer = new ColumnBuffer(type, 1);
        buffer.add(vector, row);
        return Optional.ofNullable(buffer.missing(0));
    }
}
