package io.kadedb.executor.search;

import io.kadedb.common.search.TsMatch;
import io.kadedb.common.search.TsQuery;
import io.kadedb.common.search.TsQuery.Lexeme;
import io.kadedb.common.search.TsVector;
import io.kadedb.common.search.TsVector.Position;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * How well a text is what a query looks for, by how near to each other the words stand that meet it: as PostgreSQL's {@code
 * ts_rank_cd} computes it, after Clarke, Cormack and Tudhope, "Relevance Ranking for One to Three Term Queries". Words without
 * places do not count.
 */
public final class CoverDensity {
    private final TsQuery query;
    private final List<Place> places;
    /** Where the search for the next cover begins. */
    private int from;

    private CoverDensity(TsQuery query, List<Place> places) {
        this.query = query;
        this.places = places;
    }

    /** A place of a word that the query names. */
    private record Place(String lexeme, Position position) {
        int at() {
            return position.at();
        }
    }

    /** A shortest run of places that meets the query, by their numbers. */
    private record Cover(int first, int last) {}

    /**
     * The rank.
     *
     * @param weights of places of weight D, C, B and A
     * @param normalization bits: 1 and 2 by the length of the text, 4 by the distance of covers, 8 and 16 by its distinct words,
     *     32 by itself
     */
    public static float of(TsVector vector, TsQuery query, List<Float> weights, int normalization) {
        CoverDensity covers = new CoverDensity(query, places(vector, query));
        double rank = 0;
        double near = 0;
        double before = 0;
        int count = 0;
        for (Optional<Cover> next = covers.next(); next.isPresent(); next = covers.next()) {
            Cover cover = next.get();
            double inverse = 0;
            for (Place place : covers.places.subList(cover.first, cover.last + 1)) {
                inverse += 1.0 / weights.get(TextRank.number(place.position.weight()));
            }
            int begin = covers.places.get(cover.first).at();
            int end = covers.places.get(cover.last).at();
            int words = cover.last - cover.first;
            int others = end - begin - words < 0 ? words / 2 : end - begin - words;
            rank += (words + 1) / inverse / (1 + others);
            double middle = (end + begin) / 2.0;
            if (count > 0 && middle > before) {
                near += 1.0 / (middle - before);
            }
            before = middle;
            count++;
        }
        return (float) normalized(rank, vector, normalization, count > 0 && near > 0 ? count / near : 1);
    }

    private static double normalized(double rank, TsVector vector, int normalization, double distance) {
        double result = rank;
        if (vector.size() > 0) {
            result /= (normalization & 1) == 0 ? 1 : Math.log(vector.places() + 1.0);
            result /= (normalization & 2) == 0 ? 1 : vector.places();
        }
        result /= (normalization & 4) == 0 ? 1 : distance;
        if (vector.size() > 0) {
            result /= (normalization & 8) == 0 ? 1 : vector.size();
            result /= (normalization & 16) == 0 ? 1 : Math.log(vector.size() + 1.0) / Math.log(2);
        }
        return (normalization & 32) == 0 ? result : result / (result + 1);
    }

    private static List<Place> places(TsVector vector, TsQuery query) {
        TreeSet<Place> places =
                new TreeSet<>(Comparator.comparing(Place::position).thenComparing(Place::lexeme));
        for (Lexeme wanted : query.lexemes()) {
            for (Map.Entry<String, List<Position>> entry :
                    vector.lexemes().tailMap(wanted.text()).entrySet()) {
                boolean found = wanted.prefix()
                        ? entry.getKey().startsWith(wanted.text())
                        : entry.getKey().equals(wanted.text());
                if (!found) {
                    break;
                }
                for (Position position : entry.getValue()) {
                    if (wanted.weights().isEmpty() || wanted.weights().contains(position.weight())) {
                        places.add(new Place(entry.getKey(), position));
                    }
                }
            }
        }
        return new ArrayList<>(places);
    }

    private Optional<Cover> next() {
        while (from < places.size()) {
            TsVector.Builder seen = new TsVector.Builder();
            int last = from;
            while (last < places.size() && !meets(seen, last)) {
                last++;
            }
            if (last == places.size()) {
                return Optional.empty();
            }
            seen = new TsVector.Builder();
            int first = last;
            while (first >= from && !meets(seen, first)) {
                first--;
            }
            if (first >= from) {
                from = first + 1;
                return Optional.of(new Cover(first, last));
            }
            from++;
        }
        return Optional.empty();
    }

    /** Whether the words seen meet the query with one more. */
    private boolean meets(TsVector.Builder seen, int place) {
        Place added = places.get(place);
        seen.add(added.lexeme, added.at(), added.position.weight());
        return TsMatch.matches(seen.build(), query);
    }
}
