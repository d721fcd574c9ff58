package io.kadedb.executor.file;

import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.type.Layout;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One column of a Parquet file: the values of a page as they come, and behind them the compressed pages of the row group.
 * Pages are of the first version, with plain values.
 */
final class ParquetColumnWriter {
    private static final int PAGE_BYTES = 1 << 20;
    private static final int PAGE_ROWS = 20_000;
    private static final int PLAIN = 0;
    private static final int RLE = 3;

    private final ParquetElement element;
    private final Layout layout;
    private final ParquetCodec codec;
    private final ByteSink values = new ByteSink();
    private final ByteSink present = new ByteSink();
    private final ByteSink page = new ByteSink();
    private final ByteSink chunk = new ByteSink();

    private int pageRows;
    private int pageNulls;
    private long rows;
    private long nulls;
    private long uncompressed;
    private long min = Long.MAX_VALUE;
    private long max = Long.MIN_VALUE;

    ParquetColumnWriter(ParquetElement element, ParquetCodec codec) {
        this.element = element;
        this.layout = element.field().type().layout();
        this.codec = codec;
    }

    /** Bytes held. */
    long heldBytes() {
        return (long) values.length() + chunk.length();
    }

    void append(ColumnVector column) throws IOException {
        for (int row = 0; row < column.length(); row++) {
            boolean isNull = column.isNull(row);
            present.putBit(0, pageRows, !isNull);
            if (isNull) {
                pageNulls++;
            } else if (column.dictionary() != null) {
                value(column.dictionary(), column.data().get(ColumnVector.INT32, 4L * row));
            } else {
                value(column, row);
            }
            pageRows++;
            if (pageRows == PAGE_ROWS || values.length() >= PAGE_BYTES) {
                endPage();
            }
        }
    }

    private void value(ColumnVector column, int row) {
        MemorySegment data = column.data();
        switch (layout) {
            case BIT -> values.putBit(0, pageRows - pageNulls, ColumnVector.bit(data, row));
            case INT16 -> integer(data.get(ColumnVector.INT16, 2L * row));
            case INT32 -> integer(data.get(ColumnVector.INT32, 4L * row));
            case INT64 -> {
                long value = data.get(ColumnVector.INT64, 8L * row);
                bound(value);
                values.putLong(value);
            }
            case FLOAT32 -> values.putInt(data.get(ColumnVector.INT32, 4L * row));
            case FLOAT64 -> values.putLong(data.get(ColumnVector.INT64, 8L * row));
            case INT128 -> {
                values.putLong(Long.reverseBytes(data.get(ColumnVector.INT64, 16L * row + 8)));
                values.putLong(Long.reverseBytes(data.get(ColumnVector.INT64, 16L * row)));
            }
            case VARBYTES -> {
                int from = data.get(ColumnVector.INT32, 4L * row);
                int size = data.get(ColumnVector.INT32, 4L * (row + 1)) - from;
                values.putInt(size);
                MemorySegment bytes = column.bytes();
                if (bytes != null && size > 0) {
                    values.putBytes(bytes, from, size);
                }
            }
            case BYTES16 -> values.putBytes(data, 16L * row, 16);
            case INTERVAL -> throw new IllegalStateException("intervals are written as text");
        }
    }

    private void integer(int value) {
        bound(value);
        values.putInt(value);
    }

    private void bound(long value) {
        min = Math.min(min, value);
        max = Math.max(max, value);
    }

    /** Compresses what came since the last page into one. */
    private void endPage() throws IOException {
        if (pageRows == 0) {
            return;
        }
        page.clear();
        levels();
        page.putBytes(values.array(), values.length());
        byte[] body = codec.compress(page.array(), page.length());
        byte[] header = new ThriftWriter()
                .i32(1, 0)
                .i32(2, page.length())
                .i32(3, body.length)
                .begin(5)
                .i32(1, pageRows)
                .i32(2, PLAIN)
                .i32(3, RLE)
                .i32(4, RLE)
                .end()
                .end()
                .bytes();
        chunk.putBytes(header, header.length);
        chunk.putBytes(body, body.length);
        uncompressed += header.length + (long) page.length();
        rows += pageRows;
        nulls += pageNulls;
        pageRows = 0;
        pageNulls = 0;
        values.clear();
        present.clear();
    }

    /** Which values are there: their length, then one run of bits, or of ones. */
    private void levels() {
        int at = page.length();
        page.putInt(0);
        if (pageNulls == 0) {
            page.putUnsigned(pageRows << 1);
            page.put(1);
        } else {
            page.putUnsigned(present.length() << 1 | 1);
            page.putBytes(present.array(), present.length());
        }
        MemorySegment.ofArray(page.array()).set(ColumnVector.INT32, at, page.length() - at - 4);
    }

    /**
     * Ends the chunk of a row group: writes its pages and tells it.
     *
     * @param offset where in the file
     * @param rowGroup within whose list of columns
     * @return bytes written
     */
    long endChunk(long offset, OutputStream file, ThriftWriter rowGroup) throws IOException {
        endPage();
        file.write(chunk.array(), 0, chunk.length());
        rowGroup.beginItem()
                .i64(2, offset)
                .begin(3)
                .i32(1, element.physical())
                .list(2, ThriftWriter.I32, 2)
                .item(PLAIN)
                .item(RLE)
                .list(3, ThriftWriter.BINARY, 1)
                .item(element.field().name().getBytes(StandardCharsets.UTF_8))
                .i32(4, codec.number)
                .i64(5, rows)
                .i64(6, uncompressed)
                .i64(7, chunk.length())
                .i64(9, offset)
                .begin(12)
                .i64(3, nulls);
        if (element.hasBounds() && min <= max) {
            rowGroup.binary(5, bytes(max)).binary(6, bytes(min));
        }
        rowGroup.end().end().end();
        long written = chunk.length();
        chunk.clear();
        rows = 0;
        nulls = 0;
        uncompressed = 0;
        min = Long.MAX_VALUE;
        max = Long.MIN_VALUE;
        return written;
    }

    /** Bytes of the current chunk before compression. */
    long uncompressedBytes() {
        return uncompressed + values.length();
    }

    private byte[] bytes(long value) {
        ByteSink bytes = new ByteSink();
        if (element.physical() == ParquetElement.INT32) {
            bytes.putInt((int) value);
        } else {
            bytes.putLong(value);
        }
        return Arrays.copyOf(bytes.array(), bytes.length());
    }
}
