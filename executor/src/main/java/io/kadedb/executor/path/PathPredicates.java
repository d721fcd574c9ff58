package io.kadedb.executor.path;

import io.kadedb.common.json.JsonKind;
import io.kadedb.common.json.Jsonb;
import io.kadedb.parser.path.PathNode;
import io.kadedb.parser.path.PathNode.*;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** The predicates of a path, in logic of three values; errors below them make them unknown. */
final class PathPredicates {
    private final PathEvaluator evaluator;
    private final Map<LikeRegex, Pattern> patterns = new HashMap<>();

    PathPredicates(PathEvaluator evaluator) {
        this.evaluator = evaluator;
    }

    /** What is compared of two items. */
    @FunctionalInterface
    private interface Test {
        Truth of(PathItem left, PathItem right);
    }

    Truth evaluate(Predicate predicate, PathItem item) {
        evaluator.visit();
        return switch (predicate) {
            case Both both -> {
                Truth left = evaluate(both.left(), item);
                if (left == Truth.FALSE) {
                    yield left;
                }
                Truth right = evaluate(both.right(), item);
                yield right == Truth.TRUE ? left : right;
            }
            case Either either -> {
                Truth left = evaluate(either.left(), item);
                if (left == Truth.TRUE) {
                    yield left;
                }
                Truth right = evaluate(either.right(), item);
                yield right == Truth.FALSE ? left : right;
            }
            case Not not -> evaluate(not.operand(), item).negated();
            case IsUnknown unknown -> Truth.of(evaluate(unknown.operand(), item) == Truth.UNKNOWN);
            case Exists exists -> exists(exists.operand(), item);
            case Comparison comparison ->
                pairs(
                        comparison.left(),
                        comparison.right(),
                        item,
                        true,
                        (left, right) -> compare(comparison.comparator(), left, right));
            case StartsWith starts ->
                pairs(starts.operand(), starts.initial(), item, false, PathPredicates::startsWith);
            case LikeRegex regex -> {
                Pattern pattern = patterns.computeIfAbsent(regex, PathRegex::compile);
                yield singles(regex.operand(), item, pattern);
            }
        };
    }

    private Truth exists(PathNode operand, PathItem item) {
        Outcome outcome = evaluator.failure.quietly(
                () -> evaluator.lax() ? evaluator.evaluate(operand, item, null) : evaluator.ofAll(operand, item));
        return outcome == Outcome.FAILED ? Truth.UNKNOWN : Truth.of(outcome == Outcome.FOUND);
    }

    /** Whether something holds for any pair of what two parts give. */
    private Truth pairs(PathNode left, PathNode right, PathItem item, boolean unwrapRight, Test test) {
        List<PathItem> lefts = new ArrayList<>();
        List<PathItem> rights = new ArrayList<>();
        boolean failed =
                evaluator.failure.quietly(() -> evaluator.evaluateUnwrapped(left, item, lefts) == Outcome.FAILED
                        || (unwrapRight
                                        ? evaluator.evaluateUnwrapped(right, item, rights)
                                        : evaluator.evaluate(right, item, rights))
                                == Outcome.FAILED);
        return failed ? Truth.UNKNOWN : any(lefts, rights, test);
    }

    private Truth singles(PathNode operand, PathItem item, Pattern pattern) {
        List<PathItem> texts = new ArrayList<>();
        boolean failed =
                evaluator.failure.quietly(() -> evaluator.evaluateUnwrapped(operand, item, texts) == Outcome.FAILED);
        return failed
                ? Truth.UNKNOWN
                : any(
                        texts,
                        List.of(item),
                        (text, ignored) -> text.is(JsonKind.STRING)
                                ? Truth.of(pattern.matcher(text.json().string()).find())
                                : Truth.UNKNOWN);
    }

    /** In strict mode a pair that cannot be told decides at once; in lax mode one that holds does. */
    private Truth any(List<PathItem> lefts, List<PathItem> rights, Test test) {
        boolean holds = false;
        boolean unknown = false;
        for (PathItem left : lefts) {
            for (PathItem right : rights) {
                evaluator.visit();
                Truth truth = test.of(left, right);
                if (truth == Truth.UNKNOWN) {
                    if (!evaluator.lax()) {
                        return Truth.UNKNOWN;
                    }
                    unknown = true;
                } else if (truth == Truth.TRUE) {
                    if (evaluator.lax()) {
                        return Truth.TRUE;
                    }
                    holds = true;
                }
            }
        }
        return holds ? Truth.TRUE : unknown ? Truth.UNKNOWN : Truth.FALSE;
    }

    private static Truth startsWith(PathItem text, PathItem initial) {
        return text.is(JsonKind.STRING) && initial.is(JsonKind.STRING)
                ? Truth.of(text.json().string().startsWith(initial.json().string()))
                : Truth.UNKNOWN;
    }

    private Truth compare(Comparator comparator, PathItem left, PathItem right) {
        if (left instanceof PathItem.Moment(PathMoment a) && right instanceof PathItem.Moment(PathMoment b)) {
            OptionalInt order = a.compare(
                    b, evaluator.settings().zoned(), evaluator.settings().zone());
            return order.isEmpty() ? Truth.UNKNOWN : meets(comparator, order.getAsInt());
        }
        if (left instanceof PathItem.Json(Jsonb a) && right instanceof PathItem.Json(Jsonb b) && a.kind() == b.kind()) {
            return switch (a.kind()) {
                case NULL -> meets(comparator, 0);
                case BOOLEAN -> meets(comparator, Boolean.compare(a.truth(), b.truth()));
                case NUMBER ->
                    meets(
                            comparator,
                            a.isLong() && b.isLong()
                                    ? Long.compare(a.longValue(), b.longValue())
                                    : a.number().compareTo(b.number()));
                case STRING ->
                    meets(
                            comparator,
                            Arrays.compareUnsigned(a.bytes(), a.from() + 1, a.to(), b.bytes(), b.from() + 1, b.to()));
                case ARRAY, OBJECT -> Truth.UNKNOWN;
            };
        }
        // Against null everything else is unequal, and neither above nor below.
        return left.is(JsonKind.NULL) || right.is(JsonKind.NULL)
                ? Truth.of(comparator == Comparator.NOT_EQUAL)
                : Truth.UNKNOWN;
    }

    private static Truth meets(Comparator comparator, int order) {
        return Truth.of(
                switch (comparator) {
                    case EQUAL -> order == 0;
                    case NOT_EQUAL -> order != 0;
                    case LESS -> order < 0;
                    case LESS_OR_EQUAL -> order <= 0;
                    case GREATER -> order > 0;
                    case GREATER_OR_EQUAL -> order >= 0;
                });
    }
}
