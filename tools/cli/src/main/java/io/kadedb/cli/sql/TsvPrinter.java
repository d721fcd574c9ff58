package io.kadedb.cli.sql;

import java.io.PrintWriter;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Tab-separated text with the escapes of PostgreSQL's COPY. */
record TsvPrinter(PrintWriter out) implements ResultPrinter {
    @Override
    public void rows(ResultSet rows) throws SQLException {
        ResultSetMetaData columns = rows.getMetaData();
        int count = columns.getColumnCount();
        for (int i = 1; i <= count; i++) {
            out.print((i == 1 ? "" : "\t") + escaped(columns.getColumnLabel(i)));
        }
        out.print('\n');
        while (rows.next()) {
            for (int i = 1; i <= count; i++) {
                out.print((i == 1 ? "" : "\t") + escaped(rows.getString(i)));
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

    @Override
    public void done(long count) {}
}
