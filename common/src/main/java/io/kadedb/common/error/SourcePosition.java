package io.kadedb.common.error;

/**
 * A place in the text of a statement.
 *
 * @param line 1-based
 * @param column 1-based, in UTF-16 units
 * @param length of the offending text in UTF-16 units, at least 1
 */
public record SourcePosition(int line, int column, int length) {
    public SourcePosition {
        if (line < 1 || column < 1 || length < 1) {
            throw new IllegalArgumentException("not a position: " + line + ":" + column + "+" + length);
        }
    }

    @Override
    public String toString() {
        return line + ":" + column;
    }
}
