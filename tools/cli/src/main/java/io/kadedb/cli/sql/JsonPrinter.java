package io.kadedb.cli.sql;

import java.io.PrintWriter;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Locale;

/**
 * Objects, numbers and booleans as such, all else as text.
 *
 * @param lines one object a line, else an array of them for each result
 */
record JsonPrinter(PrintWriter out, boolean lines) implements ResultPrinter {
    @Override
    public void rows(Rows rows) throws SQLException {
        List<Rows.Column> columns = rows.columns();
        out.print(lines ? "" : "[");
        for (boolean first = true; rows.next(); first = false) {
            out.print(lines ? "{" : first ? "\n{" : ",\n{");
            for (int i = 0; i < columns.size(); i++) {
                out.print((i == 0 ? "" : ",") + text(columns.get(i).label()) + ":");
                out.print(value(rows, i, columns.get(i).type()));
            }
            out.print(lines ? "}\n" : "}");
        }
        out.print(lines ? "" : "\n]\n");
        out.flush();
    }

    private static String value(Rows rows, int column, int type) throws SQLException {
        String text = rows.text(column);
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
}
