package io.kadedb.jdbc;

import io.kadedb.jdbc.common.SqlErrors;
import io.kadedb.jdbc.common.TaggedValues;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a run of a prepared statement came to, without what preparing has said already. */
final class CompactResult {
    private final long updateCount;
    private final @Nullable List<Object> rows;

    private CompactResult(long updateCount, @Nullable List<Object> rows) {
        this.updateCount = updateCount;
        this.rows = rows;
    }

    /** Reads an answer: {@code U} or {@code R}, the rows written, and after {@code R} the number of rows and the rows. */
    static CompactResult read(byte[] content, int columns) throws SQLException {
        try {
            ByteBuffer in = ByteBuffer.wrap(content);
            boolean hasRows = in.get() == 'R';
            long updateCount = in.getLong();
            if (!hasRows) {
                return new CompactResult(updateCount, null);
            }
            int count = in.getInt();
            List<Object> rows = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                @Nullable Object[] row = new Object[columns];
                for (int j = 0; j < columns; j++) {
                    row[j] = TaggedValues.read(in);
                }
                rows.add(Arrays.asList(row));
            }
            return new CompactResult(updateCount, rows);
        } catch (BufferUnderflowException e) {
            throw SqlErrors.of(SqlErrors.PROTOCOL_VIOLATION, "the server's answer ends too soon", e);
        } catch (IOException e) {
            throw SqlErrors.of(SqlErrors.PROTOCOL_VIOLATION, "the server's answer cannot be read", e);
        }
    }

    long updateCount() {
        return updateCount;
    }

    /** All rows of the result; null if it has none to give. */
    @Nullable
    List<Object> rows() {
        return rows;
    }
}
