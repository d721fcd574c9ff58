package io.kadedb.parser.path;

import io.kadedb.common.json.Jsonb;
import java.util.List;

/** A part of a path that gives items. */
public sealed interface PathNode {
    /** {@code $}: the document. */
    record Root() implements PathNode {}

    /** {@code @}: what a filter looks at. */
    record Current() implements PathNode {}

    /** {@code last}: the last subscript of the array that is subscripted. */
    record Last() implements PathNode {}

    /** {@code $name}. */
    record Variable(String name) implements PathNode {}

    /** A string, a number, a boolean or null. */
    record Constant(Jsonb value) implements PathNode {}

    /** One of two numbers. */
    record Arithmetic(Operator operator, PathNode left, PathNode right) implements PathNode {}

    /** {@code +} or {@code -} before numbers. */
    record Sign(boolean minus, PathNode operand) implements PathNode {}

    /** What accessors give of what another part gives; there is one at least. */
    record Chain(PathNode head, List<PathStep> steps) implements PathNode {
        public Chain {
            steps = List.copyOf(steps);
        }
    }

    /** The operators of numbers. */
    enum Operator {
        ADD("+", 3),
        SUBTRACT("-", 3),
        MULTIPLY("*", 4),
        DIVIDE("/", 4),
        MODULO("%", 4);

        private final String symbol;
        private final int priority;

        Operator(String symbol, int priority) {
            this.symbol = symbol;
            this.priority = priority;
        }

        public String symbol() {
            return symbol;
        }

        int priority() {
            return priority;
        }
    }

    /** What is true, false or unknown. */
    sealed interface Predicate extends PathNode {}

    record Both(Predicate left, Predicate right) implements Predicate {}

    record Either(Predicate left, Predicate right) implements Predicate {}

    record Not(Predicate operand) implements Predicate {}

    record IsUnknown(Predicate operand) implements Predicate {}

    /** Whether there is any item. */
    record Exists(PathNode operand) implements Predicate {}

    record Comparison(Comparator comparator, PathNode left, PathNode right) implements Predicate {}

    /** @param initial a string or a variable */
    record StartsWith(PathNode operand, PathNode initial) implements Predicate {}

    /** @param flags of {@code i}, {@code s}, {@code m} and {@code q}, each once */
    record LikeRegex(PathNode operand, String pattern, String flags) implements Predicate {}

    enum Comparator {
        EQUAL("=="),
        NOT_EQUAL("!="),
        LESS("<"),
        LESS_OR_EQUAL("<="),
        GREATER(">"),
        GREATER_OR_EQUAL(">=");

        private final String symbol;

        Comparator(String symbol) {
            this.symbol = symbol;
        }

        public String symbol() {
            return symbol;
        }
    }
}
