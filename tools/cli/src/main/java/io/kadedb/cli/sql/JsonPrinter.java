package io.kadedb.cli.sql;

import java.io.PrintWriter;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Locale;

/** An array of objects for each result; numbers and booleans as such, all else as text. */
record JsonPrinter(PrintWriter out) implements ResultPrinter {
    @Override
    public void rows(ResultSet rows) throws SQLException {
        ResultSetMetaData columns = rows.getMetaData();
        int count = columns.getColumnCount();
        out.print('[');
        for (boolean first = true; rows.next(); first = false) {
            out.print(first ? "\n{" : ",\n{");
            for (int i = 1; i <= count; i++) {
                out.print((i == 1 ? "" : ",") + text(columns.getColumnLabel(i)) + ":");
                out.print(value(rows, i, columns.getColumnType(i)));
            }
            out.print('}');
        }
        out.print("\n]\n");
        out.flush();
    }

    private static String value(ResultSet rows, int column, int type) throws SQLException {
        String text = rows.getString(column);
        if (text == null) {
            return "null";
        }
        boolean bare = switch (type) {
            case Types.BOOLEAN, Types.SMALLINT, Types.INTEGER, Types.BIGINT, Types.NUMERIC -> true;
            // NaN and the infinities are no JSON numbers.
            case Types.REAL, Types.DOUBLE -> Character.isDigit(text.charAt(text.length() - 1));
            default -> false;
        };
        return bare ? text : text(text);
    }

    private static String text(String value) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (c < ' ') {
                        quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                    } else {
                        quoted.append(c);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }

    @Override
    public void done(long count) {}
}
