package io.kadedb.sqltests.slt;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * The cells of a result as text, row after row.
 *
 * @param types the {@link java.sql.Types} of its columns; empty if its cells are no longer in columns
 */
public record ResultValues(int columns, List<String> cells, List<Integer> types) {
    /** How many cells are kept at most. */
    private static final int MOST_CELLS = 20_000_000;

    public ResultValues {
        types = List.copyOf(types);
    }

    /** Reads a result to its end. */
    static ResultValues read(ResultSet result, String letters, CellFormat format) throws SQLException {
        ResultSetMetaData data = result.getMetaData();
        int columns = data.getColumnCount();
        if (columns != letters.length()) {
            throw new UnfitResult("the result has " + count(columns, "column") + ", not " + letters.length());
        }
        int[] types = new int[columns];
        for (int column = 1; column <= columns; column++) {
            types[column - 1] = data.getColumnType(column);
        }
        List<String> cells = new ArrayList<>();
        while (result.next()) {
            for (int column = 1; column <= columns; column++) {
                cells.add(format.text(result, column, letters.charAt(column - 1), types[column - 1]));
            }
            if (cells.size() > MOST_CELLS) {
                throw new UnfitResult("the result has more than " + MOST_CELLS + " values");
            }
        }
        return new ResultValues(columns, cells, Arrays.stream(types).boxed().toList());
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    int rows() {
        return columns == 0 ? 0 : cells.size() / columns;
    }

    /** The same values in the order the record asks for. */
    ResultValues sorted(SltRecord.Sort sort) {
        return switch (sort) {
            case NOSORT -> this;
            case VALUESORT -> new ResultValues(columns, cells.stream().sorted().toList(), List.of());
            case ROWSORT ->
                columns == 1 ? new ResultValues(1, cells.stream().sorted().toList(), types) : rowsorted();
        };
    }

    private ResultValues rowsorted() {
        List<List<String>> rows = new ArrayList<>(rows());
        for (int at = 0; at < cells.size(); at += columns) {
            rows.add(cells.subList(at, at + columns));
        }
        rows.sort((left, right) -> {
            for (int column = 0; column < columns; column++) {
                int order = left.get(column).compareTo(right.get(column));
                if (order != 0) {
                    return order;
                }
            }
            return 0;
        });
        List<String> sorted = new ArrayList<>(cells.size());
        rows.forEach(sorted::addAll);
        return new ResultValues(columns, sorted, types);
    }

    /** Its rows, cells joined by tabs. */
    List<String> lines() {
        if (columns == 1) {
            return cells;
        }
        List<String> lines = new ArrayList<>(rows());
        for (int at = 0; at < cells.size(); at += columns) {
            lines.add(String.join("\t", cells.subList(at, at + columns)));
        }
        return lines;
    }

    /** {@code N values hashing to MD5}, where each value is hashed with a line's end behind it. */
    String hash() {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            for (String cell : cells) {
                digest.update(cell.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) '\n');
            }
            return cells.size() + " values hashing to " + HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has MD5", e);
        }
    }

    /** A result that cannot be what the record expects, whatever is in it. */
    static final class UnfitResult extends SQLException {
        private static final long serialVersionUID = 1L;

        UnfitResult(String message) {
            super(message);
        }
    }
}
