package io.kadedb.planner.api;

import io.kadedb.common.catalog.TableDefinition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the planner learns how many rows and values to expect. */
@FunctionalInterface
public interface StatisticsSource {
    Statistics of(TableDefinition table);

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
