package io.kadedb.storage.api;

import org.jspecify.annotations.Nullable;

/**
 * A bound on a column that rows must meet: NULLs never do.
 *
 * @param column ordinal into the table's columns, behind which are those of the paths of a scan: of their values
 * @param low least value, or null for none; Java types as in the plan's literals (Long, Double, BigDecimal, String, ...)
 * @param high greatest value, or null for none
 */
public record ColumnRange(
        int column,
        @Nullable Object low,
        boolean lowInclusive,
        @Nullable Object high,
        boolean highInclusive) {}
