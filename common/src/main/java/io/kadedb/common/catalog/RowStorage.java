package io.kadedb.common.catalog;

import io.kadedb.common.type.SqlType;
import java.util.List;

/**
 * Where a table's rows lie, and what is in them that the table no longer has.
 *
 * @param id under which the rows are stored; 0 for the table's own, until they are written anew as a whole
 * @param dropped columns that stored rows may still hold, in the order of their ids
 */
public record RowStorage(long id, List<DroppedColumn> dropped) {
    /** Of a table whose columns and rows are those that it was made with. */
    public static final RowStorage ORIGINAL = new RowStorage(0, List.of());

    public RowStorage {
        dropped = List.copyOf(dropped);
    }

    /** A column that is gone: readers of rows skip its values. */
    public record DroppedColumn(int id, SqlType type) {}
}
