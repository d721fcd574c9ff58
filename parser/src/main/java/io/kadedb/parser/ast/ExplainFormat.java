package io.kadedb.parser.ast;

/** How EXPLAIN prints the plan. */
public enum ExplainFormat {
    TEXT,
    JSON
}
