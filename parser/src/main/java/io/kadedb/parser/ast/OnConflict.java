package io.kadedb.parser.ast;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlNode;

/**
 * ON CONFLICT of INSERT.
 *
 * @param columns of the unique key that rows may conflict in; empty when none were named
 * @param constraint of ON CONSTRAINT
 * @param update of DO UPDATE; empty for DO NOTHING
 */
public record OnConflict(List<Name> columns, Optional<Name> constraint, Optional<Update> update) {
    public OnConflict {
        columns = List.copyOf(columns);
    }

    /** What DO UPDATE does with the rows that are there. */
    public record Update(List<Assignment> assignments, Optional<SqlNode> where) {
        public Update {
            assignments = List.copyOf(assignments);
        }
    }
}
