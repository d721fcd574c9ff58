package io.kadedb.parser.ast;

import io.kadedb.common.error.SourcePosition;
import org.apache.calcite.sql.SqlNode;

/**
 * AS OF SYSTEM TIME, as CockroachDB writes it.
 *
 * @param value a query of one row with the expression as text: a moment, an interval from now, or a version
 */
public record AsOf(SqlNode value, SourcePosition position) {}
