package io.kadedb.parser;

import io.kadedb.parser.grammar.KadeSqlParser;
import java.util.Arrays;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/**
 * A run of literals with commas between them, kept as numbers instead of tokens, so that a list of a million costs 20 bytes
 * an item.
 */
final class LiteralListToken extends CommonToken {
    private static final long serialVersionUID = 1L;
    private static final int FIELDS = 5;

    private int[] fields = new int[64 * FIELDS];
    private int count;

    LiteralListToken(Token first) {
        super(first);
        setType(KadeSqlParser.LITERAL_LIST);
    }

    void add(@Nullable Token sign, Token literal) {
        if ((count + 1) * FIELDS > fields.length) {
            fields = Arrays.copyOf(fields, fields.length * 2);
        }
        int at = count++ * FIELDS;
        Token first = sign == null ? literal : sign;
        fields[at] = sign == null ? literal.getType() : -literal.getType();
        fields[at + 1] = literal.getStartIndex();
        fields[at + 2] = literal.getStopIndex();
        fields[at + 3] = first.getLine();
        fields[at + 4] = first.getCharPositionInLine();
        setStopIndex(literal.getStopIndex());
    }

    int count() {
        return count;
    }

    /** The token type of a literal. */
    int type(int i) {
        return Math.abs(fields[i * FIELDS]);
    }

    boolean negative(int i) {
        return fields[i * FIELDS] < 0;
    }

    /** First character, without the sign. */
    int start(int i) {
        return fields[i * FIELDS + 1];
    }

    /** Last character. */
    int stop(int i) {
        return fields[i * FIELDS + 2];
    }

    int line(int i) {
        return fields[i * FIELDS + 3];
    }

    /** Zero-based, of the sign where there is one. */
    int column(int i) {
        return fields[i * FIELDS + 4];
    }
}
