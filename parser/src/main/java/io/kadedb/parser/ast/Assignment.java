package io.kadedb.parser.ast;

import java.util.List;
import org.apache.calcite.sql.SqlNode;

/**
 * {@code column = value} of UPDATE, or {@code (column, ..) = (query)}.
 *
 * @param targets one, or as many as the query gives
 * @param value an expression; a call of {@code SqlStdOperatorTable.DEFAULT} stands for DEFAULT
 */
public record Assignment(List<AssignmentTarget> targets, SqlNode value) {
    public Assignment {
        targets = List.copyOf(targets);
    }
}
