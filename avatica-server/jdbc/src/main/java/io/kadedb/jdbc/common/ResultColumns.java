package io.kadedb.jdbc.common;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.List;
import org.apache.calcite.avatica.ColumnMetaData;

/** Describes the columns of a result. */
public final class ResultColumns implements ResultSetMetaData {
    private final List<ColumnMetaData> columns;

    public ResultColumns(List<ColumnMetaData> columns) {
        this.columns = columns;
    }

    private ColumnMetaData field(int column) throws SQLException {
        if (column < 1 || column > columns.size()) {
            throw SqlErrors.of(
                    SqlErrors.INVALID_COLUMN_REFERENCE,
                    "there is no column " + column + ": the result has " + columns.size());
        }
        return columns.get(column - 1);
    }

    @Override
    public int getColumnCount() {
        return columns.size();
    }

    @Override
    public boolean isAutoIncrement(int column) throws SQLException {
        field(column);
        return false;
    }

    @Override
    public boolean isCaseSensitive(int column) throws SQLException {
        return field(column).caseSensitive;
    }

    @Override
    public boolean isSearchable(int column) throws SQLException {
        field(column);
        return true;
    }

    @Override
    public boolean isCurrency(int column) throws SQLException {
        field(column);
        return false;
    }

    @Override
    public int isNullable(int column) throws SQLException {
        return field(column).nullable;
    }

    @Override
    public boolean isSigned(int column) throws SQLException {
        return field(column).signed;
    }

    @Override
    public int getColumnDisplaySize(int column) throws SQLException {
        return field(column).displaySize;
    }

    @Override
    public String getColumnLabel(int column) throws SQLException {
        return field(column).label;
    }

    @Override
    public String getColumnName(int column) throws SQLException {
        return field(column).label;
    }

    @Override
    public String getSchemaName(int column) throws SQLException {
        field(column);
        return "";
    }

    @Override
    public int getPrecision(int column) throws SQLException {
        return field(column).precision;
    }

    @Override
    public int getScale(int column) throws SQLException {
        return field(column).scale;
    }

    @Override
    public String getTableName(int column) throws SQLException {
        field(column);
        return "";
    }

    @Override
    public String getCatalogName(int column) throws SQLException {
        field(column);
        return "";
    }

    @Override
    public int getColumnType(int column) throws SQLException {
        return field(column).type.id;
    }

    @Override
    public String getColumnTypeName(int column) throws SQLException {
        return field(column).type.name;
    }

    @Override
    public boolean isReadOnly(int column) throws SQLException {
        field(column);
        return true;
    }

    @Override
    public boolean isWritable(int column) throws SQLException {
        field(column);
        return false;
    }

    @Override
    public boolean isDefinitelyWritable(int column) throws SQLException {
        field(column);
        return false;
    }

    @Override
    public String getColumnClassName(int column) throws SQLException {
        return field(column).columnClassName;
    }

    @Override
    public <T> T unwrap(Class<T> iface) throws SQLException {
        if (iface.isInstance(this)) {
            return iface.cast(this);
        }
        throw SqlErrors.unsupported("unwrapping to " + iface.getName());
    }

    @Override
    public boolean isWrapperFor(Class<?> iface) {
        return iface.isInstance(this);
    }
}
