package io.kadedb.storage.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a table's rows.
 *
 * @param rows estimate of their number
 * @param columns one for each column of the table, in order
 */
public record TableStatistics(double rows, List<ColumnStatistics> columns) {
    public TableStatistics {
        columns = List.copyOf(columns);
    }

    /**
     * What is known of a column.
     *
     * @param distinct estimate of the number of distinct values, or 0 if unknown
     * @param nullFraction between 0 and 1
     * @param min least value as in {@link ColumnRange}, or null if unknown
     * @param max greatest value
     */
    public record ColumnStatistics(
            double distinct,
            double nullFraction,
            @Nullable Object min,
            @Nullable Object max) {
        public static final ColumnStatistics UNKNOWN = new ColumnStatistics(0, 0, null, null);
    }
}
