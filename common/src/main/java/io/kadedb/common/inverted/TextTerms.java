package io.kadedb.common.inverted;

import io.kadedb.common.inverted.Terms.TermSink;
import io.kadedb.common.search.TsQuery;
import io.kadedb.common.search.TsVector;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The terms of texts: their lexemes. */
final class TextTerms {
    private static final char LEXEME = 'l';

    private TextTerms() {}

    static void addOf(String vector, TermSink sink) {
        TsVector.parse(vector)
                .lexemes()
                .keySet()
                .forEach(lexeme -> sink.add(LEXEME, lexeme.getBytes(StandardCharsets.UTF_8)));
    }

    /** What is not there, and where what is there stands, is left to the condition. */
    static TermQuery query(int part, TsQuery query) {
        return switch (query) {
            case TsQuery.Nothing _ -> TermQuery.none();
            case TsQuery.Lexeme lexeme -> lexeme(part, lexeme);
            case TsQuery.Not _ -> TermQuery.all();
            case TsQuery.And and -> both(part, and.left(), and.right());
            case TsQuery.Phrase phrase -> both(part, phrase.left(), phrase.right());
            case TsQuery.Or or -> new TermQuery.Or(List.of(query(part, or.left()), query(part, or.right())));
        };
    }

    private static TermQuery both(int part, TsQuery left, TsQuery right) {
        return new TermQuery.And(List.of(query(part, left), query(part, right)));
    }

    private static TermQuery lexeme(int part, TsQuery.Lexeme lexeme) {
        byte[] bytes = lexeme.text().getBytes(StandardCharsets.UTF_8);
        return lexeme.prefix()
                ? new TermQuery.Prefix(Terms.prefix(part, LEXEME, bytes))
                : new TermQuery.Term(Terms.term(part, LEXEME, bytes, 0, bytes.length));
    }
}
