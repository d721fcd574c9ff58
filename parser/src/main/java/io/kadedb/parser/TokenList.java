package io.kadedb.parser;

import java.util.List;
import org.antlr.v4.runtime.RuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenSource;
import org.antlr.v4.runtime.TokenStream;
import org.antlr.v4.runtime.misc.Interval;
import org.jspecify.annotations.Nullable;

/** The tokens of one statement, the last of type EOF, as the generated parser wants them. */
final class TokenList implements TokenStream {
    private final List<Token> tokens;
    private final TokenSource source;
    private final int nesting;
    private int index;

    TokenList(List<Token> tokens, TokenSource source, int nesting) {
        this.tokens = tokens;
        this.source = source;
        this.nesting = nesting;
    }

    /** How deep the statement's tree may be. */
    int nesting() {
        return nesting;
    }

    Token first() {
        return tokens.getFirst();
    }

    /** The last token that is not EOF. */
    Token last() {
        return tokens.get(Math.max(0, tokens.size() - 2));
    }

    @Override
    @SuppressWarnings("NullAway") // ANTLR's contract: null before the start
    public Token LT(int offset) {
        return at(offset);
    }

    private @Nullable Token at(int offset) {
        int place = offset > 0 ? index + offset - 1 : index + offset;
        return place < 0 ? null : tokens.get(Math.min(place, tokens.size() - 1));
    }

    @Override
    public int LA(int offset) {
        Token token = at(offset);
        return token == null ? Token.INVALID_TYPE : token.getType();
    }

    @Override
    public void consume() {
        if (index >= tokens.size() - 1) {
            throw new IllegalStateException("cannot consume EOF");
        }
        index++;
    }

    @Override
    public Token get(int place) {
        return tokens.get(place);
    }

    @Override
    public TokenSource getTokenSource() {
        return source;
    }

    @Override
    public String getText(Interval interval) {
        StringBuilder text = new StringBuilder();
        for (int i = interval.a; i <= interval.b && i < tokens.size() - 1; i++) {
            text.append(text.isEmpty() ? "" : " ").append(tokens.get(i).getText());
        }
        return text.toString();
    }

    @Override
    public String getText() {
        return getText(Interval.of(0, tokens.size() - 1));
    }

    @Override
    public String getText(RuleContext context) {
        return getText(context.getSourceInterval());
    }

    @Override
    public String getText(Token start, Token stop) {
        return getText(Interval.of(start.getTokenIndex(), stop.getTokenIndex()));
    }

    @Override
    public int mark() {
        return -1;
    }

    @Override
    public void release(int marker) {
        // Everything stays seekable.
    }

    @Override
    public int index() {
        return index;
    }

    @Override
    public void seek(int place) {
        index = Math.min(place, tokens.size() - 1);
    }

    @Override
    public int size() {
        return tokens.size();
    }

    @Override
    public String getSourceName() {
        return source.getSourceName();
    }
}
