package io.kadedb.planner.functions;

import io.kadedb.common.type.SqlType;
import io.kadedb.planner.physical.WindowFunction;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.Optionality;

/** A function of ours that exists over windows only. */
public final class KadeWindowFunction extends SqlAggFunction {
    private final WindowFunction function;
    private final TypedOperands typing;

    private KadeWindowFunction(WindowFunction function, TypedOperands typing) {
        super(
                function.sqlName(),
                null,
                SqlKind.OTHER_FUNCTION,
                typing,
                null,
                typing,
                SqlFunctionCategory.USER_DEFINED_FUNCTION,
                false,
                true,
                Optionality.FORBIDDEN);
        this.function = function;
        this.typing = typing;
    }

    static KadeWindowFunction of(WindowFunction function) {
        return switch (function) {
            case ROW_NUMBER, RANK, DENSE_RANK -> ranking(function, "-> bigint");
            case PERCENT_RANK, CUME_DIST -> ranking(function, "-> double");
            case NTILE ->
                new KadeWindowFunction(
                        function, new TypedOperands(Signatures.of("integer -> integer"), TypedOperands.Nulls.ALWAYS));
            case LAG, LEAD -> valued(function, KadeWindowFunction::neighbour);
            case FIRST_VALUE, LAST_VALUE ->
                valued(function, operands -> operands.size() == 1 ? Common.sameType(operands) : Optional.empty());
            case NTH_VALUE -> valued(function, KadeWindowFunction::nth);
        };
    }

    private static KadeWindowFunction ranking(WindowFunction function, String signature) {
        return new KadeWindowFunction(function, new TypedOperands(Signatures.of(signature), TypedOperands.Nulls.NEVER));
    }

    private static KadeWindowFunction valued(WindowFunction function, Typing typing) {
        return new KadeWindowFunction(function, new TypedOperands(typing, TypedOperands.Nulls.ALWAYS));
    }

    /** A value, how far away, and a default of the value's type. */
    private static Optional<Typing.Resolution> neighbour(List<Operand> operands) {
        if (operands.isEmpty() || operands.size() > 3 || (operands.size() > 1 && !isInteger(operands.get(1)))) {
            return Optional.empty();
        }
        if (operands.size() < 3) {
            return Common.sameType(operands.subList(0, 1))
                    .map(value -> new Typing.Resolution(
                            operands.size() == 1 ? List.of(value.result()) : List.of(value.result(), SqlType.INTEGER),
                            value.result()));
        }
        return Common.sameType(List.of(operands.get(0), operands.get(2)))
                .map(value -> Operands.withoutLength(value.result()))
                .map(value -> new Typing.Resolution(List.of(value, SqlType.INTEGER, value), value));
    }

    private static Optional<Typing.Resolution> nth(List<Operand> operands) {
        if (operands.size() != 2 || !isInteger(operands.get(1))) {
            return Optional.empty();
        }
        return Common.sameType(operands.subList(0, 1))
                .map(value -> new Typing.Resolution(List.of(value.result(), SqlType.INTEGER), value.result()));
    }

    private static boolean isInteger(Operand operand) {
        return operand.unknown() || operand.type().isInteger();
    }

    public WindowFunction function() {
        return function;
    }

    /** The types in which it wants arguments of these types. */
    public List<SqlType> operandTypes(List<SqlType> arguments) {
        return typing.operandTypes(arguments);
    }
}
