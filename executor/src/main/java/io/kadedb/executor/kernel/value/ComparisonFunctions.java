package io.kadedb.executor.kernel.value;

import io.kadedb.common.json.Jsonb;
import io.kadedb.common.json.JsonbKey;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.planner.physical.ScalarFunction;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Functions by the order of values; all take NULLs. */
final class ComparisonFunctions {
    private ComparisonFunctions() {}

    static @Nullable RowFunction bind(ScalarFunction function, List<SqlType> types) {
        Comparator<Object> order =
                types.getFirst().id() == TypeId.JSONB ? ComparisonFunctions::documents : ValueOrder::compare;
        return switch (function) {
            case GREATEST -> args -> extreme(args, 1, order);
            case LEAST -> args -> extreme(args, -1, order);
            case IS_DISTINCT_FROM -> args -> distinct(args[0], args[1], order);
            case IS_NOT_DISTINCT_FROM -> args -> !distinct(args[0], args[1], order);
            default -> null;
        };
    }

    private static int documents(Object a, Object b) {
        return JsonbKey.compare(Jsonb.of((ByteBuffer) a), Jsonb.of((ByteBuffer) b));
    }

    private static boolean distinct(@Nullable Object a, @Nullable Object b, Comparator<Object> order) {
        if (a == null || b == null) {
            return (a == null) != (b == null);
        }
        return order.compare(a, b) != 0;
    }

    private static @Nullable Object extreme(@Nullable Object[] args, int sign, Comparator<Object> order) {
        Object best = null;
        for (Object arg : args) {
            if (arg != null && (best == null || Integer.signum(order.compare(arg, best)) == sign)) {
                best = arg;
            }
        }
        return best;
    }
}
