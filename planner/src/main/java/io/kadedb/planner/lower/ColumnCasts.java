package io.kadedb.planner.lower;

import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.planner.physical.Expr;
import java.util.List;

/** References to columns in another type. */
public final class ColumnCasts {
    private ColumnCasts() {}

    /** The column in a type; text is taken as it is. */
    public static Expr column(List<Field> fields, int index, SqlType type) {
        Field field = fields.get(index);
        Expr column = new Expr.Column(index, field.type(), field.nullable());
        boolean same = field.type().equals(type)
                || (field.type().isText() && type.isText() && !field.type().keepsBlanks());
        return same ? column : new Expr.Cast(column, type);
    }
}
