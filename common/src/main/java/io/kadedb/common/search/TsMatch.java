package io.kadedb.common.search;

import io.kadedb.common.search.TsQuery.And;
import io.kadedb.common.search.TsQuery.Lexeme;
import io.kadedb.common.search.TsQuery.Not;
import io.kadedb.common.search.TsQuery.Nothing;
import io.kadedb.common.search.TsQuery.Or;
import io.kadedb.common.search.TsQuery.Phrase;
import io.kadedb.common.search.TsVector.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Whether a text is what a query looks for. */
public final class TsMatch {
    private static final int BOTH = 1;
    private static final int LEFT = 2;
    private static final int RIGHT = 4;

    private final TsVector vector;

    private TsMatch(TsVector vector) {
        this.vector = vector;
    }

    public static boolean matches(TsVector vector, TsQuery query) {
        return new TsMatch(vector).is(query);
    }

    private boolean is(TsQuery query) {
        return switch (query) {
            case Nothing _ -> false;
            case Lexeme lexeme -> isThere(lexeme);
            case Not not -> !is(not.query());
            case And and -> is(and.left()) && is(and.right());
            case Or or -> is(or.left()) || is(or.right());
            case Phrase phrase -> places(phrase) != null;
        };
    }

    private boolean isThere(Lexeme lexeme) {
        return vector.positions(lexeme).stream()
                .anyMatch(positions -> lexeme.weights().isEmpty()
                        || positions.stream()
                                .anyMatch(position -> lexeme.weights().contains(position.weight())));
    }

    /**
     * Where a part of a phrase ends.
     *
     * @param at in ascending order
     * @param width how many places it begins before
     * @param negated whether it is everywhere but there
     */
    private record Places(List<Integer> at, int width, boolean negated) {}

    /** Null where it is nowhere. PostgreSQL's {@code TS_phrase_execute}. */
    private @Nullable Places places(TsQuery query) {
        return switch (query) {
            case Nothing _ -> null;
            case Lexeme lexeme -> {
                TreeSet<Integer> at = new TreeSet<>();
                for (List<Position> positions : vector.positions(lexeme)) {
                    for (Position position : positions) {
                        if (lexeme.weights().isEmpty() || lexeme.weights().contains(position.weight())) {
                            at.add(position.at());
                        }
                    }
                }
                yield at.isEmpty() ? null : new Places(List.copyOf(at), 0, false);
            }
            case Not not -> {
                Places inner = places(not.query());
                if (inner == null) {
                    yield new Places(List.of(), 0, true);
                }
                yield inner.at.isEmpty() ? null : new Places(inner.at, inner.width, !inner.negated);
            }
            case Phrase phrase -> {
                Places left = places(phrase.left());
                Places right = left == null ? null : places(phrase.right());
                yield left == null || right == null
                        ? null
                        : both(
                                left,
                                right,
                                phrase.distance() + right.width,
                                0,
                                phrase.distance() + left.width + right.width);
            }
            case And and -> {
                Places left = places(and.left());
                Places right = left == null ? null : places(and.right());
                if (left == null || right == null) {
                    yield null;
                }
                int width = Math.max(left.width, right.width);
                yield both(left, right, width - left.width, width - right.width, width);
            }
            case Or or -> either(places(or.left()), places(or.right()));
        };
    }

    private static @Nullable Places both(Places left, Places right, int leftBy, int rightBy, int width) {
        if (left.negated && right.negated) {
            return new Places(merged(left, right, leftBy, rightBy, BOTH | LEFT | RIGHT), width, true);
        }
        int wanted = left.negated ? RIGHT : right.negated ? LEFT : BOTH;
        List<Integer> at = merged(left, right, leftBy, rightBy, wanted);
        return at.isEmpty() ? null : new Places(at, width, false);
    }

    private static @Nullable Places either(@Nullable Places left, @Nullable Places right) {
        if (left == null && right == null) {
            return null;
        }
        Places nowhere = new Places(List.of(), 0, false);
        Places a = left == null ? nowhere : left;
        Places b = right == null ? nowhere : right;
        int width = Math.max(a.width, b.width);
        int leftBy = width - a.width;
        int rightBy = width - b.width;
        if (a.negated || b.negated) {
            int wanted = a.negated && b.negated ? BOTH : a.negated ? LEFT : RIGHT;
            return new Places(merged(a, b, leftBy, rightBy, wanted), width, true);
        }
        List<Integer> at = merged(a, b, leftBy, rightBy, BOTH | LEFT | RIGHT);
        return at.isEmpty() ? null : new Places(at, width, false);
    }

    /** The places of both, or of one of them alone, moved to where both end. */
    private static List<Integer> merged(Places left, Places right, int leftBy, int rightBy, int wanted) {
        List<Integer> merged = new ArrayList<>();
        int l = 0;
        int r = 0;
        while (l < left.at.size() || r < right.at.size()) {
            int a = l < left.at.size() ? left.at.get(l) + leftBy : Integer.MAX_VALUE;
            int b = r < right.at.size() ? right.at.get(r) + rightBy : Integer.MAX_VALUE;
            int place = Math.min(a, b);
            int which = a == b ? BOTH : a < b ? LEFT : RIGHT;
            if ((wanted & which) != 0) {
                merged.add(place);
            }
            l += a == place ? 1 : 0;
            r += b == place ? 1 : 0;
        }
        return merged;
    }
}
