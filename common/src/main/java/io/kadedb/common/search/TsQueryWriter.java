package io.kadedb.common.search;

import io.kadedb.common.search.TsQuery.And;
import io.kadedb.common.search.TsQuery.Lexeme;
import io.kadedb.common.search.TsQuery.Not;
import io.kadedb.common.search.TsQuery.Nothing;
import io.kadedb.common.search.TsQuery.Or;
import io.kadedb.common.search.TsQuery.Phrase;
import io.kadedb.common.search.TsVector.Weight;
import java.util.Comparator;

/** Writes queries with the parentheses that PostgreSQL writes. */
final class TsQueryWriter {
    private static final int OR = 1;
    private static final int AND = 2;
    private static final int PHRASE = 3;
    private static final int NOT = 4;

    private final StringBuilder out = new StringBuilder();

    private TsQueryWriter() {}

    static String text(TsQuery query) {
        TsQueryWriter writer = new TsQueryWriter();
        writer.write(query, 0, false);
        return writer.out.toString();
    }

    /** @param rightOfPhrase whether it is the second part of a phrase */
    private void write(TsQuery query, int outer, boolean rightOfPhrase) {
        switch (query) {
            case Nothing _ -> {}
            case Lexeme lexeme -> lexeme(lexeme);
            case Not not -> {
                open(NOT < outer);
                out.append('!');
                write(not.query(), NOT, false);
                close(NOT < outer);
            }
            case And and -> binary(and.left(), " & ", and.right(), AND, AND < outer);
            case Or or -> binary(or.left(), " | ", or.right(), OR, OR < outer);
            case Phrase phrase ->
                binary(
                        phrase.left(),
                        phrase.distance() == 1 ? " <-> " : " <" + phrase.distance() + "> ",
                        phrase.right(),
                        PHRASE,
                        PHRASE < outer || rightOfPhrase);
        }
    }

    private void binary(TsQuery left, String operator, TsQuery right, int priority, boolean parentheses) {
        open(parentheses);
        write(left, priority, false);
        out.append(operator);
        write(right, priority, priority == PHRASE);
        close(parentheses);
    }

    private void lexeme(Lexeme lexeme) {
        out.append(TsVector.quoted(lexeme.text()));
        if (lexeme.prefix() || !lexeme.weights().isEmpty()) {
            out.append(':');
        }
        if (lexeme.prefix()) {
            out.append('*');
        }
        lexeme.weights().stream().sorted(Comparator.<Weight>reverseOrder()).forEach(out::append);
    }

    private void open(boolean parentheses) {
        out.append(parentheses ? "( " : "");
    }

    private void close(boolean parentheses) {
        out.append(parentheses ? " )" : "");
    }
}
