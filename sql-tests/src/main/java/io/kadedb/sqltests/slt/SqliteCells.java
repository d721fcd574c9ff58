package io.kadedb.sqltests.slt;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cells as the original program of SQLite prints them: {@code I} an integer, cut off at the point; {@code R} three
 * decimal places; {@code T} text in which every byte outside of printable ASCII is {@code @}.
 */
final class SqliteCells {
    private static final int PLACES = 3;
    private static final Pattern INTEGER = Pattern.compile("\\s*([+-]?[0-9]+)");
    private static final Pattern NUMBER = Pattern.compile("\\s*([+-]?[0-9]+(\\.[0-9]*)?([eE][+-]?[0-9]+)?)");

    private SqliteCells() {}

    static String text(ResultSet result, int column, char letter, int type) throws SQLException {
        Object value = result.getObject(column);
        if (value == null) {
            return "NULL";
        }
        return switch (letter) {
            case 'I' -> integer(value);
            case 'R' -> real(value);
            default -> printable(String.valueOf(result.getString(column)));
        };
    }

    private static String integer(Object value) {
        return switch (value) {
            case Long number -> number.toString();
            case Integer number -> number.toString();
            case Short number -> number.toString();
            case Byte number -> number.toString();
            case Boolean truth -> truth ? "1" : "0";
            case BigDecimal number -> number.toBigInteger().toString();
            case Double number -> Long.toString(number.longValue());
            case Float number -> Long.toString(number.longValue());
            default -> {
                Matcher leading = INTEGER.matcher(value.toString());
                yield leading.lookingAt() ? new BigDecimal(leading.group(1)).toPlainString() : "0";
            }
        };
    }

    private static String real(Object value) {
        return switch (value) {
            case Double number -> real(number.doubleValue());
            case Float number -> real(number.doubleValue());
            case BigDecimal number ->
                number.setScale(PLACES, RoundingMode.HALF_UP).toPlainString();
            case Number number ->
                new BigDecimal(number.toString()).setScale(PLACES).toPlainString();
            case Boolean truth -> truth ? "1.000" : "0.000";
            default -> {
                Matcher leading = NUMBER.matcher(value.toString());
                yield leading.lookingAt() ? real(Double.parseDouble(leading.group(1))) : "0.000";
            }
        };
    }

    /** As {@code %.3f} prints: the exact binary value, rounded half to even. */
    private static String real(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return Double.isNaN(number) ? "NaN" : number > 0 ? "Inf" : "-Inf";
        }
        return new BigDecimal(number).setScale(PLACES, RoundingMode.HALF_EVEN).toPlainString();
    }

    private static String printable(String text) {
        if (text.isEmpty()) {
            return "(empty)";
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] < ' ' || bytes[i] > '~') {
                bytes[i] = '@';
            }
        }
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}
