package io.kadedb.jdbc.common;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.avatica.Meta;
import org.jspecify.annotations.Nullable;

/** Rows as Avatica's frames have them: lists of values. */
public final class Frames {
    private Frames() {}

    /** The rows of a frame; none of no frame. */
    public static List<Object> rows(Meta.@Nullable Frame frame) {
        List<Object> rows = new ArrayList<>();
        if (frame != null) {
            frame.rows.forEach(rows::add);
        }
        return rows;
    }

    /** A row's value; null for NULL. */
    public static @Nullable Object value(Object row, int index) {
        return ((List<?>) row).get(index);
    }
}
