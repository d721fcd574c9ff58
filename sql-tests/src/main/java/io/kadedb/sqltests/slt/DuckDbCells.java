package io.kadedb.sqltests.slt;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Cells in DuckDB's dialect: the text of a cast to varchar, booleans as 1 and 0. What a file expects matches by that
 * text, as a number of the column's type, or as a regular expression behind {@code <REGEX>:} or {@code <!REGEX>:}.
 */
final class DuckDbCells {
    private static final String REGEX = "<REGEX>:";
    private static final String NO_REGEX = "<!REGEX>:";

    /** What DuckDB's runner forgives floating point numbers: a part of the expected one, and a little. */
    private static final double FORGIVEN_PART = 0.01;

    private static final double FORGIVEN_REST = 1e-8;

    private static final int PLACES_OF_FLOATS = 6;

    private DuckDbCells() {}

    static String text(ResultSet result, int column, char letter, int type) throws SQLException {
        if (type == Types.BOOLEAN || type == Types.BIT) {
            Object value = result.getObject(column);
            if (value instanceof Boolean truth) {
                return truth ? "1" : "0";
            }
        }
        String text = result.getString(column);
        if (text == null) {
            return "NULL";
        }
        return text.isEmpty() ? "(empty)" : text.replace("\0", "\\0");
    }

    /** Whether a text is matched as a regular expression. */
    static boolean isRegex(String expected) {
        return expected.startsWith(REGEX) || expected.startsWith(NO_REGEX);
    }

    /** Whether a text matches, or with {@code <!REGEX>:} does not match, all of the expression. */
    static boolean matchesRegex(String expected, String actual) {
        boolean wanted = expected.startsWith(REGEX);
        try {
            Pattern pattern =
                    Pattern.compile(expected.substring(wanted ? REGEX.length() : NO_REGEX.length()), Pattern.DOTALL);
            return pattern.matcher(actual).matches() == wanted;
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    /** Whether a cell is what a file expects. */
    static boolean matches(String expected, String actual, int type) {
        if (expected.equals(actual)) {
            return true;
        }
        if (isRegex(expected)) {
            return matchesRegex(expected, actual);
        }
        return switch (type) {
            case Types.BOOLEAN, Types.BIT -> truth(expected).equals(truth(actual));
            // DuckDB's driver has no type of JDBC for integers above 64 bits.
            case Types.TINYINT,
                    Types.SMALLINT,
                    Types.INTEGER,
                    Types.BIGINT,
                    Types.DECIMAL,
                    Types.NUMERIC,
                    Types.OTHER -> sameExact(expected, actual);
            case Types.REAL, Types.FLOAT, Types.DOUBLE -> sameAbout(expected, actual);
            default -> false;
        };
    }

    private static String truth(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "t", "1" -> "1";
            case "false", "f", "0" -> "0";
            default -> text;
        };
    }

    /**
     * Equal as numbers of the column's scale. Other engines have exact numbers where DuckDB has floats, which its files
     * write with six places: those are compared with as many.
     */
    private static boolean sameExact(String expected, String actual) {
        try {
            BigDecimal should = new BigDecimal(expected.strip());
            BigDecimal is = new BigDecimal(actual.strip());
            boolean fewer = should.scale() >= PLACES_OF_FLOATS && is.scale() > should.scale();
            return fewer
                    ? is.setScale(should.scale(), RoundingMode.HALF_UP).compareTo(should) == 0
                    : should.setScale(Math.max(0, is.scale()), RoundingMode.HALF_UP)
                                    .compareTo(is)
                            == 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean sameAbout(String expected, String actual) {
        try {
            double should = number(expected);
            double is = number(actual);
            if (Double.isNaN(should) || Double.isInfinite(should) || Double.isInfinite(is)) {
                return Double.compare(should, is) == 0;
            }
            return Math.abs(is - should) <= Math.abs(should) * FORGIVEN_PART + FORGIVEN_REST;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static double number(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "inf", "infinity", "+inf" -> Double.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
            case "nan" -> Double.NaN;
            default -> Double.parseDouble(text);
        };
    }
}
