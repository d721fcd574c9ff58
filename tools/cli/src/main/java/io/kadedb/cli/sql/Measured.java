package io.kadedb.cli.sql;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Rows whose first ones were read ahead, so that columns get the widths of what they hold. */
final class Measured {
    /** How NULL is shown. */
    static final String NULL = "NULL";

    private static final int ROWS_MEASURED = 2_000;

    final List<Rows.Column> columns;

    /** The widest text of each column, its label among them. */
    final int[] widths;

    private final Rows rows;
    private final List<@Nullable String[]> first = new ArrayList<>();
    private int at;
    private boolean more = true;

    Measured(Rows rows, ToIntFunction<String> width) throws SQLException {
        this.rows = rows;
        this.columns = rows.columns();
        this.widths = columns.stream()
                .mapToInt(column -> CellText.width(column.label()))
                .toArray();
        while (first.size() < ROWS_MEASURED) {
            more = rows.next();
            if (!more) {
                break;
            }
            @Nullable String[] row = read();
            first.add(row);
            for (int i = 0; i < row.length; i++) {
                String text = row[i];
                widths[i] = Math.max(widths[i], text == null ? NULL.length() : width.applyAsInt(text));
            }
        }
    }

    private @Nullable String[] read() throws SQLException {
        @Nullable String[] row = new @Nullable String[columns.size()];
        for (int i = 0; i < row.length; i++) {
            row[i] = rows.text(i);
        }
        return row;
    }

    /** The next row, from the first on; null when there is none. */
    @Nullable
    String @Nullable [] next() throws SQLException {
        if (at < first.size()) {
            return first.get(at++);
        }
        more = more && rows.next();
        return more ? read() : null;
    }

    /** The rows from here on. */
    Rows asRows() {
        return new Rows() {
            private @Nullable String[] row = {};

            @Override
            public List<Column> columns() {
                return columns;
            }

            @Override
            public boolean next() throws SQLException {
                @Nullable String @Nullable [] read = Measured.this.next();
                if (read == null) {
                    return false;
                }
                row = read;
                return true;
            }

            @Override
            public @Nullable String text(int column) {
                return row[column];
            }
        };
    }
}
