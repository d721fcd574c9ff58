package io.kadedb.parser.ast;

import io.kadedb.common.error.SourcePosition;
import java.util.Optional;

/**
 * What WITH says of a table.
 *
 * @param retention how long partitions are kept after their end
 * @param position of the first option
 */
public record TableOptions(Optional<IntervalValue> retention, SourcePosition position) {}
