package io.kadedb.cli.sql;

import java.io.PrintWriter;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** CSV as RFC 4180 has it, with {@code \n} line ends. */
record CsvPrinter(PrintWriter out) implements ResultPrinter {
    @Override
    public void rows(ResultSet rows) throws SQLException {
        ResultSetMetaData columns = rows.getMetaData();
        int count = columns.getColumnCount();
        for (int i = 1; i <= count; i++) {
            out.print((i == 1 ? "" : ",") + quoted(columns.getColumnLabel(i)));
        }
        out.print('\n');
        while (rows.next()) {
            for (int i = 1; i <= count; i++) {
                out.print((i == 1 ? "" : ",") + quoted(rows.getString(i)));
            }
            out.print('\n');
        }
        out.flush();
    }

    private static String quoted(@Nullable String value) {
        if (value == null) {
            return "";
        }
        boolean plain = !value.isEmpty()
                && value.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                && value.equals(value.strip());
        return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
    }

    @Override
    public void done(long count) {}
}
