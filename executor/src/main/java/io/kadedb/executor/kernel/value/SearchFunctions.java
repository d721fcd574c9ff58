package io.kadedb.executor.kernel.value;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.inverted.Trigrams;
import io.kadedb.common.json.Jsonb;
import io.kadedb.common.search.TsMatch;
import io.kadedb.common.search.TsQuery;
import io.kadedb.common.search.TsVector;
import io.kadedb.common.search.TsVector.Weight;
import io.kadedb.common.type.ArrayBytes;
import io.kadedb.common.type.ArrayValue;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.executor.search.CoverDensity;
import io.kadedb.executor.search.TextAnalysis;
import io.kadedb.executor.search.TextConfiguration;
import io.kadedb.executor.search.TextRank;
import io.kadedb.planner.physical.ScalarFunction;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The functions of full text search. */
final class SearchFunctions {
    private SearchFunctions() {}

    static @Nullable RowFunction bind(ScalarFunction function, List<SqlType> args, SqlType result) {
        return switch (function) {
            case TO_TSVECTOR ->
                args.getLast().id() == TypeId.JSONB
                        ? values -> analysis(values)
                                .vectorOf(Jsonb.of((ByteBuffer) Args.value(values, values.length - 1)))
                                .toString()
                        : values -> analysis(values).vector(last(values)).toString();
            case TO_TSQUERY -> query(TextAnalysis::query);
            case PLAINTO_TSQUERY -> query(TextAnalysis::plain);
            case PHRASETO_TSQUERY -> query(TextAnalysis::phrase);
            case WEBSEARCH_TO_TSQUERY -> query(TextAnalysis::web);
            case TS_MATCH -> match(args);
            case TS_RANK -> rank(args, TextRank::of);
            case TS_RANK_CD -> rank(args, CoverDensity::of);
            case SIMILARITY -> values -> (double) Trigrams.similarity(Args.text(values, 0), Args.text(values, 1));
            case SHOW_TRGM ->
                values -> ArrayBytes.encode(
                        ArrayValue.of(List.copyOf(Trigrams.of(Args.text(values, 0)))), result.element());
            case SETWEIGHT ->
                values -> vector(values, 0)
                        .weighted(weight(Args.text(values, 1)), values.length > 2 ? lexemes(values, 2) : null)
                        .toString();
            case STRIP -> values -> vector(values, 0).stripped().toString();
            case TS_DELETE ->
                args.get(1).isArray()
                        ? values ->
                                vector(values, 0).without(lexemes(values, 1)).toString()
                        : values -> vector(values, 0)
                                .without(List.of(Args.text(values, 1)))
                                .toString();
            case TS_FILTER ->
                values -> vector(values, 0)
                        .filtered(lexemes(values, 1).stream()
                                .map(SearchFunctions::weight)
                                .toList())
                        .toString();
            case TSVECTOR_LENGTH -> values -> (long) vector(values, 0).size();
            case TSVECTOR_CONCAT ->
                values -> vector(values, 0).then(vector(values, 1)).toString();
            case TSVECTOR_TO_ARRAY ->
                values -> ArrayBytes.encode(
                        ArrayValue.of(
                                new ArrayList<>(vector(values, 0).lexemes().keySet())),
                        result.element());
            case ARRAY_TO_TSVECTOR ->
                values -> {
                    TsVector.Builder vector = new TsVector.Builder();
                    lexemes(values, 0).forEach(vector::add);
                    return vector.build().toString();
                };
            case TSQUERY_AND ->
                values -> TsQuery.and(query(values, 0), query(values, 1)).written();
            case TSQUERY_OR ->
                values -> TsQuery.or(query(values, 0), query(values, 1)).written();
            case TSQUERY_PHRASE ->
                values -> TsQuery.phrase(query(values, 0), query(values, 1), values.length > 2 ? distance(values) : 1)
                        .written();
            case NUMNODE -> values -> (long) query(values, 0).nodes();
            default -> null;
        };
    }

    /** By the configuration that is named before the last argument. */
    private static TextAnalysis analysis(@Nullable Object[] values) {
        return new TextAnalysis(
                values.length > 1 ? TextConfiguration.named(Args.text(values, 0)) : TextConfiguration.ENGLISH);
    }

    private static String last(@Nullable Object[] values) {
        return Args.text(values, values.length - 1);
    }

    private static RowFunction query(BiFunction<TextAnalysis, String, TsQuery> made) {
        return values -> made.apply(analysis(values), last(values)).written();
    }

    private static TsVector vector(@Nullable Object[] values, int index) {
        return TsVector.parse(Args.text(values, index));
    }

    private static TsQuery query(@Nullable Object[] values, int index) {
        return TsQuery.parse(Args.text(values, index));
    }

    private static RowFunction match(List<SqlType> args) {
        if (args.get(0).id() == TypeId.TSQUERY) {
            return values -> TsMatch.matches(vector(values, 1), query(values, 0));
        }
        if (args.get(0).id() == TypeId.TSVECTOR) {
            return values -> TsMatch.matches(vector(values, 0), query(values, 1));
        }
        boolean plain = args.get(1).isText();
        return values -> {
            TextAnalysis english = new TextAnalysis(TextConfiguration.ENGLISH);
            TsQuery query = plain ? english.plain(Args.text(values, 1)) : query(values, 1);
            return TsMatch.matches(english.vector(Args.text(values, 0)), query);
        };
    }

    /** Ranks a text by a query, with weights of places and a normalization. */
    private interface Rank {
        float of(TsVector vector, TsQuery query, List<Float> weights, int normalization);
    }

    private static RowFunction rank(List<SqlType> args, Rank rank) {
        int first = args.getFirst().isArray() ? 1 : 0;
        return values -> {
            int normalization = values.length > first + 2 ? Args.integer(values, first + 2) : 0;
            return (double) rank.of(
                    vector(values, first),
                    query(values, first + 1),
                    first == 0 ? TextRank.WEIGHTS : weights(values, args.getFirst()),
                    normalization);
        };
    }

    private static List<Float> weights(@Nullable Object[] values, SqlType type) {
        ArrayValue array = ArrayBytes.decode((ByteBuffer) Args.value(values, 0), type.element());
        if (array.size() < TextRank.WEIGHTS.size()) {
            throw KadeException.of(ErrorCode.ARRAY_SUBSCRIPT_ERROR, "array of weight is too short");
        }
        if (array.hasNull()) {
            throw Failures.invalidParameter("array of weight must not contain nulls");
        }
        List<Float> weights = new ArrayList<>();
        for (int i = 0; i < TextRank.WEIGHTS.size(); i++) {
            float weight = ((Number) Args.value(array.elements().toArray(), i)).floatValue();
            if (weight > 1) {
                throw Failures.invalidParameter("weight out of range");
            }
            weights.add(weight < 0 ? TextRank.WEIGHTS.get(i) : weight);
        }
        return weights;
    }

    private static Weight weight(String written) {
        return switch (written) {
            case "A", "a" -> Weight.A;
            case "B", "b" -> Weight.B;
            case "C", "c" -> Weight.C;
            case "D", "d" -> Weight.D;
            default -> throw Failures.invalidParameter("unrecognized weight: \"" + written + "\"");
        };
    }

    private static List<String> lexemes(@Nullable Object[] values, int index) {
        ArrayValue array = ArrayBytes.decode((ByteBuffer) Args.value(values, index), SqlType.TEXT);
        List<String> lexemes = new ArrayList<>();
        for (Object element : array.elements()) {
            if (!(element instanceof String lexeme)) {
                throw KadeException.of(ErrorCode.NULL_VALUE_NOT_ALLOWED, "lexeme array may not contain nulls");
            }
            lexemes.add(lexeme);
        }
        return lexemes;
    }

    private static int distance(@Nullable Object[] values) {
        int distance = Args.integer(values, 2);
        if (distance < 0 || distance > TsQuery.MAX_DISTANCE) {
            throw Failures.invalidParameter("distance in phrase operator must be an integer value between zero and "
                    + TsQuery.MAX_DISTANCE + " inclusive");
        }
        return distance;
    }
}
