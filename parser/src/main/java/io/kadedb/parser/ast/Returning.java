package io.kadedb.parser.ast;

import java.util.List;
import org.apache.calcite.sql.SqlNode;

/**
 * RETURNING.
 *
 * @param items of a select list over the rows written; empty when there is no RETURNING
 * @param oldRow the name by which the items refer to a row as it was
 * @param newRow the name by which they refer to it as it is
 */
public record Returning(List<SqlNode> items, String oldRow, String newRow) {
    /** No RETURNING. */
    public static final Returning NONE = new Returning(List.of(), "old", "new");

    public Returning {
        items = List.copyOf(items);
    }

    public boolean isEmpty() {
        return items.isEmpty();
    }
}
