package io.kadedb.planner.lower;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import io.kadedb.planner.physical.AggregateFunction;
import java.util.List;

/** Refuses to group, sort and compare values of types that have no equality: json keeps its text as written. */
final class ComparedTypes {
    private ComparedTypes() {}

    static void requireEquality(SqlType type) {
        if (type.isIncomparable()) {
            throw KadeException.of(
                            ErrorCode.UNDEFINED_FUNCTION, "could not identify an equality operator for type " + type)
                    .hint("cast it to " + (type.isJson() ? "jsonb" : "text") + ", whose values are compared");
        }
    }

    static void requireOrder(SqlType type) {
        if (type.isIncomparable()) {
            throw KadeException.of(
                            ErrorCode.UNDEFINED_FUNCTION, "could not identify an ordering operator for type " + type)
                    .hint("cast it to " + (type.isJson() ? "jsonb" : "text") + ", whose values are compared");
        }
    }

    /** What is nearest is found among numbers, times and texts. */
    static void requireTime(SqlType type) {
        if (type.isJson() || type.isArray()) {
            throw KadeException.of(
                    ErrorCode.FEATURE_NOT_SUPPORTED, "an ASOF JOIN by values of type " + type + " is not supported");
        }
    }

    /** There are no least and greatest documents, though they have an order. */
    static void requireExtremes(AggregateFunction function, List<SqlType> arguments) {
        if (function.keyArgument() < 0) {
            return;
        }
        SqlType type = arguments.get(function.keyArgument());
        if (type.isJson() || type.isIncomparable()) {
            throw KadeException.of(
                    ErrorCode.UNDEFINED_FUNCTION, "function " + function.sqlName() + "(" + type + ") does not exist");
        }
    }
}
