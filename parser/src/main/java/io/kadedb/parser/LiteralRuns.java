package io.kadedb.parser;

import io.kadedb.parser.grammar.KadeSqlParser;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/**
 * Passes tokens on, replacing a long run of literals after {@code IN (} by one {@link LiteralListToken}. Shorter runs pass as
 * they are.
 */
final class LiteralRuns {
    /** Runs shorter than this stay tokens. */
    static final int MIN_RUN = 32;

    private final List<Token> out;
    /** Tokens of the run until it is long enough to be a list. */
    private final List<Token> held = new ArrayList<>();

    private @Nullable LiteralListToken run;
    private @Nullable Token sign;
    private @Nullable Token literal;
    private @Nullable Token comma;

    LiteralRuns(List<Token> out) {
        this.out = out;
    }

    void accept(Token token) {
        if (run == null) {
            out.add(token);
            int size = out.size();
            if (token.getType() == KadeSqlParser.LPAREN
                    && size > 1
                    && out.get(size - 2).getType() == KadeSqlParser.IN) {
                run = new LiteralListToken(token);
            }
            return;
        }
        if (!continues(token)) {
            end();
            out.add(token);
        }
    }

    private boolean continues(Token token) {
        int type = token.getType();
        if (literal == null && sign == null && type == KadeSqlParser.MINUS) {
            sign = token;
            return true;
        }
        if (literal == null && (isNumber(type) || (sign == null && isPlain(type)))) {
            literal = token;
            return true;
        }
        if (literal != null && (type == KadeSqlParser.COMMA || type == KadeSqlParser.RPAREN)) {
            commit();
            comma = type == KadeSqlParser.COMMA ? token : null;
            return type == KadeSqlParser.COMMA;
        }
        return false;
    }

    private static boolean isNumber(int type) {
        return type == KadeSqlParser.INTEGER || type == KadeSqlParser.DECIMAL || type == KadeSqlParser.APPROXIMATE;
    }

    private static boolean isPlain(int type) {
        return type == KadeSqlParser.STRING
                || type == KadeSqlParser.TRUE
                || type == KadeSqlParser.FALSE
                || type == KadeSqlParser.NULL;
    }

    /** The literal at hand belongs to the run: what follows it cannot change its meaning. */
    private void commit() {
        LiteralListToken list = run;
        Token value = literal;
        if (list == null || value == null) {
            throw new IllegalStateException("no literal to add");
        }
        if (list.count() == 0) {
            list = new LiteralListToken(sign == null ? value : sign);
            run = list;
        }
        list.add(sign, value);
        if (list.count() <= MIN_RUN) {
            hold(comma);
            hold(sign);
            hold(value);
        }
        sign = null;
        literal = null;
        comma = null;
    }

    private void hold(@Nullable Token token) {
        if (token != null) {
            held.add(token);
        }
    }

    /** What was held back goes out. */
    void end() {
        LiteralListToken list = run;
        if (list == null) {
            return;
        }
        if (list.count() >= MIN_RUN) {
            out.add(list);
        } else {
            out.addAll(held);
        }
        held.clear();
        run = null;
        for (Token token : new Token[] {comma, sign, literal}) {
            if (token != null) {
                out.add(token);
            }
        }
        comma = null;
        sign = null;
        literal = null;
    }
}
