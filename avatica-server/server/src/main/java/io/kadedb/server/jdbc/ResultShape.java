package io.kadedb.server.jdbc;

import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.calcite.avatica.AvaticaParameter;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.MetaImpl;

/** What a statement's results have in common: the same for every run while its columns are the same. */
record ResultShape(List<Field> columns, Meta.Signature signature, KadeResultSetMetaData metaData) {
    /** The shape of a statement's results. */
    static ResultShape of(String text, List<SqlType> parameters, List<Field> columns) {
        List<AvaticaParameter> described = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            SqlType type = parameters.get(i);
            described.add(new AvaticaParameter(
                    JdbcType.signed(type),
                    JdbcType.precision(type),
                    JdbcType.scale(type),
                    JdbcType.number(type),
                    JdbcType.name(type),
                    JdbcType.javaClass(type).getName(),
                    "?" + (i + 1)));
        }
        List<ColumnMetaData> labels = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            labels.add(MetaImpl.columnMetaData(
                    columns.get(i).name(),
                    i,
                    JdbcType.avatica(columns.get(i).type()),
                    columns.get(i).nullable()));
        }
        Meta.Signature signature = new Meta.Signature(
                labels, text, described, Map.of(), Meta.CursorFactory.ARRAY, Meta.StatementType.SELECT);
        return new ResultShape(columns, signature, new KadeResultSetMetaData(columns));
    }

    /** Where rows of these columns are kept to be read. */
    FrameColumn[] newFrame() {
        FrameColumn[] frame = new FrameColumn[columns.size()];
        for (int i = 0; i < frame.length; i++) {
            frame[i] = new FrameColumn(columns.get(i).type());
        }
        return frame;
    }

    /** The shape if it is one of these columns, or another that is. */
    ResultShape with(String text, List<Field> now) {
        return columns.equals(now) ? this : of(text, List.of(), now);
    }
}
