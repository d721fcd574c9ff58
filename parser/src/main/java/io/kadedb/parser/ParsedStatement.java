package io.kadedb.parser;

import io.kadedb.parser.ast.Statement;

/**
 * A statement and where it came from.
 *
 * @param text the statement's own text, without the semicolon
 * @param offset of that text in what was given to the parser, in UTF-16 units; positions in the statement and in errors
 *     point into the whole text
 * @param parameterCount how many parameters the statement takes: the number of {@code ?}, or the highest {@code $n}
 * @param nesting how deep its tree may be: brackets within brackets, and chains of operators and joins
 */
public record ParsedStatement(Statement statement, String text, int offset, int parameterCount, int nesting) {
    /** A statement that is not nested. */
    public ParsedStatement(Statement statement, String text, int offset, int parameterCount) {
        this(statement, text, offset, parameterCount, 0);
    }
}
