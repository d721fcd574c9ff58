package io.kadedb.parser.ast;

import java.util.List;
import org.apache.calcite.sql.SqlNode;

/**
 * Places in an array: an element, or with any {@code :} a slice.
 *
 * @param bounds two characters for each dimension that say which bounds {@code values} hold: {@code b} and {@code u}, with
 *     {@code -} for one left out and {@code 1} for the lower bound of a subscript without {@code :}
 */
public record Subscripts(String bounds, boolean slice, List<SqlNode> values) {
    public Subscripts {
        values = List.copyOf(values);
    }
}
