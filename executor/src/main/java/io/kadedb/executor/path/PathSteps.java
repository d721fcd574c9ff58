package io.kadedb.executor.path;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.json.JsonKind;
import io.kadedb.common.json.Jsonb;
import io.kadedb.executor.kernel.value.JsonAccess;
import io.kadedb.parser.path.PathStep;
import io.kadedb.parser.path.PathStep.*;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The accessors of a path, one after another. */
final class PathSteps {
    private final PathEvaluator evaluator;
    private final PathMethods methods;
    /** Whether members that are not there, and accessors of the wrong kind of value, are no errors. */
    private boolean forgiving;

    /** A container of which some values have been seen. */
    private static final class Open {
        private final Jsonb container;
        private int seen;

        Open(Jsonb container) {
            this.container = container;
        }
    }

    PathSteps(PathEvaluator evaluator, PathMethods methods) {
        this.evaluator = evaluator;
        this.methods = methods;
        this.forgiving = evaluator.lax();
    }

    /** Hands an item to a step, or collects it behind the last. */
    Outcome next(List<PathStep> steps, int at, PathItem item, @Nullable List<PathItem> found) {
        if (at < steps.size()) {
            return step(steps, at, item, found, evaluator.lax());
        }
        if (found != null) {
            found.add(item);
        }
        return Outcome.FOUND;
    }

    /** @param unwrap whether an array that the step is not for is taken apart */
    private Outcome step(List<PathStep> steps, int at, PathItem item, @Nullable List<PathItem> found, boolean unwrap) {
        evaluator.visit();
        PathStep step = steps.get(at);
        if (unwrap && item.is(JsonKind.ARRAY) && unwraps(step)) {
            return values(steps, at, item.json(), found, false);
        }
        return switch (step) {
            case Member member -> member(member, steps, at, item, found);
            case AnyMember any ->
                item.is(JsonKind.OBJECT)
                        ? values(steps, at + 1, item.json(), found, evaluator.lax())
                        : structural(
                                ErrorCode.SQL_JSON_OBJECT_NOT_FOUND,
                                "jsonpath wildcard member accessor can only be applied to an object");
            case AnyElement any -> {
                if (item.is(JsonKind.ARRAY)) {
                    yield values(steps, at + 1, item.json(), found, evaluator.lax());
                }
                yield evaluator.lax()
                        ? next(steps, at + 1, item, found)
                        : structural(
                                ErrorCode.SQL_JSON_ARRAY_NOT_FOUND,
                                "jsonpath wildcard array accessor can only be applied to an array");
            }
            case Elements elements -> elements(elements, steps, at, item, found);
            case AnyLevel levels -> levels(levels, steps, at, item, found);
            case Filter filter ->
                evaluator.holds(filter.predicate(), item) ? next(steps, at + 1, item, found) : Outcome.NOTHING;
            case Method method -> methods.apply(method, item, one -> next(steps, at + 1, one, found), found == null);
        };
    }

    private static boolean unwraps(PathStep step) {
        return switch (step) {
            case Member member -> true;
            case AnyMember any -> true;
            case Filter filter -> true;
            case Method method ->
                switch (method.method()) {
                    case TYPE, SIZE -> false;
                    default -> true;
                };
            case AnyElement any -> false;
            case Elements elements -> false;
            case AnyLevel levels -> false;
        };
    }

    /** Hands each value of a container to a step. */
    private Outcome values(
            List<PathStep> steps, int at, Jsonb container, @Nullable List<PathItem> found, boolean unwrap) {
        Outcome outcome = Outcome.NOTHING;
        int size = container.size();
        for (int i = 0; i < size; i++) {
            outcome = given(steps, at, PathItem.of(container.value(i)), found, unwrap);
            if (isEnd(outcome, found)) {
                return outcome;
            }
        }
        return outcome;
    }

    private Outcome given(List<PathStep> steps, int at, PathItem item, @Nullable List<PathItem> found, boolean unwrap) {
        evaluator.visit();
        return at < steps.size() ? step(steps, at, item, found, unwrap) : next(steps, at, item, found);
    }

    private static boolean isEnd(Outcome outcome, @Nullable List<PathItem> found) {
        return outcome == Outcome.FAILED || (outcome == Outcome.FOUND && found == null);
    }

    private Outcome structural(ErrorCode code, String message) {
        return forgiving ? Outcome.NOTHING : evaluator.failure.report(code, message);
    }

    private Outcome member(Member member, List<PathStep> steps, int at, PathItem item, @Nullable List<PathItem> found) {
        if (!item.is(JsonKind.OBJECT)) {
            return structural(
                    ErrorCode.SQL_JSON_MEMBER_NOT_FOUND, "jsonpath member accessor can only be applied to an object");
        }
        Jsonb value = JsonAccess.field(item.json(), member.key().getBytes(StandardCharsets.UTF_8));
        if (value != null) {
            return next(steps, at + 1, PathItem.of(value), found);
        }
        return structural(
                ErrorCode.SQL_JSON_MEMBER_NOT_FOUND, "JSON object does not contain key \"" + member.key() + "\"");
    }

    private Outcome elements(
            Elements elements, List<PathStep> steps, int at, PathItem item, @Nullable List<PathItem> found) {
        boolean array = item.is(JsonKind.ARRAY);
        if (!array && !evaluator.lax()) {
            return evaluator.failure.report(
                    ErrorCode.SQL_JSON_ARRAY_NOT_FOUND, "jsonpath array accessor can only be applied to an array");
        }
        int size = array ? item.json().size() : 1;
        Outcome outcome = Outcome.NOTHING;
        for (Range range : elements.ranges()) {
            Optional<Integer> first = evaluator.subscript(range.from(), item, size);
            Optional<Integer> last = first.isEmpty() || range.to().isEmpty()
                    ? first
                    : evaluator.subscript(range.to().get(), item, size);
            if (first.isEmpty() || last.isEmpty()) {
                return Outcome.FAILED;
            }
            int from = first.get();
            int to = last.get();
            if (!forgiving && (from < 0 || from > to || to >= size)) {
                return evaluator.failure.report(
                        ErrorCode.INVALID_SQL_JSON_SUBSCRIPT, "jsonpath array subscript is out of bounds");
            }
            for (int i = Math.max(0, from); i <= Math.min(to, size - 1); i++) {
                PathItem element = array ? PathItem.of(item.json().value(i)) : item;
                outcome = next(steps, at + 1, element, found);
                if (isEnd(outcome, found)) {
                    return outcome;
                }
            }
        }
        return outcome;
    }

    /** The item and what is in it, depth first; what does not fit the next steps is passed over. */
    private Outcome levels(
            AnyLevel levels, List<PathStep> steps, int at, PathItem item, @Nullable List<PathItem> found) {
        Outcome outcome = Outcome.NOTHING;
        if (levels.first() == 0) {
            outcome = forgivingly(steps, at + 1, item, found, evaluator.lax());
            if (isEnd(outcome, found)) {
                return outcome;
            }
        }
        boolean leaves = levels.first() == AnyLevel.LAST && levels.last() == AnyLevel.LAST;
        Deque<Open> open = new ArrayDeque<>();
        if (item instanceof PathItem.Json(Jsonb value) && !value.isScalar() && levels.last() > 0) {
            open.push(new Open(value));
        }
        while (!open.isEmpty()) {
            Open innermost = open.element();
            if (innermost.seen == innermost.container.size()) {
                open.pop();
                continue;
            }
            Jsonb value = innermost.container.value(innermost.seen++);
            int level = open.size();
            if (level >= levels.first() || (leaves && value.isScalar())) {
                outcome = forgivingly(steps, at + 1, PathItem.of(value), found, evaluator.lax());
                if (isEnd(outcome, found)) {
                    return outcome;
                }
            }
            if (level < levels.last() && !value.isScalar()) {
                open.push(new Open(value));
            }
        }
        return outcome;
    }

    private Outcome forgivingly(
            List<PathStep> steps, int at, PathItem item, @Nullable List<PathItem> found, boolean unwrap) {
        boolean before = forgiving;
        forgiving = true;
        try {
            return given(steps, at, item, found, unwrap);
        } finally {
            forgiving = before;
        }
    }
}
