package io.kadedb.parser.ast;

import io.kadedb.common.error.SourcePosition;

/**
 * One part of a name, as the catalog knows it.
 *
 * @param text folded to lower case unless it was quoted
 * @param position of the name in the text that was parsed
 */
public record Name(String text, SourcePosition position) {
    public Name {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("empty name");
        }
    }

    /** The bare name, without quotes. */
    @Override
    public String toString() {
        return text;
    }
}
