package io.kadedb.parser;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import org.antlr.v4.runtime.Token;

/** Small integers where the grammar wants one: lengths, precisions, quantifiers. */
final class Integers {
    private Integers() {}

    static int parse(Token token) {
        try {
            return Integer.parseInt(token.getText().replace("_", ""));
        } catch (NumberFormatException e) {
            throw KadeException.of(ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, token.getText() + " is too large here", e)
                    .at(Places.of(token));
        }
    }
}
