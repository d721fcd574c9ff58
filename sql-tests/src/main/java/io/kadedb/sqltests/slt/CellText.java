package io.kadedb.sqltests.slt;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Cells as logic files write them: {@code I} an integer, {@code D} an exact number with all its decimal places,
 * {@code R} a number rounded half up to ten significant digits, {@code B} a boolean, {@code T} the text that the driver's
 * {@code getString} gives. NULL is {@code NULL}, empty text is {@code (empty)}; a row's cells are joined by tabs.
 */
final class CellText {
    private static final MathContext ROUNDING = new MathContext(10, RoundingMode.HALF_UP);

    private CellText() {}

    /** All rows of a result, one line each. */
    static List<String> rows(ResultSet result, String types) throws SQLException {
        int columns = result.getMetaData().getColumnCount();
        if (columns != types.length()) {
            throw new IllegalStateException("the query gives " + columns + " columns, the file says " + types.length());
        }
        List<String> rows = new ArrayList<>();
        while (result.next()) {
            StringBuilder row = new StringBuilder();
            for (int column = 1; column <= columns; column++) {
                row.append(column == 1 ? "" : "\t").append(cell(result, column, types.charAt(column - 1)));
            }
            rows.add(row.toString());
        }
        return rows;
    }

    private static String cell(ResultSet result, int column, char type) throws SQLException {
        if (type == 'B') {
            boolean value = result.getBoolean(column);
            return result.wasNull() ? "NULL" : Boolean.toString(value);
        }
        String text = result.getString(column);
        if (text == null) {
            return "NULL";
        }
        return switch (type) {
            case 'I', 'D' -> exact(text);
            case 'R' -> rounded(text);
            case 'T' ->
                text.isEmpty()
                        ? "(empty)"
                        : text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t");
            default -> throw new IllegalArgumentException("no column type " + type);
        };
    }

    private static String exact(String text) {
        return isNumber(text) ? new BigDecimal(text).toPlainString() : text;
    }

    private static String rounded(String text) {
        if (!isNumber(text)) {
            return text;
        }
        BigDecimal value = new BigDecimal(text).round(ROUNDING);
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    private static boolean isNumber(String text) {
        return text.matches("[+-]?[0-9.]+([eE][+-]?[0-9]+)?");
    }
}
