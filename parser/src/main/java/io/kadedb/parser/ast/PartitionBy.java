package io.kadedb.parser.ast;

import io.kadedb.common.error.SourcePosition;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * PARTITION BY RANGE of a column, in partitions of one width.
 *
 * @param interval the width of ranges of dates or times
 * @param number the width of ranges of numbers
 * @param width where the width is written
 */
public record PartitionBy(Name column, Optional<IntervalValue> interval, OptionalLong number, SourcePosition width) {}
