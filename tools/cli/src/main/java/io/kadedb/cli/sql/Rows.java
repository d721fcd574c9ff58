package io.kadedb.cli.sql;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rows as texts, read once from the first to the last. */
interface Rows {
    List<Column> columns();

    /** Moves to the next row; false when there is none. */
    boolean next() throws SQLException;

    /** A value of the current row, null for NULL; columns count from 0. */
    @Nullable
    String text(int column) throws SQLException;

    /**
     * A column.
     *
     * @param type of {@link Types}
     */
    record Column(String label, int type) {
        private static final Set<Integer> NUMBERS = Set.of(
                Types.SMALLINT, Types.INTEGER, Types.BIGINT, Types.REAL, Types.DOUBLE, Types.NUMERIC, Types.DECIMAL);

        static Column text(String label) {
            return new Column(label, Types.VARCHAR);
        }

        boolean isNumber() {
            return NUMBERS.contains(type);
        }
    }

    /** The rows that are left in a result. */
    static Rows of(ResultSet result) throws SQLException {
        ResultSetMetaData data = result.getMetaData();
        List<Column> columns = new ArrayList<>();
        for (int i = 1; i <= data.getColumnCount(); i++) {
            columns.add(new Column(data.getColumnLabel(i), data.getColumnType(i)));
        }
        return new Rows() {
            @Override
            public List<Column> columns() {
                return columns;
            }

            @Override
            public boolean next() throws SQLException {
                return result.next();
            }

            @Override
            public @Nullable String text(int column) throws SQLException {
                return result.getString(column + 1);
            }
        };
    }

    /** Rows that are there already, all of texts. */
    static Rows of(List<String> labels, List<? extends List<@Nullable String>> rows) {
        Iterator<? extends List<@Nullable String>> left = rows.iterator();
        return new Rows() {
            private List<@Nullable String> row = List.of();

            @Override
            public List<Column> columns() {
                return labels.stream().map(Column::text).toList();
            }

            @Override
            public boolean next() {
                if (!left.hasNext()) {
                    return false;
                }
                row = left.next();
                return true;
            }

            @Override
            public @Nullable String text(int column) {
                return row.get(column);
            }
        };
    }
}
