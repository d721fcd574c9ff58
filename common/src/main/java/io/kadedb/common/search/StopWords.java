package io.kadedb.common.search;

import io.kadedb.common.search.TsQuery.And;
import io.kadedb.common.search.TsQuery.Lexeme;
import io.kadedb.common.search.TsQuery.Not;
import io.kadedb.common.search.TsQuery.Nothing;
import io.kadedb.common.search.TsQuery.Or;
import io.kadedb.common.search.TsQuery.Phrase;
import org.jspecify.annotations.Nullable;

/**
 * Takes words that count for nothing out of a query. What stands around one in a phrase stays as far apart as it was
 * (PostgreSQL's {@code clean_stopword_intree}).
 */
final class StopWords {
    private StopWords() {}

    /** A query without stop words, or null, and by how much that moves its ends. */
    private record Cleaned(@Nullable TsQuery query, int left, int right) {}

    static TsQuery without(TsQuery query) {
        TsQuery rest = clean(query).query;
        return rest == null ? new Nothing() : rest;
    }

    private static Cleaned clean(TsQuery query) {
        return switch (query) {
            case Nothing _ -> new Cleaned(null, 0, 0);
            case Lexeme lexeme -> new Cleaned(lexeme, 0, 0);
            case Not not -> {
                Cleaned inner = clean(not.query());
                yield new Cleaned(inner.query == null ? null : new Not(inner.query), inner.left, inner.right);
            }
            case And and -> either(clean(and.left()), clean(and.right()), true);
            case Or or -> either(clean(or.left()), clean(or.right()), false);
            case Phrase phrase -> phrase(clean(phrase.left()), clean(phrase.right()), phrase.distance());
        };
    }

    private static Cleaned either(Cleaned left, Cleaned right, boolean and) {
        if (left.query == null && right.query == null) {
            int most = Math.max(left.left, right.left);
            return new Cleaned(null, most, most);
        }
        if (left.query == null) {
            return right;
        }
        if (right.query == null) {
            return left;
        }
        return new Cleaned(and ? new And(left.query, right.query) : new Or(left.query, right.query), 0, 0);
    }

    private static Cleaned phrase(Cleaned left, Cleaned right, int distance) {
        if (left.query == null && right.query == null) {
            int all = left.left + distance + right.left;
            return new Cleaned(null, all, all);
        }
        if (left.query == null) {
            return new Cleaned(right.query, left.left + distance + right.left, right.right);
        }
        if (right.query == null) {
            return new Cleaned(left.query, left.left, left.right + distance + right.right);
        }
        return new Cleaned(
                new Phrase(left.query, right.query, distance + left.right + right.left), left.left, right.right);
    }
}
