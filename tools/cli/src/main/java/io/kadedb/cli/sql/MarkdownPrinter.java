package io.kadedb.cli.sql;

import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table of GitHub's Markdown. */
record MarkdownPrinter(PrintWriter out) implements ResultPrinter {
    @Override
    public void rows(Rows rows) throws SQLException {
        List<Rows.Column> columns = rows.columns();
        columns.forEach(column -> out.print("| " + escaped(column.label()) + " "));
        out.print("|\n");
        columns.forEach(column -> out.print(column.isNumber() ? "| ---: " : "| --- "));
        out.print("|\n");
        while (rows.next()) {
            for (int i = 0; i < columns.size(); i++) {
                out.print("| " + escaped(rows.text(i)) + " ");
            }
            out.print("|\n");
        }
        out.print('\n');
        out.flush();
    }

    private static String escaped(@Nullable String value) {
        if (value == null) {
            return Measured.NULL;
        }
        return value.replace("\\", "\\\\")
                .replace("|", "\\|")
                .replace("<", "&lt;")
                .replace("\r", "")
                .replace("\n", "<br>");
    }
}
