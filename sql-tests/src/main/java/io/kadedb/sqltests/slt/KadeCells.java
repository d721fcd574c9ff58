package io.kadedb.sqltests.slt;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Cells in our dialect: {@code I} an integer, {@code D} an exact number with all its decimal places, {@code R} a number
 * rounded half up to ten significant digits, {@code B} a boolean, {@code T} the text that the driver's {@code getString}
 * gives, with backslash, tab and line end escaped.
 */
public final class KadeCells {
    private static final MathContext ROUNDING = new MathContext(10, RoundingMode.HALF_UP);

    private KadeCells() {}

    /**
     * The text of a cell of the current row.
     *
     * @param letter the column's letter in the file
     */
    public static String text(ResultSet result, int column, char letter, int type) throws SQLException {
        if (letter == 'B') {
            boolean value = result.getBoolean(column);
            return result.wasNull() ? "NULL" : Boolean.toString(value);
        }
        String text = result.getString(column);
        if (text == null) {
            return "NULL";
        }
        return switch (letter) {
            case 'I', 'D' -> exact(text);
            case 'R' -> rounded(text);
            default ->
                text.isEmpty()
                        ? "(empty)"
                        : text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t");
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
