package io.kadedb.planner.rules;

import java.util.Optional;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;

/**
 * A column of the left side that equals one of the right, both of one type.
 *
 * @param right ordinal within the right side
 */
record Equality(int left, int right) {
    static Optional<Equality> of(RexNode condition, int leftFields) {
        if (condition instanceof RexCall call
                && call.getKind() == SqlKind.EQUALS
                && call.getOperands().get(0) instanceof RexInputRef a
                && call.getOperands().get(1) instanceof RexInputRef b
                && a.getType().getSqlTypeName() == b.getType().getSqlTypeName()) {
            int low = Math.min(a.getIndex(), b.getIndex());
            int high = Math.max(a.getIndex(), b.getIndex());
            if (low < leftFields && high >= leftFields) {
                return Optional.of(new Equality(low, high - leftFields));
            }
        }
        return Optional.empty();
    }
}
