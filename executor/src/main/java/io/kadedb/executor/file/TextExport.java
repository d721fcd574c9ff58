package io.kadedb.executor.file;

import io.kadedb.common.type.Field;
import java.io.IOException;
import java.util.List;

/** Writes PostgreSQL's text format, see {@link TextRecords}. */
final class TextExport extends DelimitedExport {
    TextExport(ExportTarget target, CsvFormat format, List<Field> columns) {
        super(target, format, columns);
        begin();
    }

    @Override
    void writeValue(byte[] value, boolean inQuotes) throws IOException {
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
}
