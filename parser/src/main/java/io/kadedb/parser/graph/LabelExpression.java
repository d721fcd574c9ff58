package io.kadedb.parser.graph;

import io.kadedb.parser.ast.Name;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which elements a pattern asks for, by their labels: {@code (a|b)&!c}. An element may carry several labels. */
public sealed interface LabelExpression {
    /** One label. */
    record Label(Name name) implements LabelExpression {}

    /** {@code %}: any label. */
    record Any() implements LabelExpression {}

    /** {@code !a}. */
    record Not(LabelExpression operand) implements LabelExpression {}

    /** {@code a&b}. */
    record And(List<LabelExpression> operands) implements LabelExpression {
        public And {
            operands = List.copyOf(operands);
        }
    }

    /** {@code a|b}. */
    record Or(List<LabelExpression> operands) implements LabelExpression {
        public Or {
            operands = List.copyOf(operands);
        }
    }

    /** Whether an element with these labels is asked for. */
    default boolean matches(Set<String> labels) {
        return switch (this) {
            case Label label -> labels.contains(label.name().text());
            case Any any -> !labels.isEmpty();
            case Not not -> !not.operand().matches(labels);
            case And and -> and.operands().stream().allMatch(operand -> operand.matches(labels));
            case Or or -> or.operands().stream().anyMatch(operand -> operand.matches(labels));
        };
    }

    /** All labels it names. */
    default Stream<Name> names() {
        return switch (this) {
            case Label label -> Stream.of(label.name());
            case Any any -> Stream.empty();
            case Not not -> not.operand().names();
            case And and -> and.operands().stream().flatMap(LabelExpression::names);
            case Or or -> or.operands().stream().flatMap(LabelExpression::names);
        };
    }

    /** The expression as SQL. */
    default String sql(UnaryOperator<String> quote) {
        return switch (this) {
            case Label label -> quote.apply(label.name().text());
            case Any any -> "%";
            case Not not -> "!" + nested(not.operand(), quote);
            case And and -> and.operands().stream().map(o -> nested(o, quote)).collect(Collectors.joining("&"));
            case Or or -> or.operands().stream().map(o -> nested(o, quote)).collect(Collectors.joining("|"));
        };
    }

    private static String nested(LabelExpression operand, UnaryOperator<String> quote) {
        String text = operand.sql(quote);
        return operand instanceof And || operand instanceof Or ? "(" + text + ")" : text;
    }
}
