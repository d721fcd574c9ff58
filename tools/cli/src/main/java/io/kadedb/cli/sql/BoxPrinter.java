package io.kadedb.cli.sql;

import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table in a box that fits its terminal: values that are too wide go on over more lines, and where not even that
 * helps, rows are printed one value a line. Values keep their line ends. NULL is dim where there are colours.
 */
final class BoxPrinter implements ResultPrinter {
    /** Columns are not made narrower than this. */
    private static final int NARROWEST = 8;

    private static final String DIM = "\u001B[2m";
    private static final String PLAIN = "\u001B[0m";

    private final PrintWriter out;
    private final Screen screen;

    BoxPrinter(PrintWriter out, Screen screen) {
        this.out = out;
        this.screen = screen;
    }

    @Override
    public void rows(Rows rows) throws SQLException {
        Measured measured = new Measured(rows, BoxPrinter::widest);
        int[] widths = measured.widths;
        if (widths.length == 0 || !fit(widths, screen.width() - 3 * widths.length - 1)) {
            new VerticalPrinter(out).rows(measured.asRows());
            return;
        }
        rule("┌", "┬", "┐\n", widths);
        String[] labels = measured.columns.stream().map(Rows.Column::label).toArray(String[]::new);
        print(labels, measured, false);
        rule("├", "┼", "┤\n", widths);
        long printed = 0;
        for (@Nullable String[] row = measured.next(); row != null; row = measured.next()) {
            print(row, measured, true);
            printed++;
        }
        rule("└", "┴", "┘\n", widths);
        out.print(Footer.rows(printed));
        out.flush();
    }

    private static int widest(String text) {
        int widest = 0;
        for (String line : text.split("\n", -1)) {
            widest = Math.max(widest, CellText.width(CellText.line(line)));
        }
        return widest;
    }

    /** Takes from the widest columns until all fit; false when they cannot. */
    static boolean fit(int[] widths, int room) {
        for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(1, widths[i]);
        }
        long excess = Arrays.stream(widths).asLongStream().sum() - room;
        while (excess > 0) {
            int widest = Arrays.stream(widths).max().orElse(0);
            int next = Arrays.stream(widths).filter(w -> w < widest).max().orElse(0);
            int target = Math.max(next, NARROWEST);
            if (widest <= NARROWEST) {
                return false;
            }
            for (int i = 0; i < widths.length && excess > 0; i++) {
                if (widths[i] == widest) {
                    int taken = (int) Math.min(excess, share(widths, widest, target, excess));
                    widths[i] -= taken;
                    excess -= taken;
                }
            }
        }
        return true;
    }

    /** What one of the widest columns gives: down to the target, or its even part of what is left to give. */
    private static long share(int[] widths, int widest, int target, long excess) {
        long equal = Arrays.stream(widths).filter(w -> w == widest).count();
        return Math.min(widest - target, (excess + equal - 1) / equal);
    }

    private void rule(String left, String middle, String right, int[] widths) {
        for (int i = 0; i < widths.length; i++) {
            out.print((i == 0 ? left : middle) + "─".repeat(widths[i] + 2));
        }
        out.print(right);
    }

    private void print(@Nullable String[] row, Measured measured, boolean values) {
        List<List<String>> cells = new ArrayList<>();
        int height = 1;
        for (int i = 0; i < row.length; i++) {
            String value = row[i];
            List<String> lines = CellText.wrapped(value == null ? Measured.NULL : value, measured.widths[i]);
            cells.add(lines);
            height = Math.max(height, lines.size());
        }
        for (int line = 0; line < height; line++) {
            for (int i = 0; i < row.length; i++) {
                List<String> lines = cells.get(i);
                String text = line < lines.size() ? lines.get(line) : "";
                String blank = " ".repeat(Math.max(0, measured.widths[i] - CellText.width(text)));
                String shown = row[i] == null && screen.colours() && !text.isEmpty() ? DIM + text + PLAIN : text;
                boolean right = values && measured.columns.get(i).isNumber();
                out.print("│ " + (right ? blank + shown : shown + blank) + " ");
            }
            out.print("│\n");
        }
    }

    @Override
    public void done(long count) {
        out.print(Footer.done(count));
        out.flush();
    }
}
