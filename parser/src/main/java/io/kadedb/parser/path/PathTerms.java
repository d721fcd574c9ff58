package io.kadedb.parser.path;

import io.kadedb.common.inverted.JsonCondition;
import io.kadedb.common.inverted.TermOperator;
import java.util.ArrayList;
import java.util.List;

/**
 * What documents have in which a path finds something ({@code @?}), or whose predicate is true ({@code @@}). Arrays are passed
 * through in both modes, since what is found is asked again.
 */
public final class PathTerms {
    private PathTerms() {}

    /** The right operand of an operator as an index takes it: of a path what it seeks. */
    public static Object sought(TermOperator operator, Object operand) {
        return switch (operator) {
            case PATH_EXISTS -> exists(JsonPath.parse((String) operand));
            case PATH_MATCHES -> matches(JsonPath.parse((String) operand));
            default -> operand;
        };
    }

    /** Where a part of a path is in the document. */
    private record Place(List<String> keys, boolean exact, boolean known) {
        private static final Place ROOT = new Place(List.of(), true, true);
        private static final Place UNKNOWN = new Place(List.of(), false, false);

        Place member(String key) {
            List<String> longer = new ArrayList<>(keys);
            longer.add(key);
            return known ? new Place(longer, exact, true) : UNKNOWN;
        }

        Place anywhere() {
            return new Place(keys, false, known);
        }

        JsonCondition there() {
            return new JsonCondition.Keys(keys);
        }
    }

    /** A place that a path leads to, and what has to hold on the way. */
    private record Way(Place place, List<JsonCondition> filters, boolean isValue) {
        JsonCondition there() {
            List<JsonCondition> all = new ArrayList<>(filters);
            all.add(place.there());
            return new JsonCondition.All(all);
        }
    }

    /** What a document has in which the path finds an item. */
    public static JsonCondition exists(JsonPath path) {
        return path.root() instanceof PathNode.Predicate ? JsonCondition.always() : there(path.root(), Place.ROOT);
    }

    /** What a document has for which the path's predicate is true. */
    public static JsonCondition matches(JsonPath path) {
        return path.root() instanceof PathNode.Predicate predicate
                ? holds(predicate, Place.ROOT)
                : there(path.root(), Place.ROOT);
    }

    /** @param current what {@code @} is */
    private static JsonCondition holds(PathNode.Predicate predicate, Place current) {
        return switch (predicate) {
            case PathNode.Both both ->
                new JsonCondition.All(List.of(holds(both.left(), current), holds(both.right(), current)));
            case PathNode.Either either ->
                new JsonCondition.Any(List.of(holds(either.left(), current), holds(either.right(), current)));
            case PathNode.Not not -> JsonCondition.always();
            case PathNode.IsUnknown unknown -> JsonCondition.always();
            case PathNode.Exists exists -> there(exists.operand(), current);
            case PathNode.StartsWith starts -> there(starts.operand(), current);
            case PathNode.LikeRegex like -> there(like.operand(), current);
            case PathNode.Comparison comparison -> compared(comparison, current);
        };
    }

    private static JsonCondition compared(PathNode.Comparison comparison, Place current) {
        if (comparison.comparator() == PathNode.Comparator.EQUAL) {
            if (comparison.right() instanceof PathNode.Constant constant) {
                return equal(comparison.left(), constant, current);
            }
            if (comparison.left() instanceof PathNode.Constant constant) {
                return equal(comparison.right(), constant, current);
            }
        }
        return new JsonCondition.All(List.of(there(comparison.left(), current), there(comparison.right(), current)));
    }

    private static JsonCondition equal(PathNode node, PathNode.Constant constant, Place current) {
        Way way = way(node, current);
        if (!way.isValue || !way.place.known) {
            return way.there();
        }
        List<JsonCondition> all = new ArrayList<>(way.filters);
        all.add(new JsonCondition.Equal(way.place.keys, way.place.exact, constant.value()));
        return new JsonCondition.All(all);
    }

    private static JsonCondition there(PathNode node, Place current) {
        return way(node, current).there();
    }

    private static Way way(PathNode node, Place current) {
        return switch (node) {
            case PathNode.Root root -> new Way(Place.ROOT, List.of(), true);
            case PathNode.Current at -> new Way(current, List.of(), true);
            case PathNode.Chain chain -> way(chain, current);
            default -> new Way(Place.UNKNOWN, List.of(), false);
        };
    }

    private static Way way(PathNode.Chain chain, Place current) {
        Way head = way(chain.head(), current);
        Place place = head.place;
        List<JsonCondition> filters = new ArrayList<>(head.filters);
        boolean isValue = head.isValue;
        for (PathStep step : chain.steps()) {
            switch (step) {
                case PathStep.Member member -> place = isValue ? place.member(member.key()) : place;
                case PathStep.AnyMember any -> place = place.anywhere();
                case PathStep.AnyLevel any -> place = place.anywhere();
                case PathStep.AnyElement any -> {}
                case PathStep.Elements elements -> {}
                case PathStep.Filter filter -> filters.add(holds(filter.predicate(), isValue ? place : Place.UNKNOWN));
                // What methods give is not in the document.
                case PathStep.Method method -> isValue = false;
            }
        }
        return new Way(place, filters, isValue);
    }
}
