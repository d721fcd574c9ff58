package io.kadedb.planner.physical;

import io.kadedb.common.inverted.TermOperator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a filter asks an inverted index for. The filter is asked of the rows again. */
public sealed interface TermCondition {
    /**
     * An operator between a part of the index's key, on its left, and a value.
     *
     * @param part its number, from 0
     * @param operand without column references
     */
    record Probe(int part, TermOperator operator, Expr operand) implements TermCondition {}

    /** All of some conditions. */
    record All(List<TermCondition> conditions) implements TermCondition {
        public All {
            conditions = List.copyOf(conditions);
        }
    }

    /** One of some conditions at least. */
    record Any(List<TermCondition> conditions) implements TermCondition {
        public Any {
            conditions = List.copyOf(conditions);
        }
    }

    /** All values asked for. */
    default Stream<Expr> operands() {
        return switch (this) {
            case Probe probe -> Stream.of(probe.operand);
            case All all -> all.conditions.stream().flatMap(TermCondition::operands);
            case Any any -> any.conditions.stream().flatMap(TermCondition::operands);
        };
    }

    /** As people write it, with the names of the key's parts. */
    default String text(List<String> parts) {
        return switch (this) {
            case Probe probe ->
                parts.get(probe.part) + " " + probe.operator.sql() + " " + ExprPrinter.text(probe.operand, List.of());
            case All all -> joined(all.conditions, " and ", parts);
            case Any any -> joined(any.conditions, " or ", parts);
        };
    }

    private static String joined(List<TermCondition> conditions, String word, List<String> parts) {
        return conditions.stream()
                .map(each -> each instanceof Probe ? each.text(parts) : "(" + each.text(parts) + ")")
                .collect(Collectors.joining(word));
    }
}
