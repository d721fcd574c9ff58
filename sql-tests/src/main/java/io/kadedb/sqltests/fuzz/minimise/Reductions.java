package io.kadedb.sqltests.fuzz.minimise;

import io.kadedb.sqltests.fuzz.sql.Kind;
import io.kadedb.sqltests.fuzz.sql.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The ways to make a part smaller by one step, those that take most away first. */
final class Reductions {
    private Reductions() {}

    /** Smaller parts, made as they are asked for. */
    static Stream<Part> of(Part part) {
        return Stream.concat(here(part), within(part));
    }

    private static Stream<Part> within(Part part) {
        List<Part> children = part.children();
        return IntStream.range(0, children.size())
                .boxed()
                .flatMap(i -> of(children.get(i)).map(child -> {
                    List<Part> changed = new ArrayList<>(children);
                    changed.set(i, child);
                    return part.with(changed);
                }));
    }

    private static Stream<Part> here(Part part) {
        return switch (part) {
            case Part.Clause clause -> clause.parts().isEmpty() ? Stream.empty() : Stream.of(Part.none());
            case Part.Items items -> shorter(items);
            case Part.Query query ->
                Stream.concat(
                        inner(query, Part.Query.class)
                                .filter(inner -> inner.kinds().equals(query.kinds())),
                        narrower(query));
            case Part.Relation relation -> inner(relation, Part.Relation.class).map(inner -> inner);
            case Part.Value value -> simpler(value);
            case Part.Group g -> Stream.empty();
            case Part.Word w -> Stream.empty();
            case Part.Own o -> Stream.empty();
            case Part.Mark m -> Stream.empty();
            case Part.TypeName t -> Stream.empty();
            case Part.Literal l -> Stream.empty();
            case Part.Null n -> Stream.empty();
        };
    }

    /** Without halves, quarters and so on of the items: the scheme of ddmin. */
    private static Stream<Part> shorter(Part.Items items) {
        int size = items.items().size();
        List<Part> found = new ArrayList<>();
        for (int length = size / 2; length >= 1; length /= 2) {
            for (int start = 0; start + length <= size; start += length) {
                if (size - length >= items.least()) {
                    List<Part> rest = new ArrayList<>(items.items().subList(0, start));
                    rest.addAll(items.items().subList(start + length, size));
                    found.add(new Part.Items(items.separator(), items.least(), rest));
                }
            }
        }
        return found.stream();
    }

    /** A set operation with one column less on all sides: their select lists are the first lists of each query. */
    private static Stream<Part> narrower(Part.Query query) {
        List<Part.Query> sides = query.parts().stream()
                .filter(Part.Query.class::isInstance)
                .map(Part.Query.class::cast)
                .toList();
        if (sides.size() < 2 || query.kinds().size() < 2) {
            return Stream.empty();
        }
        return IntStream.range(0, query.kinds().size())
                .mapToObj(column -> without(query, column))
                .flatMap(Optional::stream);
    }

    private static Optional<Part> without(Part.Query query, int column) {
        List<Kind> kinds = new ArrayList<>(query.kinds());
        kinds.remove(column);
        List<Part> parts = new ArrayList<>();
        boolean cut = false;
        for (Part part : query.parts()) {
            if (part instanceof Part.Query side) {
                Optional<Part> narrow = without(side, column);
                if (narrow.isEmpty()) {
                    return Optional.empty();
                }
                parts.add(narrow.get());
                cut = true;
            } else if (!cut
                    && part instanceof Part.Items items
                    && items.items().size() == query.kinds().size()) {
                List<Part> rest = new ArrayList<>(items.items());
                rest.remove(column);
                parts.add(new Part.Items(items.separator(), items.least(), rest));
                cut = true;
            } else {
                parts.add(part);
            }
        }
        return cut ? Optional.of(new Part.Query(kinds, parts)) : Optional.empty();
    }

    private static Stream<Part> simpler(Part.Value value) {
        if (value.parts().size() == 1 && !(value.parts().getFirst() instanceof Part.Value)) {
            return value.parts().getFirst() instanceof Part.Word ? constants(value.kind()) : Stream.empty();
        }
        return Stream.concat(
                constants(value.kind()),
                inner(value, Part.Value.class)
                        .filter(inner -> inner.kind() == value.kind())
                        .map(inner -> inner));
    }

    private static Stream<Part> constants(Kind kind) {
        return switch (kind) {
            case BOOLEAN -> Stream.of(literal(kind, "true"), literal(kind, "false"));
            case SMALLINT, INTEGER, BIGINT, NUMERIC, RATIO, REAL, DOUBLE -> Stream.of(literal(kind, "1"));
            case TEXT, VARCHAR, CHAR -> Stream.of(literal(kind, "a"));
            case DATE -> Stream.of(literal(kind, "2024-01-01"));
            case TIMESTAMP -> Stream.of(literal(kind, "2024-01-01 00:00:00"));
            case TIME -> Stream.of(literal(kind, "00:00:00"));
            case TIMESTAMPTZ -> Stream.of(literal(kind, "2024-01-01 00:00:00+00"));
            case INTERVAL -> Stream.of(literal(kind, "1 day"));
            case JSON, JSONB -> Stream.of(literal(kind, "1"));
            case INTEGER_ARRAY, TEXT_ARRAY -> Stream.of(literal(kind, "{}"));
            case BYTEA, UUID -> Stream.empty();
        };
    }

    private static Part literal(Kind kind, String text) {
        return Part.value(kind, new Part.Literal(kind, text));
    }

    /** The outermost parts of a type below a part. */
    private static <T extends Part> Stream<T> inner(Part part, Class<T> type) {
        return part.children().stream()
                .flatMap(child -> type.isInstance(child) ? Stream.of(type.cast(child)) : inner(child, type));
    }
}
