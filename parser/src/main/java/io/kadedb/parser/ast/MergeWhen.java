package io.kadedb.parser.ast;

import io.kadedb.common.error.SourcePosition;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlNode;

/**
 * A WHEN clause of MERGE.
 *
 * @param condition of AND
 */
public record MergeWhen(Match match, Optional<SqlNode> condition, Action action, SourcePosition position) {
    /** Which pairs of rows it is for. */
    public enum Match {
        /** A row of the target with a row of the source. */
        MATCHED,
        /** A row of the source alone. */
        NOT_MATCHED,
        /** A row of the target alone. */
        NOT_MATCHED_BY_SOURCE
    }

    /** What is done with the first pair that the clause fits. */
    public sealed interface Action {}

    public record Update(List<Assignment> assignments) implements Action {
        public Update {
            assignments = List.copyOf(assignments);
        }
    }

    public record Delete() implements Action {}

    /**
     * INSERT.
     *
     * @param columns empty when none were named: all of them in the table's order
     * @param overriding as in {@link Statement.Insert}
     * @param values may hold calls of {@code SqlStdOperatorTable.DEFAULT}; empty for DEFAULT VALUES
     */
    public record Insert(List<Name> columns, List<SqlNode> values, Optional<Statement.Overriding> overriding)
            implements Action {
        /** An INSERT that overrides nothing. */
        public Insert(List<Name> columns, List<SqlNode> values) {
            this(columns, values, Optional.empty());
        }

        public Insert {
            columns = List.copyOf(columns);
            values = List.copyOf(values);
        }
    }

    public record Nothing() implements Action {}
}
