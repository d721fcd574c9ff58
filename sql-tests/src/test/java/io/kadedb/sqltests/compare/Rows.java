package io.kadedb.sqltests.compare;

import io.kadedb.bench.measure.CanonicalCell;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A result as canonical texts, one per row, in the order it came.
 *
 * @param rows the cells of a row joined by bars
 */
public record Rows(List<String> rows) {
    private static final int SHOWN = 5;

    public Rows {
        rows = List.copyOf(rows);
    }

    /**
     * Runs a query.
     *
     * @param approximate 1-based columns to round, by the rule of {@link CanonicalCell}
     */
    public static Rows of(Connection connection, String sql, Set<Integer> approximate) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            ResultSetMetaData metadata = result.getMetaData();
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                StringBuilder row = new StringBuilder();
                for (int column = 1; column <= metadata.getColumnCount(); column++) {
                    int type = metadata.getColumnType(column);
                    String cell = CanonicalCell.text(result, column, type, approximate.contains(column));
                    row.append(column == 1 ? "" : " | ").append(cell == null ? "NULL" : cell);
                }
                rows.add(row.toString());
            }
            return new Rows(rows);
        }
    }

    /** Whether both hold the same rows as often, in whatever order. */
    public boolean sameRows(Rows other) {
        return rows.size() == other.rows.size() && missingIn(other).isEmpty();
    }

    /** What differs, in a few lines. */
    public String difference(Rows expected) {
        return rows.size() + " rows, expected " + expected.rows.size() + "\n only here: " + some(missingIn(expected))
                + "\n only expected: " + some(expected.missingIn(this));
    }

    private List<String> missingIn(Rows other) {
        Map<String, Integer> counts = new HashMap<>();
        other.rows.forEach(row -> counts.merge(row, 1, Integer::sum));
        List<String> missing = new ArrayList<>();
        for (String row : rows) {
            if (counts.merge(row, -1, Integer::sum) < 0) {
                missing.add(row);
            }
        }
        return missing;
    }

    private static String some(List<String> rows) {
        return rows.size() > SHOWN
                ? rows.subList(0, SHOWN) + " and " + (rows.size() - SHOWN) + " more"
                : rows.toString();
    }
}
