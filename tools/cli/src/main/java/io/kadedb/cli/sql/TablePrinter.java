package io.kadedb.cli.sql;

import java.io.PrintWriter;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A table for people: numbers to the right, NULL shown as such. Widths are those of the first rows. */
record TablePrinter(PrintWriter out) implements ResultPrinter {
    private static final int MAX_WIDTH = 200;

    @Override
    public void rows(Rows rows) throws SQLException {
        Measured measured = new Measured(rows, text -> Math.min(MAX_WIDTH, CellText.width(CellText.line(text))));
        header(measured);
        long printed = 0;
        for (@Nullable String[] row = measured.next(); row != null; row = measured.next()) {
            line(row, measured);
            printed++;
        }
        out.print(Footer.rows(printed));
        out.flush();
    }

    private void header(Measured measured) {
        StringBuilder names = new StringBuilder();
        StringBuilder rule = new StringBuilder();
        for (int i = 0; i < measured.widths.length; i++) {
            String label = measured.columns.get(i).label();
            int blank = measured.widths[i] - CellText.width(label);
            names.append(i == 0 ? " " : "| ").append(" ".repeat(blank / 2)).append(label);
            names.append(" ".repeat(blank - blank / 2 + 1));
            rule.append(i == 0 ? "" : "+").append("-".repeat(measured.widths[i] + 2));
        }
        out.print(names.toString().stripTrailing() + "\n" + rule + "\n");
    }

    private void line(@Nullable String[] row, Measured measured) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.length; i++) {
            String value = row[i];
            String text = value == null ? Measured.NULL : CellText.line(value);
            String blank = " ".repeat(Math.max(0, measured.widths[i] - CellText.width(text)));
            line.append(i == 0 ? " " : "| ");
            line.append(measured.columns.get(i).isNumber() ? blank + text : text + blank)
                    .append(' ');
        }
        out.print(line.toString().stripTrailing() + "\n");
    }

    @Override
    public void done(long count) {
        out.print(Footer.done(count));
        out.flush();
    }
}
