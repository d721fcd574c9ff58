package io.kadedb.jdbc;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.avatica.Meta;
import org.jspecify.annotations.Nullable;

/** Rows as Avatica's frames have them: lists of values. */
final class Frames {
    private Frames() {}

    static List<Object> rows(Meta.@Nullable Frame frame) {
        List<Object> rows = new ArrayList<>();
        if (frame != null) {
            frame.rows.forEach(rows::add);
        }
        return rows;
    }

    /** A row's value; null for NULL. */
    static @Nullable Object value(Object row, int index) {
        return ((List<?>) row).get(index);
    }
}
