package io.kadedb.cli.sql;

import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tab-separated text with the escapes of PostgreSQL's COPY. */
record TsvPrinter(PrintWriter out) implements ResultPrinter {
    @Override
    public void rows(Rows rows) throws SQLException {
        List<Rows.Column> columns = rows.columns();
        int count = columns.size();
        for (int i = 0; i < count; i++) {
            out.print((i == 0 ? "" : "\t") + escaped(columns.get(i).label()));
        }
        out.print('\n');
        while (rows.next()) {
            for (int i = 0; i < count; i++) {
                out.print((i == 0 ? "" : "\t") + escaped(rows.text(i)));
            }
            out.print('\n');
        }
        out.flush();
    }

    private static String escaped(@Nullable String value) {
        return value == null
                ? "\\N"
                : value.replace("\\", "\\\\")
                        .replace("\t", "\\t")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r");
    }
}
