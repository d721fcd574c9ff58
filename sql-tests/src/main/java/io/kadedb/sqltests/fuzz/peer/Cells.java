package io.kadedb.sqltests.fuzz.peer;

import io.kadedb.sqltests.fuzz.sql.Kind;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows in a form that databases can be compared by. Exact numbers, also in documents, stand for their value, whatever their scale;
 * what is approximate becomes a double; everything else is the text that the driver gives.
 */
final class Cells {
    private static final DateTimeFormatter SPACED = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendLiteral(' ')
            .appendPattern("HH:mm:ss")
            .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
            .toFormatter(Locale.ROOT);

    /** Zeros at the ends of fractions, with the point where nothing else is behind it. */
    private static final Pattern FRACTION_ZEROS = Pattern.compile("(?<=\\d)(?:\\.0+|(\\.\\d*[1-9])0+)(?!\\d)");

    private Cells() {}

    /** @param most rows to read */
    static List<List<@Nullable Object>> rows(ResultSet result, List<Kind> kinds, int most) throws SQLException {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        while (rows.size() < most && result.next()) {
            List<@Nullable Object> row = new ArrayList<>();
            for (int column = 1; column <= kinds.size(); column++) {
                row.add(cell(result, column, kinds.get(column - 1)));
            }
            rows.add(row);
        }
        return rows;
    }

    private static @Nullable Object cell(ResultSet result, int column, Kind kind) throws SQLException {
        if (kind == Kind.BOOLEAN) {
            boolean value = result.getBoolean(column);
            return result.wasNull() ? null : Boolean.toString(value);
        }
        String text = result.getString(column);
        if (text == null) {
            return null;
        }
        return switch (kind) {
            case SMALLINT, INTEGER, BIGINT, NUMERIC -> exact(text);
            case REAL, DOUBLE, RATIO -> approximate(text);
            case TIMESTAMP -> timestamp(result, column, text);
            case TIME -> time(text);
            case JSON, JSONB -> FRACTION_ZEROS.matcher(text).replaceAll("$1");
            default -> text;
        };
    }

    /**
     * DuckDB's driver shows a tenth of a second that is none, and by way of {@link java.sql.Timestamp} moves the ten days
     * of October 1582 that are not in its calendar.
     */
    private static String timestamp(ResultSet result, int column, String text) throws SQLException {
        if (text.startsWith("1582-10-") && result.getObject(column) instanceof Timestamp) {
            return SPACED.format(result.getObject(column, LocalDateTime.class));
        }
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    /** DuckDB's driver leaves out seconds that are none, and fills up fractions with zeros. */
    private static String time(String text) {
        return text.length() == 5 ? text + ":00" : text.indexOf('.') < 0 ? text : text.replaceFirst("0+$", "");
    }

    private static String exact(String text) {
        try {
            BigDecimal value = new BigDecimal(text);
            return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
        } catch (NumberFormatException e) {
            return "not a number: " + text;
        }
    }

    private static Object approximate(String text) {
        return switch (text) {
            case "inf", "Infinity", "Inf" -> Double.POSITIVE_INFINITY;
            case "-inf", "-Infinity", "-Inf" -> Double.NEGATIVE_INFINITY;
            case "nan", "NaN" -> Double.NaN;
            default -> {
                try {
                    double value = Double.parseDouble(text);
                    yield value == 0 ? 0.0 : value;
                } catch (NumberFormatException e) {
                    yield "not a number: " + text;
                }
            }
        };
    }
}
