package io.kadedb.parser;

import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.InputMismatchException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.antlr.v4.runtime.misc.ParseCancellationException;

/** Stops at the first error, and remembers which optional parts could have stood there. */
final class FirstError extends DefaultErrorStrategy {
    @Override
    public void recover(Parser recognizer, RecognitionException error) {
        throw new ParseCancellationException(error);
    }

    @Override
    public Token recoverInline(Parser recognizer) {
        throw new ParseCancellationException(
                nextTokensContext == null
                        ? new InputMismatchException(recognizer)
                        : new InputMismatchException(recognizer, nextTokensState, nextTokensContext));
    }

    /** Before an optional part or a loop: what could come, should the next token not fit. */
    @Override
    public void sync(Parser recognizer) {
        int state = recognizer.getState();
        IntervalSet next =
                recognizer.getATN().nextTokens(recognizer.getATN().states.get(state));
        if (next.contains(recognizer.getInputStream().LA(1))) {
            nextTokensContext = null;
        } else if (next.contains(Token.EPSILON) && nextTokensContext == null) {
            nextTokensContext = recognizer.getContext();
            nextTokensState = state;
        }
    }
}
