package io.kadedb.planner.api;

import io.kadedb.common.catalog.BucketRanges;
import io.kadedb.common.catalog.TableDefinition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the planner learns how many rows and values to expect, and which stored rows count. It belongs to one statement that
 * is planned.
 */
@FunctionalInterface
public interface StatisticsSource {
    Statistics of(TableDefinition table);

    /** The buckets of a continuous aggregate whose stored rows do not count, in the transaction that the plan is made for. */
    default BucketRanges changed(TableDefinition view) {
        return BucketRanges.ALL;
    }

    /** Whether {@link #changed} was asked: then the plan is good for its transaction as it is now, and for nothing else. */
    default boolean wasAskedForChanges() {
        return false;
    }

    /** A table's statistics; the storage module's record of the same shape, without depending on it. */
    record Statistics(double rows, List<Column> columns) {
        public Statistics {
            columns = List.copyOf(columns);
        }
    }

    /**
     * A column's statistics.
     *
     * @param distinct number of distinct values, or 0 if unknown
     * @param min least value as in a plan's literals, or null if unknown
     * @param max greatest value
     */
    record Column(
            double distinct,
            double nullFraction,
            @Nullable Object min,
            @Nullable Object max) {}
}
