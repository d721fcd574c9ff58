package io.kadedb.sqltests.slt;

import java.sql.ResultSet;
import java.sql.SQLException;

/** How a dialect writes a cell of a result. NULL is {@code NULL} and empty text {@code (empty)} in all of them. */
@FunctionalInterface
interface CellFormat {
    /**
     * The text of a cell of the current row.
     *
     * @param letter the column's letter in the file
     * @param type the column's type, of {@link java.sql.Types}
     */
    String text(ResultSet result, int column, char letter, int type) throws SQLException;

    static CellFormat of(Dialect dialect) {
        return switch (dialect) {
            case KADEDB -> KadeCells::text;
            case SQLITE -> SqliteCells::text;
            case DUCKDB -> DuckDbCells::text;
        };
    }
}
