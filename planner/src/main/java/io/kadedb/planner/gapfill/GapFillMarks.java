package io.kadedb.planner.gapfill;

import io.kadedb.planner.functions.KadeOperatorTable;
import io.kadedb.planner.physical.ScalarFunction;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Marks the aggregates of a query that fills gaps, before it is validated: they are NULL in the rows that are added,
 * whatever they are otherwise, {@code count(*)} too.
 */
public final class GapFillMarks {
    private static final Set<String> NAMES = Stream.of(
                    ScalarFunction.TIME_BUCKET_GAPFILL, ScalarFunction.LOCF, ScalarFunction.INTERPOLATE)
            .map(ScalarFunction::sqlName)
            .collect(Collectors.toUnmodifiableSet());

    private static final SqlOperator GAP =
            KadeOperatorTable.INSTANCE.function(KadeOperatorTable.GAP).orElseThrow();

    private GapFillMarks() {}

    /** Marks the aggregates of a query's select list and order; gives whether its select list or groups fill gaps. */
    public static boolean mark(SqlSelect select) {
        if (!hasCall(select.getSelectList()) && !hasCall(select.getGroup())) {
            return false;
        }
        mark(select.getSelectList());
        mark(select.getOrderList());
        return true;
    }

    private static void mark(@Nullable SqlNodeList nodes) {
        for (int i = 0; nodes != null && i < nodes.size(); i++) {
            SqlNode marked = nodes.get(i).accept(new Aggregates());
            if (marked != null) {
                nodes.set(i, marked);
            }
        }
    }

    private static boolean hasCall(@Nullable SqlNode node) {
        if (node == null) {
            return false;
        }
        Calls calls = new Calls();
        node.accept(calls);
        return calls.found;
    }

    private static final class Calls extends SqlShuttle {
        private boolean found;

        @Override
        public @Nullable SqlNode visit(SqlCall call) {
            found |= NAMES.contains(call.getOperator().getName());
            return found || call.isA(SqlKind.QUERY) ? call : super.visit(call);
        }
    }

    /** Puts a mark around the outermost aggregates that are not over windows. */
    private static final class Aggregates extends SqlShuttle {
        @Override
        public @Nullable SqlNode visit(SqlCall call) {
            if (call.isA(SqlKind.QUERY) || call.getOperator().getName().equals(KadeOperatorTable.GAP)) {
                return call;
            }
            if (call.getKind() == SqlKind.OVER) {
                SqlCall function = call.operand(0);
                for (int i = 0; i < function.operandCount(); i++) {
                    SqlNode operand = function.operand(i);
                    if (operand != null) {
                        function.setOperand(i, operand.accept(this));
                    }
                }
                return call;
            }
            if (call.getOperator().getName().equals(ScalarFunction.INTERPOLATE.sqlName())) {
                return super.visit(InterpolationSamples.apart(call));
            }
            return isAggregate(call) ? GAP.createCall(call.getParserPosition(), call) : super.visit(call);
        }

        private static boolean isAggregate(SqlCall call) {
            return switch (call.getKind()) {
                case FILTER, WITHIN_GROUP -> true;
                default ->
                    KadeOperatorTable.INSTANCE
                            .function(call.getOperator().getName())
                            .filter(SqlOperator::isAggregator)
                            .isPresent();
            };
        }
    }
}
