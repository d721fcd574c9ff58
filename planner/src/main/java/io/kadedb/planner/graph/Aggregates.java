package io.kadedb.planner.graph;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.Positions;
import io.kadedb.planner.functions.KadeOperatorTable;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.validate.SqlNameMatchers;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Aggregates in the expressions of a match, which stand for one row: they may aggregate only what repeats within it. */
final class Aggregates {
    private Aggregates() {}

    /** Whether a call is an aggregate with all that belongs to it. */
    static boolean is(SqlCall call) {
        return switch (call.getKind()) {
            case FILTER, WITHIN_GROUP, WITHIN_DISTINCT -> true;
            default -> {
                List<SqlOperator> operators = new ArrayList<>();
                if (call.getOperator() instanceof SqlFunction function) {
                    KadeOperatorTable.INSTANCE.lookupOperatorOverloads(
                            function.getNameAsId(),
                            null,
                            SqlSyntax.FUNCTION,
                            operators,
                            SqlNameMatchers.withCaseSensitive(false));
                }
                yield operators.stream().anyMatch(SqlOperator::isAggregator);
            }
        };
    }

    /** Refuses aggregates but those in subqueries. */
    static void refuse(SqlNode expression, String clause) {
        expression.accept(new SqlBasicVisitor<@Nullable Void>() {
            @Override
            public @Nullable Void visit(SqlCall call) {
                if (call.getKind() == SqlKind.SELECT) {
                    return null;
                }
                if (is(call)) {
                    throw KadeException.of(
                                    ErrorCode.GROUPING_ERROR,
                                    "aggregate functions are not allowed in " + clause + " of a single match")
                            .at(Positions.of(call.getParserPosition()))
                            .hint("a match is one row; aggregate over GRAPH_TABLE in the select around it");
                }
                return super.visit(call);
            }
        });
    }
}
