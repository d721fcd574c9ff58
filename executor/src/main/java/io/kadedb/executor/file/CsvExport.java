package io.kadedb.executor.file;

import io.kadedb.common.type.Field;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Writes CSV. */
final class CsvExport extends DelimitedExport {
    CsvExport(ExportTarget target, CsvFormat format, List<Field> columns) {
        super(target, format, columns);
        begin();
    }

    @Override
    void writeValue(byte[] value, boolean inQuotes) throws IOException {
        if (!inQuotes && !needsQuotes(value)) {
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
}
