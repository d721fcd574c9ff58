package io.kadedb.parser.path;

import io.kadedb.parser.path.PathNode.*;
import io.kadedb.parser.path.PathStep.*;
import java.util.List;

/** How deeply the calls nest that evaluate a path. */
final class PathDepth {
    private PathDepth() {}

    static int of(PathNode node) {
        return 1
                + switch (node) {
                    case Root root -> 0;
                    case Current current -> 0;
                    case Last last -> 0;
                    case Variable variable -> 0;
                    case Constant constant -> 0;
                    case Arithmetic arithmetic -> Math.max(of(arithmetic.left()), of(arithmetic.right()));
                    case Sign sign -> of(sign.operand());
                    case Chain chain -> of(chain);
                    case Both both -> Math.max(of(both.left()), of(both.right()));
                    case Either either -> Math.max(of(either.left()), of(either.right()));
                    case Not not -> of(not.operand());
                    case IsUnknown unknown -> of(unknown.operand());
                    case Exists exists -> of(exists.operand());
                    case Comparison comparison -> Math.max(of(comparison.left()), of(comparison.right()));
                    case StartsWith starts -> of(starts.operand());
                    case LikeRegex regex -> of(regex.operand());
                };
    }

    /** Each step runs within the one before. */
    private static int of(Chain chain) {
        List<PathStep> steps = chain.steps();
        int deepest = Math.max(of(chain.head()), steps.size());
        for (int i = 0; i < steps.size(); i++) {
            deepest = Math.max(deepest, i + of(steps.get(i)));
        }
        return deepest;
    }

    private static int of(PathStep step) {
        return switch (step) {
            case Filter filter -> 1 + of(filter.predicate());
            case Elements elements ->
                1
                        + elements.ranges().stream()
                                .mapToInt(range -> Math.max(
                                        of(range.from()),
                                        range.to().map(PathDepth::of).orElse(0)))
                                .max()
                                .orElse(0);
            default -> 1;
        };
    }
}
