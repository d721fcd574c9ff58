package io.kadedb.common.catalog;

/**
 * Says that whoever changes rows of a table notes their buckets for a continuous aggregate.
 *
 * @param view the id of the aggregate
 * @param buckets of which column of the table, and how wide
 */
public record BucketLog(long view, RangePartitioning buckets) {}
