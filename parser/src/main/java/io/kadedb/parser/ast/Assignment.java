package io.kadedb.parser.ast;

import org.apache.calcite.sql.SqlNode;

/**
 * {@code column = value} of UPDATE.
 *
 * @param value an expression; a call of {@code SqlStdOperatorTable.DEFAULT} stands for DEFAULT
 */
public record Assignment(Name column, SqlNode value) {}
