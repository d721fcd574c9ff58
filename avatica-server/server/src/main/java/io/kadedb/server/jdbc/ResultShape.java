package io.kadedb.server.jdbc;

import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.jdbc.common.ResultColumns;
import java.util.List;
import java.util.Map;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.Meta;

/** What a statement's results have in common: the same for every run while its columns are the same. */
record ResultShape(List<Field> columns, Meta.Signature signature, ResultColumns metaData) {
    /** The shape of a statement's results. */
    static ResultShape of(String text, List<SqlType> parameters, List<Field> columns) {
        List<ColumnMetaData> described = Descriptions.columns(columns, type -> ColumnMetaData.Rep.OBJECT);
        Meta.Signature signature = new Meta.Signature(
                described,
                text,
                Descriptions.parameters(parameters),
                Map.of(),
                Meta.CursorFactory.ARRAY,
                Meta.StatementType.SELECT);
        return new ResultShape(columns, signature, new ResultColumns(described));
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
