package io.kadedb.parser.ast;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlNode;

/**
 * ON CONFLICT of INSERT.
 *
 * @param parts of the unique key that rows may conflict in; empty when none were named
 * @param condition that the partial index has whose key is meant
 * @param constraint of ON CONSTRAINT
 * @param update of DO UPDATE; empty for DO NOTHING
 */
public record OnConflict(
        List<Statement.IndexPart> parts,
        Optional<Expression> condition,
        Optional<Name> constraint,
        Optional<Update> update) {
    public OnConflict {
        parts = List.copyOf(parts);
    }

    /** What DO UPDATE does with the rows that are there. */
    public record Update(List<Assignment> assignments, Optional<SqlNode> where) {
        public Update {
            assignments = List.copyOf(assignments);
        }
    }
}
