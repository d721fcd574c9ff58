package io.kadedb.parser.path;

import io.kadedb.common.json.JsonbText;
import io.kadedb.parser.path.PathNode.*;
import io.kadedb.parser.path.PathStep.*;
import java.util.List;
import java.util.Optional;

/** Paths as PostgreSQL shows them: keys in quotes, and operators in parentheses where another stands around them. */
final class PathText {
    private static final int OR = 0;
    private static final int AND = 1;
    private static final int COMPARISON = 2;
    private static final int SIGN = 5;
    private static final int VALUE = 6;

    private final StringBuilder out = new StringBuilder();

    private PathText() {}

    static String of(JsonPath path) {
        PathText text = new PathText();
        text.out.append(path.strict() ? "strict " : "");
        text.node(path.root(), true);
        return text.out.toString();
    }

    /** What binds less tightly has the lower number. */
    private static int priority(PathNode node) {
        return switch (node) {
            case Either either -> OR;
            case Both both -> AND;
            case Comparison comparison -> COMPARISON;
            case StartsWith starts -> COMPARISON;
            case Arithmetic arithmetic -> arithmetic.operator().priority();
            case Sign sign -> SIGN;
            case Chain chain -> priority(chain.head());
            default -> VALUE;
        };
    }

    private void node(PathNode node, boolean brackets) {
        switch (node) {
            case Root root -> out.append('$');
            case Current current -> out.append('@');
            case Last last -> out.append("last");
            case Variable variable -> {
                out.append('$');
                JsonbText.quote(out, variable.name());
            }
            case Constant constant -> JsonbText.append(out, constant.value());
            case Arithmetic a -> binary(a.left(), a.operator().symbol(), a.right(), priority(a), brackets);
            case Sign sign -> {
                out.append(brackets ? "(" : "").append(sign.minus() ? '-' : '+');
                operand(sign.operand(), SIGN);
                out.append(brackets ? ")" : "");
            }
            case Chain chain -> chain(chain);
            case Either e -> binary(e.left(), "||", e.right(), OR, brackets);
            case Both b -> binary(b.left(), "&&", b.right(), AND, brackets);
            case Comparison c -> binary(c.left(), c.comparator().symbol(), c.right(), COMPARISON, brackets);
            case StartsWith s -> binary(s.operand(), "starts with", s.initial(), COMPARISON, brackets);
            case Not not -> wrapped("!(", not.operand(), ")");
            case IsUnknown unknown -> wrapped("(", unknown.operand(), ") is unknown");
            case Exists exists -> wrapped("exists (", exists.operand(), ")");
            case LikeRegex regex -> {
                out.append(brackets ? "(" : "");
                operand(regex.operand(), VALUE);
                out.append(" like_regex ");
                JsonbText.quote(out, regex.pattern());
                if (!regex.flags().isEmpty()) {
                    out.append(" flag \"").append(regex.flags()).append('"');
                }
                out.append(brackets ? ")" : "");
            }
        }
    }

    private void wrapped(String before, PathNode inner, String after) {
        out.append(before);
        node(inner, false);
        out.append(after);
    }

    private void binary(PathNode left, String symbol, PathNode right, int priority, boolean brackets) {
        out.append(brackets ? "(" : "");
        operand(left, priority);
        out.append(' ').append(symbol).append(' ');
        operand(right, priority);
        out.append(brackets ? ")" : "");
    }

    private void operand(PathNode node, int priority) {
        node(node, priority(node) <= priority);
    }

    private void chain(Chain chain) {
        boolean number = chain.head() instanceof Constant constant
                && constant.value().kind() == io.kadedb.common.json.JsonKind.NUMBER;
        boolean prefixed =
                chain.head() instanceof Not || chain.head() instanceof Exists || chain.head() instanceof IsUnknown;
        out.append(number || prefixed ? "(" : "");
        // Without its parentheses, as PostgreSQL may show it, an operator could not be read again.
        node(chain.head(), true);
        out.append(number || prefixed ? ")" : "");
        chain.steps().forEach(this::step);
    }

    private void step(PathStep step) {
        switch (step) {
            case Member member -> {
                out.append('.');
                JsonbText.quote(out, member.key());
            }
            case AnyMember any -> out.append(".*");
            case AnyElement any -> out.append("[*]");
            case Elements elements -> elements(elements.ranges());
            case AnyLevel levels -> levels(levels);
            case Filter filter -> wrapped("?(", filter.predicate(), ")");
            case Method method -> method(method);
        }
    }

    private void elements(List<Range> ranges) {
        out.append('[');
        for (int i = 0; i < ranges.size(); i++) {
            out.append(i == 0 ? "" : ",");
            node(ranges.get(i).from(), false);
            Optional<PathNode> to = ranges.get(i).to();
            if (to.isPresent()) {
                out.append(" to ");
                node(to.get(), false);
            }
        }
        out.append(']');
    }

    private void levels(AnyLevel levels) {
        out.append(".**");
        if (levels.first() == 0 && levels.last() == AnyLevel.LAST) {
            return;
        }
        out.append('{').append(level(levels.first()));
        if (levels.first() != levels.last()) {
            out.append(" to ").append(level(levels.last()));
        }
        out.append('}');
    }

    private static String level(int level) {
        return level == AnyLevel.LAST ? "last" : Integer.toString(level);
    }

    private void method(Method method) {
        out.append('.').append(method.method().text()).append('(');
        method.template().ifPresent(template -> JsonbText.quote(out, template));
        for (int i = 0; i < method.numbers().size(); i++) {
            out.append(i == 0 ? "" : ",").append(method.numbers().get(i));
        }
        out.append(')');
    }
}
