package io.kadedb.common.search;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.search.TsVector.Weight;
import org.jspecify.annotations.Nullable;

/** Reads lexemes as people write them: {@code 'fat cat':2,4A rat:3}. */
final class TsVectorReader {
    private final String text;
    private int at;

    TsVectorReader(String text) {
        this.text = text;
    }

    TsVector read() {
        TsVector.Builder vector = new TsVector.Builder();
        LexemeReader lexemes = new LexemeReader(text);
        while (true) {
            at = lexemes.skipBlanks(at);
            if (at == text.length()) {
                return vector.build();
            }
            String lexeme = lexemes.read(at, ":");
            at = lexemes.end();
            if (lexeme == null) {
                throw malformed();
            }
            vector.add(lexeme);
            if (at < text.length() && text.charAt(at) == ':') {
                do {
                    at++;
                    position(lexeme, vector);
                } while (at < text.length() && text.charAt(at) == ',');
            }
            if (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
                throw malformed();
            }
        }
    }

    private void position(String lexeme, TsVector.Builder vector) {
        int from = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (from == at) {
            throw malformed();
        }
        int position = at - from > 8 ? TsVector.MAX_POSITION : Integer.parseInt(text.substring(from, at));
        if (position == 0) {
            throw KadeException.of(ErrorCode.SYNTAX_ERROR, "wrong position info in tsvector: \"" + text + "\"");
        }
        Weight weight = at < text.length() ? weight(text.charAt(at)) : null;
        if (weight != null) {
            at++;
        }
        vector.add(lexeme, position, weight == null ? Weight.D : weight);
    }

    private static @Nullable Weight weight(char letter) {
        return switch (letter) {
            case 'A', 'a', '*' -> Weight.A;
            case 'B', 'b' -> Weight.B;
            case 'C', 'c' -> Weight.C;
            case 'D', 'd' -> Weight.D;
            default -> null;
        };
    }

    private KadeException malformed() {
        return KadeException.of(ErrorCode.SYNTAX_ERROR, "syntax error in tsvector: \"" + text + "\"");
    }
}
