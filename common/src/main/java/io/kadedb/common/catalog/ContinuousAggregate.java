package io.kadedb.common.catalog;

/**
 * What makes a materialized view a continuous aggregate: its query groups the rows of one table by buckets of a column, so
 * that a change of a row concerns the rows of one bucket.
 *
 * @param source the id of the table
 * @param buckets of which column of it, and how wide; without a retention
 * @param column the ordinal of the bucket among the view's columns
 */
public record ContinuousAggregate(long source, RangePartitioning buckets, int column) {}
