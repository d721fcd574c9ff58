package io.kadedb.cli.sql;

import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.List;

/** One value a line, for wide rows; values keep their line ends. */
record VerticalPrinter(PrintWriter out) implements ResultPrinter {
    private static final int RULE = 40;

    @Override
    public void rows(Rows rows) throws SQLException {
        List<Rows.Column> columns = rows.columns();
        int width = columns.stream()
                .mapToInt(column -> CellText.width(column.label()))
                .max()
                .orElse(0);
        long printed = 0;
        while (rows.next()) {
            printed++;
            String title = "-[ row " + printed + " ]";
            out.print(title + "-".repeat(RULE - Math.min(RULE, title.length())) + "\n");
            for (int i = 0; i < columns.size(); i++) {
                String value = rows.text(i);
                List<String> lines = CellText.wrapped(value == null ? Measured.NULL : value, Integer.MAX_VALUE);
                String label = columns.get(i).label();
                out.print(" ".repeat(width - CellText.width(label)) + label + " | " + lines.getFirst() + "\n");
                lines.stream().skip(1).forEach(line -> out.print(" ".repeat(width) + " | " + line + "\n"));
            }
        }
        out.print(Footer.rows(printed));
        out.flush();
    }

    @Override
    public void done(long count) {
        out.print(Footer.done(count));
        out.flush();
    }
}
