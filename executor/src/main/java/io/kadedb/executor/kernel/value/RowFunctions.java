package io.kadedb.executor.kernel.value;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import io.kadedb.planner.physical.ScalarFunction;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;

/** Finds the row-at-a-time form of a function. */
public final class RowFunctions {
    static final RowFunction IDENTITY = values -> values[0];

    private RowFunctions() {}

    /**
     * The function for arguments of those types.
     *
     * @throws KadeException 42883 when there is none
     */
    public static RowFunction bind(ScalarFunction function, List<SqlType> args, SqlType result, ZoneId zone) {
        RowFunction found = switch (function) {
            case ADD, SUBTRACT, MULTIPLY, DIVIDE, MODULO, NEGATE -> Arithmetic.bind(function, args, result, zone);
            default -> null;
        };
        if (found == null) {
            throw KadeException.of(
                    ErrorCode.UNDEFINED_FUNCTION,
                    "there is no " + function.sqlName() + " for "
                            + args.stream().map(SqlType::toString).collect(Collectors.joining(", ")));
        }
        return found;
    }

    /** Whether the function gives NULL as soon as an argument is NULL. */
    public static boolean isStrict(ScalarFunction function) {
        return switch (function) {
            case CONCAT_FUNCTION, CONCAT_WS, COALESCE, GREATEST, LEAST -> false;
            default -> true;
        };
    }
}
