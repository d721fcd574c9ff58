package io.kadedb.server.session;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.executor.api.FileExports;
import io.kadedb.executor.api.QueryProfile;
import io.kadedb.executor.api.QueryResult;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** COPY TO STDOUT: rows as pieces of text, or of another format, each with the number of rows it ends. */
final class CopiedRows implements QueryResult {
    /** What its rows are made of: bytes, and how many rows they hold. */
    static final List<Field> COLUMNS =
            List.of(new Field("data", SqlType.BYTEA, false), new Field("rows", SqlType.BIGINT, false));

    private static final int PIECE_BYTES = 1 << 16;

    private final QueryResult rows;
    private final FileExports.Export export;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean finished;

    /** @param exports begins to write to a stream */
    CopiedRows(QueryResult rows, Function<ByteArrayOutputStream, FileExports.Export> exports) {
        this.rows = rows;
        this.export = exports.apply(bytes);
    }

    @Override
    public List<Field> columns() {
        return COLUMNS;
    }

    @Override
    public @Nullable Batch next() {
        long count = 0;
        while (!finished && bytes.size() < PIECE_BYTES) {
            Batch batch = rows.next();
            if (batch == null) {
                export.finish();
                finished = true;
            } else {
                export.write(batch);
                count += batch.length();
            }
        }
        if (bytes.size() == 0 && count == 0) {
            return null;
        }
        Batch piece = piece(bytes.toByteArray(), count);
        bytes.reset();
        return piece;
    }

    private static Batch piece(byte[] content, long rows) {
        byte[] offsets = ByteBuffer.allocate(8)
                .order(ByteOrder.nativeOrder())
                .putInt(4, content.length)
                .array();
        MemorySegment valid = MemorySegment.ofArray(new byte[(int) ColumnVector.bitmapBytes(1)]);
        ColumnVector.setBit(valid, 0, true);
        MemorySegment count = MemorySegment.ofArray(new byte[8]);
        count.set(ColumnVector.INT64, 0, rows);
        return new Batch(
                1,
                List.of(
                        ColumnVector.varbytes(
                                SqlType.BYTEA,
                                1,
                                MemorySegment.ofArray(offsets),
                                MemorySegment.ofArray(content),
                                valid),
                        ColumnVector.fixed(SqlType.BIGINT, 1, count, valid)));
    }

    @Override
    public QueryProfile profile() {
        return rows.profile();
    }

    @Override
    public void close() {
        try (export) {
            rows.close();
        }
    }
}
