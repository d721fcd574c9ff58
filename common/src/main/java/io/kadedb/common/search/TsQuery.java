package io.kadedb.common.search;

import io.kadedb.common.search.TsVector.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A value of type tsquery: what is looked for in a text. Its text is what it is stored as. */
public sealed interface TsQuery {
    /** Lexemes between two that a phrase may have, at most. */
    int MAX_DISTANCE = 16_384;
    /** Levels that a query may have. */
    int MAX_DEPTH = 1_000;

    /** Looks for nothing, and finds none. */
    record Nothing() implements TsQuery {}

    /**
     * A lexeme.
     *
     * @param prefix whether lexemes that begin with it count
     * @param weights it must have one of; all if empty
     */
    record Lexeme(String text, boolean prefix, List<Weight> weights) implements TsQuery {
        public Lexeme {
            weights = List.copyOf(weights);
        }
    }

    /** What is not there. */
    record Not(TsQuery query) implements TsQuery {}

    /** Both. */
    record And(TsQuery left, TsQuery right) implements TsQuery {}

    /** One at least. */
    record Or(TsQuery left, TsQuery right) implements TsQuery {}

    /** The right one so many places behind the left one. */
    record Phrase(TsQuery left, TsQuery right, int distance) implements TsQuery {}

    /**
     * Reads the text of a query, whose lexemes are taken as they are written.
     *
     * @throws io.kadedb.common.error.KadeException 42601, 54001
     */
    static TsQuery parse(String text) {
        return new TsQueryReader(text, lexeme -> lexeme).read();
    }

    /**
     * Reads what people write, whose words become lexemes.
     *
     * @param words what becomes of a word; null for a query without it
     */
    static TsQuery parse(String text, Function<Lexeme, @Nullable TsQuery> words) {
        return StopWords.without(new TsQueryReader(text, words).read());
    }

    /** A query without what stands for stop words, which keep their places in phrases. */
    static TsQuery withoutStopWords(TsQuery query) {
        return StopWords.without(query);
    }

    /** Its lexemes, in the order in which they are written. */
    default List<Lexeme> lexemes() {
        List<Lexeme> found = new ArrayList<>();
        collect(this, found);
        return found;
    }

    private static void collect(TsQuery query, List<Lexeme> found) {
        switch (query) {
            case Nothing _ -> {}
            case Lexeme lexeme -> found.add(lexeme);
            case Not not -> collect(not.query, found);
            case And and -> {
                collect(and.left, found);
                collect(and.right, found);
            }
            case Or or -> {
                collect(or.left, found);
                collect(or.right, found);
            }
            case Phrase phrase -> {
                collect(phrase.left, found);
                collect(phrase.right, found);
            }
        }
    }

    /** How many lexemes and operators it has. */
    default int nodes() {
        return switch (this) {
            case Nothing _ -> 0;
            case Lexeme _ -> 1;
            case Not not -> 1 + not.query.nodes();
            case And and -> 1 + and.left.nodes() + and.right.nodes();
            case Or or -> 1 + or.left.nodes() + or.right.nodes();
            case Phrase phrase -> 1 + phrase.left.nodes() + phrase.right.nodes();
        };
    }

    /** Both queries, of which one may be for nothing and does not count then. */
    static TsQuery and(TsQuery left, TsQuery right) {
        return joined(left, right, both -> new And(left, right));
    }

    /** One of both queries. */
    static TsQuery or(TsQuery left, TsQuery right) {
        return joined(left, right, both -> new Or(left, right));
    }

    /** One query behind the other. */
    static TsQuery phrase(TsQuery left, TsQuery right, int distance) {
        return joined(left, right, both -> new Phrase(left, right, distance));
    }

    /** The opposite of a query. */
    static TsQuery not(TsQuery query) {
        return query instanceof Nothing ? query : new Not(query);
    }

    private static TsQuery joined(TsQuery left, TsQuery right, UnaryOperator<TsQuery> both) {
        if (left instanceof Nothing) {
            return right;
        }
        return right instanceof Nothing ? left : both.apply(left);
    }

    /** Its text, as PostgreSQL shows it. */
    default String written() {
        return TsQueryWriter.text(this);
    }
}
