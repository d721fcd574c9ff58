package io.kadedb.executor.file;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.TypeId;
import io.kadedb.executor.api.FileExports;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Writes CSV. */
final class CsvExport implements FileExports.Export {
    private final ExportTarget file;
    private final CsvFormat format;
    private final List<Field> columns;
    private final byte[] nullBytes;
    private final OutputStream out;

    CsvExport(ExportTarget file, CsvFormat format, List<Field> columns) {
        this.format = format;
        this.columns = List.copyOf(columns);
        this.nullBytes = format.nullText().getBytes(StandardCharsets.UTF_8);
        this.file = file;
        this.out = file.stream();
        if (format.header().orElse(false)) {
            writeHeader();
        }
    }

    private void writeHeader() {
        try {
            for (int i = 0; i < columns.size(); i++) {
                if (i > 0) {
                    out.write(format.delimiter());
                }
                writeValue(columns.get(i).name().getBytes(StandardCharsets.UTF_8));
            }
            out.write('\n');
        } catch (IOException e) {
            throw file.failed(e);
        }
    }

    @Override
    public void write(Batch batch) {
        try {
            for (int row = 0; row < batch.length(); row++) {
                for (int i = 0; i < columns.size(); i++) {
                    if (i > 0) {
                        out.write(format.delimiter());
                    }
                    writeCell(batch.column(i), row, columns.get(i).type().id() == TypeId.BOOLEAN);
                }
                out.write('\n');
            }
        } catch (IOException e) {
            throw file.failed(e);
        }
    }

    private void writeCell(ColumnVector column, int row, boolean isBoolean) throws IOException {
        if (column.isNull(row)) {
            out.write(nullBytes);
            return;
        }
        byte[] value = text(column, row);
        if (isBoolean) {
            // As PostgreSQL: t and f.
            out.write(value[0]);
        } else {
            writeValue(value);
        }
    }

    /** The bytes of a value of text. */
    static byte[] text(ColumnVector column, int row) {
        ColumnVector dictionary = column.dictionary();
        if (dictionary != null) {
            return text(dictionary, column.data().get(ColumnVector.INT32, 4L * row));
        }
        int from = column.data().get(ColumnVector.INT32, 4L * row);
        int end = column.data().get(ColumnVector.INT32, 4L * (row + 1));
        MemorySegment bytes = column.bytes();
        return bytes == null ? new byte[0] : bytes.asSlice(from, end - from).toArray(ValueLayout.JAVA_BYTE);
    }

    private void writeValue(byte[] value) throws IOException {
        if (!needsQuotes(value)) {
            out.write(value);
            return;
        }
        out.write(format.quote());
        for (byte b : value) {
            if (b == format.quote() || b == format.escape()) {
                out.write(format.escape());
            }
            out.write(b);
        }
        out.write(format.quote());
    }

    /** Whether a reader would take it for NULL, the end of the data, or several values. */
    private boolean needsQuotes(byte[] value) {
        if (Arrays.equals(value, nullBytes) || (columns.size() == 1 && Arrays.equals(value, new byte[] {'\\', '.'}))) {
            return true;
        }
        for (byte b : value) {
            if (b == format.delimiter() || b == format.quote() || b == '\n' || b == '\r') {
                return true;
            }
        }
        return false;
    }

    @Override
    public void finish() {
        try {
            file.finish();
        } catch (IOException e) {
            throw file.failed(e);
        }
    }

    @Override
    public void close() {
        file.close();
    }
}
