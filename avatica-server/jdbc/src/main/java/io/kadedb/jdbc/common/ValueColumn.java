package io.kadedb.jdbc.common;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.avatica.ColumnMetaData;
import org.jspecify.annotations.Nullable;

/** A column of the rows of Avatica's frames, whose values are objects. */
public final class ValueColumn implements Column {
    private final int index;
    private final String typeName;
    private final Kind kind;
    private List<Object> rows;

    private ValueColumn(ColumnMetaData described, int index, List<Object> rows) {
        this.index = index;
        this.typeName = described.type.name;
        this.kind = kind(typeName);
        this.rows = rows;
    }

    /** The columns of rows. */
    public static ValueColumn[] of(List<ColumnMetaData> described, List<Object> rows) {
        ValueColumn[] columns = new ValueColumn[described.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = new ValueColumn(described.get(i), i, rows);
        }
        return columns;
    }

    /** The kinds of values, told by the type names of their columns; in capitals they are those of catalog methods. */
    private static Kind kind(String typeName) {
        switch (typeName) {
            case "bool":
                return Kind.BOOLEAN;
            case "int2":
            case "int4":
            case "INTEGER":
                return Kind.INTEGER;
            case "int8":
                return Kind.BIGINT;
            case "float4":
                return Kind.REAL;
            case "float8":
                return Kind.DOUBLE;
            case "numeric":
                return Kind.DECIMAL;
            case "bytea":
                return Kind.BYTEA;
            case "date":
                return Kind.DATE;
            case "time":
                return Kind.TIME;
            case "timestamp":
                return Kind.TIMESTAMP;
            case "timestamptz":
                return Kind.TIMESTAMPTZ;
            case "uuid":
                return Kind.UUID;
            case "text":
            case "varchar":
            case "bpchar":
            case "unknown":
            case "VARCHAR":
                return Kind.TEXT;
            default:
                return typeName.startsWith("_") ? Kind.ARRAY : Kind.OTHER;
        }
    }

    /** Takes the next frame. */
    public void load(List<Object> frame) {
        rows = frame;
    }

    private @Nullable Object value(int row) {
        return Frames.value(rows.get(row), index);
    }

    private Object present(int row) {
        return Objects.requireNonNull(value(row));
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public String typeName() {
        return typeName;
    }

    @Override
    public boolean isNull(int row) {
        return value(row) == null;
    }

    @Override
    public long word(int row) {
        Object value = present(row);
        return value instanceof Boolean ? ((Boolean) value ? 1 : 0) : ((Number) value).longValue();
    }

    @Override
    public double floating(int row) {
        return ((Number) present(row)).doubleValue();
    }

    @Override
    public BigDecimal decimal(int row) {
        return (BigDecimal) present(row);
    }

    @Override
    public byte[] bytes(int row) {
        return ((byte[]) present(row)).clone();
    }

    @Override
    public String text(int row, ZoneId zone) {
        return present(row).toString();
    }

    @Override
    public Object object(int row, ZoneId zone) throws SQLException {
        switch (kind) {
            case UUID:
                return CellValues.uuid(text(row, zone));
            case ARRAY:
                return ArrayTexts.read(text(row, zone), typeName.substring(1));
            default:
                return present(row);
        }
    }
}
