package io.kadedb.common.search;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.search.TsQuery.Lexeme;
import io.kadedb.common.search.TsVector.Weight;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads {@code fat:ab & (cat:* | !rat) <-> dog}. */
final class TsQueryReader {
    private static final String STOPS = ":|&!()<";

    private final String text;
    private final Function<Lexeme, @Nullable TsQuery> words;
    private final LexemeReader lexemes;
    private int at;
    private int depth;

    /** @param words what becomes of a word, null for nothing */
    TsQueryReader(String text, Function<Lexeme, @Nullable TsQuery> words) {
        this.text = text;
        this.words = words;
        this.lexemes = new LexemeReader(text);
    }

    TsQuery read() {
        at = lexemes.skipBlanks(0);
        if (at == text.length()) {
            return new TsQuery.Nothing();
        }
        TsQuery query = or();
        if (at < text.length()) {
            throw malformed();
        }
        return query;
    }

    private TsQuery or() {
        TsQuery query = and();
        while (takes('|')) {
            query = new TsQuery.Or(query, and());
        }
        return query;
    }

    private TsQuery and() {
        TsQuery query = phrase();
        while (takes('&')) {
            query = new TsQuery.And(query, phrase());
        }
        return query;
    }

    private TsQuery phrase() {
        TsQuery query = not();
        while (at < text.length() && text.charAt(at) == '<') {
            int distance = distance();
            query = new TsQuery.Phrase(query, not(), distance);
        }
        return query;
    }

    private int distance() {
        int end = text.indexOf('>', at);
        if (end < 0) {
            throw malformed();
        }
        String written = text.substring(at + 1, end);
        if (!written.equals("-") && !written.matches("\\d{1,9}")) {
            throw malformed();
        }
        int distance = written.equals("-") ? 1 : Integer.parseInt(written);
        if (distance > TsQuery.MAX_DISTANCE) {
            throw KadeException.of(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "distance in phrase operator must be an integer value between zero and " + TsQuery.MAX_DISTANCE
                            + " inclusive");
        }
        at = lexemes.skipBlanks(end + 1);
        return distance;
    }

    private TsQuery not() {
        if (++depth > TsQuery.MAX_DEPTH) {
            throw KadeException.of(
                    ErrorCode.STATEMENT_TOO_COMPLEX,
                    "a tsquery is nested more than " + TsQuery.MAX_DEPTH + " levels deep");
        }
        try {
            if (takes('!')) {
                return new TsQuery.Not(not());
            }
            if (takes('(')) {
                TsQuery query = or();
                if (!takes(')')) {
                    throw malformed();
                }
                return query;
            }
            return word();
        } finally {
            depth--;
        }
    }

    private TsQuery word() {
        String written = lexemes.read(at, STOPS);
        if (written == null) {
            throw at >= text.length()
                    ? KadeException.of(ErrorCode.SYNTAX_ERROR, "no operand in tsquery: \"" + text + "\"")
                    : malformed();
        }
        at = lexemes.end();
        boolean prefix = false;
        Set<Weight> weights = EnumSet.noneOf(Weight.class);
        if (at < text.length() && text.charAt(at) == ':') {
            for (at++; at < text.length(); at++) {
                char letter = Character.toUpperCase(text.charAt(at));
                if (letter == '*') {
                    prefix = true;
                } else if (letter >= 'A' && letter <= 'D') {
                    weights.add(Weight.valueOf(String.valueOf(letter)));
                } else {
                    break;
                }
            }
        }
        at = lexemes.skipBlanks(at);
        TsQuery query = words.apply(new Lexeme(written, prefix, List.copyOf(weights)));
        return query == null ? new TsQuery.Nothing() : query;
    }

    private boolean takes(char operator) {
        if (at < text.length() && text.charAt(at) == operator) {
            at = lexemes.skipBlanks(at + 1);
            return true;
        }
        return false;
    }

    private KadeException malformed() {
        return KadeException.of(ErrorCode.SYNTAX_ERROR, "syntax error in tsquery: \"" + text + "\"");
    }
}
