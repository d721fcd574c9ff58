package io.kadedb.planner.dml;

import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.ColumnDefinition.Identity;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.Positions;
import io.kadedb.parser.ast.Statement.Overriding;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Whether statements may give values for columns whose values are generated. */
final class GivenValues {
    private GivenValues() {}

    /**
     * Whether the values that an INSERT gives a column count; its default does otherwise.
     *
     * @param values of the column, one for each row; empty when a query gives them
     * @throws KadeException 428C9 for values that may not be given
     */
    static boolean count(
            ColumnDefinition column, Optional<Overriding> overriding, List<SqlNode> values, SqlParserPos place) {
        boolean user = overriding.equals(Optional.of(Overriding.USER));
        if (column.identity().isPresent() && user) {
            return false;
        }
        boolean always = column.identity().equals(Optional.of(Identity.ALWAYS)) && overriding.isEmpty();
        if (!always && !column.isGenerated()) {
            return true;
        }
        Optional<SqlNode> given = values.stream()
                .filter(value -> value.getKind() != SqlKind.DEFAULT)
                .findFirst();
        if (values.isEmpty() || given.isPresent()) {
            throw refused("cannot insert a non-DEFAULT value into column \"" + column.name() + "\"", column)
                    .at(Positions.of(given.map(SqlNode::getParserPosition).orElse(place)))
                    .hint(always ? "Use OVERRIDING SYSTEM VALUE to override." : null);
        }
        return false;
    }

    /** Checks the value that a SET gives a column. */
    static void checkSet(ColumnDefinition column, SqlNode value, SqlParserPos place) {
        boolean always = column.identity().equals(Optional.of(Identity.ALWAYS));
        if ((always || column.isGenerated()) && value.getKind() != SqlKind.DEFAULT) {
            throw refused("column \"" + column.name() + "\" can only be updated to DEFAULT", column)
                    .at(Positions.of(place));
        }
    }

    private static KadeException refused(String message, ColumnDefinition column) {
        return KadeException.of(ErrorCode.GENERATED_ALWAYS, message)
                .detail("Column \"" + column.name()
                        + (column.isGenerated()
                                ? "\" is a generated column."
                                : "\" is an identity column defined as GENERATED ALWAYS."));
    }
}
