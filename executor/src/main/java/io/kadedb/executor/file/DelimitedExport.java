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
import java.util.List;

/** Writes lines of values with delimiters between them, the names of the columns first if they are wanted. */
abstract class DelimitedExport implements FileExports.Export {
    private final ExportTarget target;
    final List<Field> columns;
    final CsvFormat format;
    final byte[] nullBytes;
    final OutputStream out;

    DelimitedExport(ExportTarget target, CsvFormat format, List<Field> columns) {
        this.target = target;
        this.format = format;
        this.columns = List.copyOf(columns);
        this.nullBytes = format.nullText().getBytes(StandardCharsets.UTF_8);
        this.out = target.stream();
    }

    /**
     * Writes a value that is not NULL so that a reader finds it as it was.
     *
     * @param inQuotes whether in quotes in any case
     */
    abstract void writeValue(byte[] value, boolean inQuotes) throws IOException;

    /** Writes the names, if they are wanted; to be called once before the rows. */
    final void begin() {
        if (!format.header().orElse(false)) {
            return;
        }
        try {
            for (int i = 0; i < columns.size(); i++) {
                if (i > 0) {
                    out.write(format.delimiter());
                }
                writeValue(columns.get(i).name().getBytes(StandardCharsets.UTF_8), false);
            }
            out.write('\n');
        } catch (IOException e) {
            throw target.failed(e);
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
                    writeCell(
                            batch.column(i),
                            row,
                            columns.get(i).type().id() == TypeId.BOOLEAN,
                            format.forced().quote().test(i));
                }
                out.write('\n');
            }
        } catch (IOException e) {
            throw target.failed(e);
        }
    }

    private void writeCell(ColumnVector column, int row, boolean isBoolean, boolean inQuotes) throws IOException {
        if (column.isNull(row)) {
            out.write(nullBytes);
            return;
        }
        byte[] value = text(column, row);
        if (isBoolean) {
            // As PostgreSQL: t and f.
            writeValue(new byte[] {value[0]}, inQuotes);
        } else {
            writeValue(value, inQuotes);
        }
    }

    /** The bytes of a value of text. */
    private static byte[] text(ColumnVector column, int row) {
        ColumnVector dictionary = column.dictionary();
        if (dictionary != null) {
            return text(dictionary, column.data().get(ColumnVector.INT32, 4L * row));
        }
        int from = column.data().get(ColumnVector.INT32, 4L * row);
        int end = column.data().get(ColumnVector.INT32, 4L * (row + 1));
        MemorySegment bytes = column.bytes();
        return bytes == null ? new byte[0] : bytes.asSlice(from, end - from).toArray(ValueLayout.JAVA_BYTE);
    }

    @Override
    public void finish() {
        try {
            target.finish();
        } catch (IOException e) {
            throw target.failed(e);
        }
    }

    @Override
    public void close() {
        target.close();
    }
}
