package io.kadedb.planner.lower;

import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.planner.lower.KeyConditions.Fixed;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.PhysicalPlan.KeyNulls;
import java.util.List;

/**
 * Whether the rows of a range come in the order that is wanted.
 *
 * @param descending whether the keys have to be read from the last to the first
 * @param nulls where those have to come that have NULL in the first column behind the prefix
 */
record KeyOrderMatch(boolean isOrdered, boolean descending, KeyNulls nulls) {
    /** Nothing is wanted, or something else. */
    static final KeyOrderMatch NONE = new KeyOrderMatch(false, false, KeyNulls.FIRST);

    /**
     * Compares them.
     *
     * @param prefix what is known of the leading parts of the key
     * @param excluded whether the part behind them is not NULL
     * @param order over the table's ordinals
     */
    static KeyOrderMatch of(
            TableDefinition table, KeySource key, List<Fixed> prefix, boolean excluded, KeyOrder order) {
        int first = prefix.size();
        int next = first;
        KeyOrder.Column leading = null;
        for (KeyOrder.Column column : order.columns()) {
            if (isFixed(key, prefix, column)) {
                continue;
            }
            if (next == key.parts().size()) {
                if (isWholeKey(table, key)) {
                    break;
                }
                return NONE;
            }
            if (!isPart(key.parts().get(next), column)
                    || (leading != null && column.descending() != leading.descending())
                    || (leading != null && key.isNullable(table, next) && !column.hasNullsInPlace())) {
                return NONE;
            }
            leading = leading == null ? column : leading;
            next++;
        }
        if (leading == null) {
            return NONE;
        }
        boolean inPlaceFirst = !leading.descending();
        boolean nullable = key.isNullable(table, first);
        KeyNulls nulls = excluded || (order.notNull() && nullable)
                ? KeyNulls.EXCLUDED
                : (nullable ? leading.nullsFirst() : inPlaceFirst) ? KeyNulls.FIRST : KeyNulls.LAST;
        return new KeyOrderMatch(true, leading.descending(), nulls);
    }

    private static boolean isPart(Expr part, KeyOrder.Column column) {
        return part instanceof Expr.Column known
                && known.index() == column.index()
                && KeyConditions.isOrdered(part.type());
    }

    /** Whether all rows have one value in a column. */
    private static boolean isFixed(KeySource key, List<Fixed> prefix, KeyOrder.Column column) {
        for (int i = 0; i < prefix.size(); i++) {
            if (prefix.get(i).values().size() == 1
                    && key.parts().get(i) instanceof Expr.Column known
                    && known.index() == column.index()) {
                return true;
            }
        }
        return false;
    }

    /** Whether no two rows have one key, so that further columns to order by do not matter. */
    private static boolean isWholeKey(TableDefinition table, KeySource key) {
        for (int i = 0; i < key.parts().size(); i++) {
            if (key.isNullable(table, i)) {
                return false;
            }
        }
        return key.isUnique();
    }
}
