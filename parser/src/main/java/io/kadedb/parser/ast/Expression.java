package io.kadedb.parser.ast;

import org.apache.calcite.sql.SqlNode;

/**
 * An expression that the catalog keeps: its tree and its source text, which is what gets stored and parsed again
 * (see {@code SqlParser.parseExpression}).
 */
public record Expression(SqlNode node, String text) {}
