package io.kadedb.executor.path;

import io.kadedb.common.control.CancelToken;
import io.kadedb.common.control.RoomyStack;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.json.JsonKind;
import io.kadedb.common.json.Jsonb;
import io.kadedb.parser.path.JsonPath;
import io.kadedb.parser.path.PathNode;
import io.kadedb.parser.path.PathNode.*;
import io.kadedb.parser.path.PathStep;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates one path over one document, as PostgreSQL's manual says (9.16.2). Made for one use.
 *
 * <p>Each step hands every item it gives to the next at once; what the last gives is collected. Where only the existence
 * of items is asked for, the first ends it, but in strict mode, whose errors count before.
 */
public final class PathEvaluator {
    /** Paths that nest deeper run on a stack of their own. */
    private static final int DEEP = 100;

    private static final int CHECKED_EVERY = 1024;

    private final JsonPath path;
    private final PathItem root;
    private final PathVariables variables;
    private final PathSettings settings;
    private final PathSteps steps;
    private final PathPredicates predicates;
    final PathFailure failure;
    private PathItem current;
    /** Of the array that is subscripted; negative outside of subscripts. */
    private int arraySize = -1;

    private int visited;

    /** What paths are evaluated with: whether zones are allowed, which is the session's, and what stops it. */
    public record PathSettings(boolean zoned, ZoneId zone, CancelToken cancel) {}

    /** @param silent whether errors of the data are no errors but no result */
    public PathEvaluator(
            JsonPath path, Jsonb document, PathVariables variables, boolean silent, PathSettings settings) {
        this.path = path;
        this.root = PathItem.of(document);
        this.current = root;
        this.variables = variables;
        this.settings = settings;
        this.failure = new PathFailure(!silent);
        this.steps = new PathSteps(this, new PathMethods(this, document));
        this.predicates = new PathPredicates(this);
    }

    /** Whether there is any item; empty for an error that is silent. */
    public Optional<Boolean> exists() {
        Outcome outcome = RoomyStack.call(
                path.depth() > DEEP,
                () -> path.strict() ? ofAll(path.root(), root) : evaluate(path.root(), root, null));
        return outcome == Outcome.FAILED ? Optional.empty() : Optional.of(outcome == Outcome.FOUND);
    }

    /** All items, up to an error that is silent. */
    public List<PathItem> items() {
        List<PathItem> found = new ArrayList<>();
        RoomyStack.call(path.depth() > DEEP, () -> evaluate(path.root(), root, found));
        return found;
    }

    /** All items; empty for an error that is silent. */
    public Optional<List<PathItem>> itemsUnlessFailed() {
        List<PathItem> found = new ArrayList<>();
        Outcome outcome = RoomyStack.call(path.depth() > DEEP, () -> evaluate(path.root(), root, found));
        return outcome == Outcome.FAILED ? Optional.empty() : Optional.of(found);
    }

    boolean lax() {
        return !path.strict();
    }

    PathSettings settings() {
        return settings;
    }

    /** Counts a step of the work, which ends when the statement is cancelled. */
    void visit() {
        if (++visited % CHECKED_EVERY == 0) {
            settings.cancel().checkpoint();
        }
    }

    /** Whether there is any item, where errors count that come after the first. */
    Outcome ofAll(PathNode node, PathItem item) {
        List<PathItem> all = new ArrayList<>();
        Outcome outcome = evaluate(node, item, all);
        return outcome == Outcome.FAILED ? outcome : all.isEmpty() ? Outcome.NOTHING : Outcome.FOUND;
    }

    /** Evaluates a part of the path; {@code found} is null where only existence matters. */
    Outcome evaluate(PathNode node, PathItem item, @Nullable List<PathItem> found) {
        return node instanceof Chain chain
                ? head(chain.head(), chain.steps(), item, found)
                : head(node, List.of(), item, found);
    }

    /** As {@link #evaluate}; in lax mode arrays are taken apart. */
    Outcome evaluateUnwrapped(PathNode node, PathItem item, List<PathItem> found) {
        if (path.strict()) {
            return evaluate(node, item, found);
        }
        List<PathItem> all = new ArrayList<>();
        Outcome outcome = evaluate(node, item, all);
        if (outcome == Outcome.FAILED) {
            return outcome;
        }
        for (PathItem one : all) {
            if (one.is(JsonKind.ARRAY)) {
                Jsonb array = one.json();
                for (int i = 0; i < array.size(); i++) {
                    found.add(PathItem.of(array.value(i)));
                }
            } else {
                found.add(one);
            }
        }
        return Outcome.FOUND;
    }

    private Outcome head(PathNode node, List<PathStep> after, PathItem item, @Nullable List<PathItem> found) {
        visit();
        return switch (node) {
            case Root ignored -> steps.next(after, 0, root, found);
            case Current ignored -> steps.next(after, 0, current, found);
            case Constant constant -> steps.next(after, 0, PathItem.of(constant.value()), found);
            case Variable variable -> steps.next(after, 0, variables.get(variable.name()), found);
            case Last ignored -> steps.next(after, 0, PathItem.ofNumber(BigDecimal.valueOf(arraySize - 1L)), found);
            case Arithmetic arithmetic -> arithmetic(arithmetic, after, item, found);
            case Sign sign -> sign(sign, after, item, found);
            case Chain chain -> throw new IllegalStateException("a chain within a chain: " + chain);
            case Predicate predicate -> truth(predicate, after, item, found);
        };
    }

    private Outcome truth(Predicate predicate, List<PathStep> after, PathItem item, @Nullable List<PathItem> found) {
        Truth truth = predicates.evaluate(predicate, item);
        return steps.next(
                after, 0, truth == Truth.UNKNOWN ? PathItem.ofNull() : PathItem.ofTruth(truth == Truth.TRUE), found);
    }

    /** Whether a predicate of a filter is true of an item, which is what {@code @} means in it. */
    boolean holds(Predicate predicate, PathItem item) {
        PathItem before = current;
        current = item;
        try {
            return predicates.evaluate(predicate, item) == Truth.TRUE;
        } finally {
            current = before;
        }
    }

    private Outcome arithmetic(
            Arithmetic arithmetic, List<PathStep> after, PathItem item, @Nullable List<PathItem> found) {
        List<PathItem> left = new ArrayList<>();
        if (evaluateUnwrapped(arithmetic.left(), item, left) == Outcome.FAILED) {
            return Outcome.FAILED;
        }
        List<PathItem> right = new ArrayList<>();
        if (evaluateUnwrapped(arithmetic.right(), item, right) == Outcome.FAILED) {
            return Outcome.FAILED;
        }
        if (!isNumber(left) || !isNumber(right)) {
            String side = isNumber(left) ? "right" : "left";
            return failure.report(
                    ErrorCode.SINGLETON_SQL_JSON_ITEM_REQUIRED,
                    () -> side + " operand of jsonpath operator "
                            + arithmetic.operator().symbol() + " is not a single numeric value");
        }
        BigDecimal a = left.getFirst().json().number();
        BigDecimal b = right.getFirst().json().number();
        boolean divides = arithmetic.operator() == Operator.DIVIDE || arithmetic.operator() == Operator.MODULO;
        if (divides && b.signum() == 0) {
            return failure.report(ErrorCode.DIVISION_BY_ZERO, "division by zero");
        }
        BigDecimal result = PathNumbers.compute(arithmetic.operator(), a, b);
        if (PathNumbers.overflows(result)) {
            return failure.report(ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, "value overflows numeric format");
        }
        return steps.next(after, 0, PathItem.ofNumber(result), found);
    }

    private static boolean isNumber(List<PathItem> operand) {
        return operand.size() == 1 && operand.getFirst().is(JsonKind.NUMBER);
    }

    private Outcome sign(Sign sign, List<PathStep> after, PathItem item, @Nullable List<PathItem> found) {
        List<PathItem> operands = new ArrayList<>();
        if (evaluateUnwrapped(sign.operand(), item, operands) == Outcome.FAILED) {
            return Outcome.FAILED;
        }
        Outcome outcome = Outcome.NOTHING;
        for (PathItem operand : operands) {
            if (!operand.is(JsonKind.NUMBER)) {
                if (found == null && after.isEmpty()) {
                    continue;
                }
                return failure.report(
                        ErrorCode.SQL_JSON_NUMBER_NOT_FOUND,
                        () -> "operand of unary jsonpath operator " + (sign.minus() ? "-" : "+")
                                + " is not a numeric value");
            }
            BigDecimal number = operand.json().number();
            outcome = steps.next(after, 0, PathItem.ofNumber(sign.minus() ? number.negate() : number), found);
            if (outcome == Outcome.FAILED || (outcome == Outcome.FOUND && found == null)) {
                return outcome;
            }
        }
        return outcome;
    }

    /** The value of a subscript within an array of a size. */
    Optional<Integer> subscript(PathNode node, PathItem array, int size) {
        int before = arraySize;
        arraySize = size;
        List<PathItem> found = new ArrayList<>();
        try {
            if (evaluate(node, array, found) == Outcome.FAILED) {
                return Optional.empty();
            }
        } finally {
            arraySize = before;
        }
        if (found.size() != 1 || !found.getFirst().is(JsonKind.NUMBER)) {
            failure.report(
                    ErrorCode.INVALID_SQL_JSON_SUBSCRIPT, "jsonpath array subscript is not a single numeric value");
            return Optional.empty();
        }
        Optional<Integer> index = PathNumbers.truncated(found.getFirst().json().number());
        if (index.isEmpty()) {
            failure.report(ErrorCode.INVALID_SQL_JSON_SUBSCRIPT, "jsonpath array subscript is out of integer range");
        }
        return index;
    }
}
