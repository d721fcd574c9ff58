package io.kadedb.server.jdbc;

import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import java.sql.DatabaseMetaData;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.calcite.avatica.AvaticaParameter;
import org.apache.calcite.avatica.ColumnMetaData;

/** Parameters and columns as JDBC describes them. */
public final class Descriptions {
    private Descriptions() {}

    /** Describes the parameters of a statement, by number. */
    public static List<AvaticaParameter> parameters(List<SqlType> types) {
        List<AvaticaParameter> described = new ArrayList<>(types.size());
        for (int i = 0; i < types.size(); i++) {
            SqlType type = types.get(i);
            described.add(new AvaticaParameter(
                    JdbcType.signed(type),
                    JdbcType.precision(type),
                    JdbcType.scale(type),
                    JdbcType.number(type),
                    JdbcType.name(type),
                    JdbcType.javaClass(type).getName(),
                    "?" + (i + 1)));
        }
        return described;
    }

    /**
     * Describes the columns of a result.
     *
     * @param reps how values of a type travel
     */
    public static List<ColumnMetaData> columns(List<Field> fields, Function<SqlType, ColumnMetaData.Rep> reps) {
        List<ColumnMetaData> described = new ArrayList<>(fields.size());
        for (int i = 0; i < fields.size(); i++) {
            described.add(column(i, fields.get(i), reps.apply(fields.get(i).type())));
        }
        return described;
    }

    private static ColumnMetaData column(int ordinal, Field field, ColumnMetaData.Rep rep) {
        SqlType type = field.type();
        return new ColumnMetaData(
                ordinal,
                false,
                JdbcType.isCaseSensitive(type),
                true,
                false,
                field.nullable() ? DatabaseMetaData.columnNullable : DatabaseMetaData.columnNoNulls,
                JdbcType.signed(type),
                JdbcType.displaySize(type),
                field.name(),
                field.name(),
                "",
                JdbcType.precision(type),
                JdbcType.scale(type),
                "",
                "",
                ColumnMetaData.scalar(JdbcType.number(type), JdbcType.name(type), rep),
                true,
                false,
                false,
                JdbcType.javaClass(type).getName());
    }
}
