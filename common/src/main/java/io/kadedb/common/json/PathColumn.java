package io.kadedb.common.json;

import io.kadedb.common.type.SqlType;
import java.util.List;

/**
 * A path of keys within the documents of a column whose values may lie in columns of their own. A scan gives two columns for
 * it: the value, NULL where there is none; and the document itself, in those rows alone in which the value is not known,
 * since it is of another type or lies in no column, and has to be looked for.
 *
 * @param column ordinal of a column of type jsonb
 * @param keys of nested objects, from the outermost; at least one
 * @param type of the values wanted: TEXT for what {@code ->>} gives, or INTEGER, BIGINT, DOUBLE, BOOLEAN for values that
 *     are written so
 */
public record PathColumn(int column, List<String> keys, SqlType type) {
    public PathColumn {
        keys = List.copyOf(keys);
    }
}
