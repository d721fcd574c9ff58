package io.kadedb.sqltests.slt;

import java.sql.Types;
import java.util.List;

/** Whether the lines below a query are rows, their cells joined by tabs, or values. */
final class ResultLayout {
    private ResultLayout() {}

    /**
     * Our rows are rows unless values are sorted one by one, SQLite's are values; in DuckDB's dialect they are rows where
     * there are as many lines as rows, or a tab in every line.
     */
    static boolean isRows(Dialect dialect, SltRecord.Sort sort, List<String> expected, ResultValues values) {
        return switch (dialect) {
            case KADEDB -> sort != SltRecord.Sort.VALUESORT;
            case SQLITE -> false;
            case DUCKDB ->
                sort != SltRecord.Sort.VALUESORT
                        && values.columns() > 1
                        && (expected.size() == values.rows()
                                || expected.stream().allMatch(line -> line.indexOf('\t') >= 0));
        };
    }

    /** DuckDB's comparison: cell by cell, numbers by value. */
    static LineDiff.Match tolerant(List<String> expected, List<String> actual, ResultValues values, boolean rows) {
        if (!rows) {
            return (i, j) -> DuckDbCells.matches(expected.get(i), actual.get(j), type(values, j % values.columns()));
        }
        return (i, j) -> {
            if (expected.get(i).equals(actual.get(j))) {
                return true;
            }
            String[] wanted = expected.get(i).split("\t", -1);
            if (wanted.length != values.columns()) {
                return false;
            }
            for (int column = 0; column < wanted.length; column++) {
                String cell = values.cells().get(j * values.columns() + column);
                if (!DuckDbCells.matches(wanted[column], cell, type(values, column))) {
                    return false;
                }
            }
            return true;
        };
    }

    private static int type(ResultValues values, int column) {
        return values.types().isEmpty() ? Types.OTHER : values.types().get(column);
    }
}
