package io.kadedb.cli.sql;

import java.io.PrintWriter;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A table for people: numbers to the right, NULL shown as such. Widths are those of the first rows. */
final class TablePrinter implements ResultPrinter {
    private static final int ROWS_MEASURED = 2_000;
    private static final int MAX_WIDTH = 200;
    private static final String NULL = "NULL";
    private static final Set<Integer> NUMBERS =
            Set.of(Types.SMALLINT, Types.INTEGER, Types.BIGINT, Types.REAL, Types.DOUBLE, Types.NUMERIC);

    private final PrintWriter out;

    TablePrinter(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void rows(ResultSet rows) throws SQLException {
        ResultSetMetaData columns = rows.getMetaData();
        int count = columns.getColumnCount();
        String[] labels = new String[count];
        boolean[] right = new boolean[count];
        int[] widths = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = columns.getColumnLabel(i + 1);
            right[i] = NUMBERS.contains(columns.getColumnType(i + 1));
            widths[i] = width(labels[i]);
        }
        List<String[]> first = new ArrayList<>();
        boolean more = true;
        while (first.size() < ROWS_MEASURED && (more = rows.next())) {
            String[] row = read(rows, count);
            first.add(row);
            for (int i = 0; i < count; i++) {
                widths[i] = Math.min(MAX_WIDTH, Math.max(widths[i], width(row[i])));
            }
        }
        header(labels, widths);
        long printed = first.size();
        first.forEach(row -> line(row, widths, right));
        while (more && rows.next()) {
            line(read(rows, count), widths, right);
            printed++;
        }
        out.print("(" + printed + (printed == 1 ? " row)" : " rows)") + "\n");
        out.flush();
    }

    private static String[] read(ResultSet rows, int count) throws SQLException {
        String[] row = new String[count];
        for (int i = 0; i < count; i++) {
            row[i] = shown(rows.getString(i + 1));
        }
        return row;
    }

    private static String shown(@Nullable String value) {
        return value == null
                ? NULL
                : value.replace("\r", "\\r").replace("\n", "\\n").replace("\t", "\\t");
    }

    private void header(String[] labels, int[] widths) {
        StringBuilder names = new StringBuilder();
        StringBuilder rule = new StringBuilder();
        for (int i = 0; i < labels.length; i++) {
            int blank = widths[i] - width(labels[i]);
            names.append(i == 0 ? " " : "| ").append(" ".repeat(blank / 2)).append(labels[i]);
            names.append(" ".repeat(blank - blank / 2 + 1));
            rule.append(i == 0 ? "" : "+").append("-".repeat(widths[i] + 2));
        }
        out.print(names.toString().stripTrailing() + "\n" + rule + "\n");
    }

    private void line(String[] row, int[] widths, boolean[] right) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.length; i++) {
            String blank = " ".repeat(Math.max(0, widths[i] - width(row[i])));
            line.append(i == 0 ? " " : "| ");
            line.append(right[i] ? blank + row[i] : row[i] + blank).append(' ');
        }
        out.print(line.toString().stripTrailing() + "\n");
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }

    @Override
    public void done(long count) {
        out.print(count == 0 ? "OK\n" : "OK, " + count + (count == 1 ? " row\n" : " rows\n"));
        out.flush();
    }
}
