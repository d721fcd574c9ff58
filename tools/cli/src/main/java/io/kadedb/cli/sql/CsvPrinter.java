package io.kadedb.cli.sql;

import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** CSV as RFC 4180 has it, with {@code \n} line ends. */
record CsvPrinter(PrintWriter out) implements ResultPrinter {
    @Override
    public void rows(Rows rows) throws SQLException {
        List<Rows.Column> columns = rows.columns();
        int count = columns.size();
        for (int i = 0; i < count; i++) {
            out.print((i == 0 ? "" : ",") + quoted(columns.get(i).label()));
        }
        out.print('\n');
        while (rows.next()) {
            for (int i = 0; i < count; i++) {
                out.print((i == 0 ? "" : ",") + quoted(rows.text(i)));
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
}
