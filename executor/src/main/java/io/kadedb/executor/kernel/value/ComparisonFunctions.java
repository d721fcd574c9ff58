package io.kadedb.executor.kernel.value;

import io.kadedb.planner.physical.ScalarFunction;
import org.jspecify.annotations.Nullable;

/** Functions by the order of values; all take NULLs. */
final class ComparisonFunctions {
    private ComparisonFunctions() {}

    static @Nullable RowFunction bind(ScalarFunction function) {
        return switch (function) {
            case GREATEST -> args -> extreme(args, 1);
            case LEAST -> args -> extreme(args, -1);
            case IS_DISTINCT_FROM -> args -> distinct(args[0], args[1]);
            case IS_NOT_DISTINCT_FROM -> args -> !distinct(args[0], args[1]);
            default -> null;
        };
    }

    private static boolean distinct(@Nullable Object a, @Nullable Object b) {
        if (a == null || b == null) {
            return (a == null) != (b == null);
        }
        return ValueOrder.compare(a, b) != 0;
    }

    private static @Nullable Object extreme(@Nullable Object[] args, int sign) {
        Object best = null;
        for (Object arg : args) {
            if (arg != null && (best == null || Integer.signum(ValueOrder.compare(arg, best)) == sign)) {
                best = arg;
            }
        }
        return best;
    }
}
