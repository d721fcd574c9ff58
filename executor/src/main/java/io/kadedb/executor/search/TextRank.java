package io.kadedb.executor.search;

import io.kadedb.common.search.TsQuery;
import io.kadedb.common.search.TsQuery.Lexeme;
import io.kadedb.common.search.TsVector;
import io.kadedb.common.search.TsVector.Position;
import io.kadedb.common.search.TsVector.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * How well a text is what a query looks for: by how often and how near to each other its words stand, as PostgreSQL's
 * {@code ts_rank} computes it, in single precision.
 */
public final class TextRank {
    /** Of D, C, B and A. */
    public static final List<Float> WEIGHTS = List.of(0.1f, 0.2f, 0.4f, 1.0f);

    private static final double PI_SQUARED_BY_6 = 1.64493406685;
    /** Farther than any two places. */
    private static final int MAX_DISTANCE = TsVector.MAX_POSITION + 1;

    private final TsVector vector;
    private final List<Float> weights;

    private TextRank(TsVector vector, List<Float> weights) {
        this.vector = vector;
        this.weights = weights;
    }

    /**
     * The rank.
     *
     * @param weights of places of weight D, C, B and A
     * @param normalization bits: 1 and 2 by the length of the text, 8 and 16 by its distinct words, 32 by itself
     */
    public static float of(TsVector vector, TsQuery query, List<Float> weights, int normalization) {
        TreeMap<String, Lexeme> distinct = new TreeMap<>();
        query.lexemes().forEach(lexeme -> distinct.putIfAbsent(lexeme.text(), lexeme));
        if (vector.size() == 0 || distinct.isEmpty()) {
            return 0;
        }
        TextRank rank = new TextRank(vector, weights);
        List<Lexeme> lexemes = List.copyOf(distinct.values());
        boolean near = (query instanceof TsQuery.And || query instanceof TsQuery.Phrase) && lexemes.size() > 1;
        float found = near ? rank.together(lexemes) : rank.apart(lexemes);
        return normalized(found < 0 ? 1e-20f : found, vector, normalization);
    }

    private static float normalized(float rank, TsVector vector, int normalization) {
        float result = rank;
        if ((normalization & 1) != 0) {
            result = (float) (result / (Math.log(vector.places() + 1.0) / Math.log(2)));
        }
        if ((normalization & 2) != 0) {
            result /= vector.places();
        }
        if ((normalization & 8) != 0) {
            result /= vector.size();
        }
        if ((normalization & 16) != 0) {
            result = (float) (result / (Math.log(vector.size() + 1.0) / Math.log(2)));
        }
        return (normalization & 32) != 0 ? result / (result + 1) : result;
    }

    private float weight(Position position) {
        return weights.get(number(position.weight()));
    }

    /** The place of a weight among {@link #WEIGHTS}. */
    static int number(Weight weight) {
        return switch (weight) {
            case D -> 0;
            case C -> 1;
            case B -> 2;
            case A -> 3;
        };
    }

    private float apart(List<Lexeme> lexemes) {
        float rank = 0;
        for (Lexeme lexeme : lexemes) {
            for (List<Position> found : vector.positions(lexeme)) {
                List<Position> places = found.isEmpty() ? List.of(new Position(0, Weight.D)) : found;
                float sum = 0;
                float most = -1;
                int mostAt = 0;
                for (int i = 0; i < places.size(); i++) {
                    float weight = weight(places.get(i));
                    sum += weight / ((i + 1) * (i + 1));
                    if (weight > most) {
                        most = weight;
                        mostAt = i;
                    }
                }
                rank = (float) (rank + (most + sum - most / ((mostAt + 1) * (mostAt + 1))) / PI_SQUARED_BY_6);
            }
        }
        return rank / lexemes.size();
    }

    /** Places of a word; those of one that has none are unknown. */
    private record Places(List<Position> positions, boolean unknown) {}

    private float together(List<Lexeme> lexemes) {
        float rank = -1;
        List<Places> before = new ArrayList<>();
        for (Lexeme lexeme : lexemes) {
            Places last = null;
            for (List<Position> found : vector.positions(lexeme)) {
                last = found.isEmpty()
                        ? new Places(List.of(new Position(TsVector.MAX_POSITION - 1, Weight.D)), true)
                        : new Places(found, false);
                for (Places other : before) {
                    rank = together(last, other, rank);
                }
            }
            if (last != null) {
                before.add(last);
            }
        }
        return rank;
    }

    private float together(Places a, Places b, float before) {
        float rank = before;
        for (Position one : a.positions) {
            for (Position other : b.positions) {
                int distance = Math.abs(one.at() - other.at());
                if (distance == 0 && !a.unknown && !b.unknown) {
                    continue;
                }
                float near = (float)
                        Math.sqrt(weight(one) * weight(other) * nearness(distance == 0 ? MAX_DISTANCE : distance));
                rank = rank < 0 ? near : (float) (1.0 - (1.0 - rank) * (1.0 - near));
            }
        }
        return rank;
    }

    private static float nearness(int distance) {
        return distance > 100 ? 1e-30f : (float) (1.0 / (1.005 + 0.05 * Math.exp(distance / 1.5f - 2)));
    }
}
