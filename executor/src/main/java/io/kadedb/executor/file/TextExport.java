package io.kadedb.executor.file;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.TypeId;
import io.kadedb.executor.api.FileExports;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes PostgreSQL's text format, see {@link TextRecords}. */
final class TextExport implements FileExports.Export {
    private final ExportTarget target;
    private final CsvFormat format;
    private final List<Field> columns;
    private final byte[] nullBytes;
    private final OutputStream out;

    TextExport(ExportTarget target, CsvFormat format, List<Field> columns) {
        this.target = target;
        this.format = format;
        this.columns = List.copyOf(columns);
        this.nullBytes = format.nullText().getBytes(StandardCharsets.UTF_8);
        this.out = target.stream();
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
                    writeCell(batch.column(i), row, columns.get(i).type().id() == TypeId.BOOLEAN);
                }
                out.write('\n');
            }
        } catch (IOException e) {
            throw target.failed(e);
        }
    }

    private void writeCell(ColumnVector column, int row, boolean isBoolean) throws IOException {
        if (column.isNull(row)) {
            out.write(nullBytes);
            return;
        }
        byte[] value = CsvExport.text(column, row);
        if (isBoolean) {
            // As PostgreSQL: t and f.
            out.write(value[0]);
        } else {
            writeValue(value);
        }
    }

    private void writeValue(byte[] value) throws IOException {
        int from = 0;
        for (int i = 0; i < value.length; i++) {
            byte escape = escape(value[i]);
            if (escape != 0) {
                out.write(value, from, i - from);
                out.write('\\');
                out.write(escape);
                from = i + 1;
            }
        }
        out.write(value, from, value.length - from);
    }

    /** What stands behind a backslash for a byte; 0 for one that stands for itself. */
    private byte escape(byte b) {
        if (b == format.delimiter() && b >= ' ') {
            return b;
        }
        return switch (b) {
            case '\\' -> '\\';
            case '\b' -> 'b';
            case '\f' -> 'f';
            case '\n' -> 'n';
            case '\r' -> 'r';
            case '\t' -> 't';
            case 0x0B -> 'v';
            default -> 0;
        };
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
