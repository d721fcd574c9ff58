package io.kadedb.executor.kernel.value;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.ArrayValue;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeDetail.Label;
import io.kadedb.planner.physical.ScalarFunction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The labels of an enumerated type (PostgreSQL manual, 9.10). */
final class EnumFunctions {
    private EnumFunctions() {}

    static @Nullable RowFunction bind(ScalarFunction function, List<SqlType> args, SqlType result) {
        SqlType type = args.getFirst();
        List<Label> labels = type.labels().labels();
        return switch (function) {
            case ENUM_FIRST -> values -> present(labels, type).getFirst().place();
            case ENUM_LAST -> values -> present(labels, type).getLast().place();
            case ENUM_RANGE -> values -> ArrayFunctions.bytes(range(labels, values), result);
            default -> null;
        };
    }

    private static List<Label> present(List<Label> labels, SqlType type) {
        if (labels.isEmpty()) {
            throw KadeException.of(ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE, "enum " + type + " contains no values");
        }
        return labels;
    }

    /** Between two values, of which NULL is no bound. */
    private static ArrayValue range(List<Label> labels, @Nullable Object[] values) {
        List<@Nullable Object> within = new ArrayList<>();
        for (Label label : labels) {
            boolean above = values.length < 2 || values[0] == null || label.place() >= Args.number(values, 0);
            boolean below = values.length < 2 || values[1] == null || label.place() <= Args.number(values, 1);
            if (above && below) {
                within.add(label.place());
            }
        }
        return ArrayValue.of(within);
    }
}
