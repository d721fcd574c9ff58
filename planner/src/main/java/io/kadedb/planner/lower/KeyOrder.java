package io.kadedb.planner.lower;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntUnaryOperator;

/**
 * The order in which somebody wants rows.
 *
 * @param columns the first one first
 * @param fetch how many rows are wanted, all if absent
 * @param notNull whether rows are not wanted that have NULL in the first column
 */
record KeyOrder(List<Column> columns, OptionalDouble fetch, boolean notNull) {
    /** The number of a column that is not one of those at hand. */
    static final int NOWHERE = -1;

    KeyOrder {
        columns = List.copyOf(columns);
    }

    /** A column to order by. */
    record Column(int index, boolean descending, boolean nullsFirst) {
        /** Whether NULLs come where they lie in keys that are read in this direction. */
        boolean hasNullsInPlace() {
            return nullsFirst != descending;
        }
    }

    /** The same order by the columns beneath; empty if one of them is not there. */
    Optional<KeyOrder> beneath(IntUnaryOperator places) {
        boolean known = columns.stream().allMatch(column -> places.applyAsInt(column.index) != NOWHERE);
        return known
                ? Optional.of(new KeyOrder(
                        columns.stream()
                                .map(column -> new Column(
                                        places.applyAsInt(column.index), column.descending, column.nullsFirst))
                                .toList(),
                        fetch,
                        notNull))
                : Optional.empty();
    }
}
