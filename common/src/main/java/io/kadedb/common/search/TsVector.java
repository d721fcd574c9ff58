package io.kadedb.common.search;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A value of type tsvector: lexemes in the order of their bytes, with the places where they stand in a text. Its text is
 * what it is stored as, and is the same for equal values.
 */
public final class TsVector {
    /** The greatest position; what stands further behind is given this one. */
    public static final int MAX_POSITION = 16_383;
    /** Positions that are kept of a lexeme. */
    static final int MAX_POSITIONS = 255;

    /** Strings by their UTF-8. */
    static final Comparator<String> ORDER =
            (a, b) -> Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

    /** The weights that positions have, the least first. */
    public enum Weight {
        D,
        C,
        B,
        A
    }

    /**
     * A place in a text.
     *
     * @param at from 1 to {@link #MAX_POSITION}
     */
    public record Position(int at, Weight weight) implements Comparable<Position> {
        @Override
        public int compareTo(Position other) {
            return Integer.compare(at, other.at);
        }
    }

    private final NavigableMap<String, List<Position>> lexemes;

    private TsVector(NavigableMap<String, List<Position>> lexemes) {
        this.lexemes = lexemes;
    }

    /** Gathers lexemes. */
    public static final class Builder {
        private final TreeMap<String, TreeMap<Integer, Weight>> lexemes = new TreeMap<>(ORDER);

        /** Adds a lexeme without a place. */
        public Builder add(String lexeme) {
            lexemes.computeIfAbsent(lexeme, ignored -> new TreeMap<>());
            return this;
        }

        /** Adds a lexeme at a place, where the greatest weight counts. */
        public Builder add(String lexeme, int at, Weight weight) {
            lexemes.computeIfAbsent(lexeme, ignored -> new TreeMap<>())
                    .merge(Math.min(at, MAX_POSITION), weight, (a, b) -> a.compareTo(b) > 0 ? a : b);
            return this;
        }

        Builder addAll(String lexeme, List<Position> positions, int shift) {
            add(lexeme);
            positions.forEach(position -> add(lexeme, position.at + shift, position.weight));
            return this;
        }

        public TsVector build() {
            TreeMap<String, List<Position>> built = new TreeMap<>(ORDER);
            lexemes.forEach((lexeme, positions) -> built.put(
                    lexeme,
                    positions.entrySet().stream()
                            .limit(MAX_POSITIONS)
                            .map(entry -> new Position(entry.getKey(), entry.getValue()))
                            .toList()));
            return new TsVector(built);
        }
    }

    /**
     * Reads its text.
     *
     * @throws io.kadedb.common.error.KadeException 42601
     */
    public static TsVector parse(String text) {
        return new TsVectorReader(text).read();
    }

    /** The lexemes with their places, which may be none. */
    public SortedMap<String, List<Position>> lexemes() {
        return java.util.Collections.unmodifiableSortedMap(lexemes);
    }

    /** The places of each lexeme that a query's lexeme means, whatever their weights. */
    public List<List<Position>> positions(TsQuery.Lexeme wanted) {
        if (!wanted.prefix()) {
            List<Position> positions = lexemes.get(wanted.text());
            return positions == null ? List.of() : List.of(positions);
        }
        List<List<Position>> found = new ArrayList<>();
        for (Map.Entry<String, List<Position>> entry :
                lexemes.tailMap(wanted.text()).entrySet()) {
            if (!entry.getKey().startsWith(wanted.text())) {
                break;
            }
            found.add(entry.getValue());
        }
        return found;
    }

    public int size() {
        return lexemes.size();
    }

    /** How many places there are; a lexeme without one counts once. */
    public int places() {
        return lexemes.values().stream()
                .mapToInt(each -> Math.max(1, each.size()))
                .sum();
    }

    /** The text of this followed by that of another. */
    public TsVector then(TsVector other) {
        int last = lexemes.values().stream()
                .flatMap(List::stream)
                .mapToInt(Position::at)
                .max()
                .orElse(0);
        Builder both = new Builder();
        lexemes.forEach((lexeme, positions) -> both.addAll(lexeme, positions, 0));
        other.lexemes.forEach((lexeme, positions) -> both.addAll(lexeme, positions, last));
        return both.build();
    }

    /** The same with another weight at all places, or at those of some lexemes. */
    public TsVector weighted(Weight weight, @Nullable List<String> of) {
        TreeMap<String, List<Position>> changed = new TreeMap<>(lexemes);
        TreeSet<String> chosen = of == null ? null : new TreeSet<>(of);
        changed.replaceAll((lexeme, positions) -> chosen != null && !chosen.contains(lexeme)
                ? positions
                : positions.stream()
                        .map(position -> new Position(position.at, weight))
                        .toList());
        return new TsVector(changed);
    }

    /** The same without places. */
    public TsVector stripped() {
        TreeMap<String, List<Position>> bare = new TreeMap<>(lexemes);
        bare.replaceAll((lexeme, positions) -> List.of());
        return new TsVector(bare);
    }

    /** The same without some lexemes. */
    public TsVector without(List<String> dropped) {
        TreeMap<String, List<Position>> rest = new TreeMap<>(lexemes);
        dropped.forEach(rest::remove);
        return new TsVector(rest);
    }

    /** The same with places of some weights only. */
    public TsVector filtered(List<Weight> kept) {
        Builder rest = new Builder();
        lexemes.forEach((lexeme, positions) -> {
            for (Position position : positions) {
                if (kept.contains(position.weight)) {
                    rest.add(lexeme, position.at, position.weight);
                }
            }
        });
        return rest.build();
    }

    /** Its text, as PostgreSQL shows it. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        lexemes.forEach((lexeme, positions) -> parts.add(quoted(lexeme)
                + (positions.isEmpty()
                        ? ""
                        : positions.stream()
                                .map(position ->
                                        position.at + (position.weight == Weight.D ? "" : position.weight.name()))
                                .collect(Collectors.joining(",", ":", "")))));
        return String.join(" ", parts);
    }

    static String quoted(String lexeme) {
        return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'";
    }
}
