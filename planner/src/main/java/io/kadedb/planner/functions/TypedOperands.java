package io.kadedb.planner.functions;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import io.kadedb.parser.ast.Positions;
import io.kadedb.parser.ast.SqlTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;

/** Ties a {@link Typing} into Calcite: checks arguments, gives unknown ones their type, tells the result's. */
final class TypedOperands implements SqlOperandTypeChecker, SqlReturnTypeInference {
    /** When the result is NULL. */
    enum Nulls {
        /** When any argument is. */
        ANY,
        /** When all arguments are. */
        ALL,
        NEVER,
        /** Perhaps for arguments that are not. */
        ALWAYS
    }

    private final Typing typing;
    private final Nulls nulls;

    TypedOperands(Typing typing, Nulls nulls) {
        this.typing = typing;
        this.nulls = nulls;
    }

    @Override
    public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
        List<Operand> operands = new ArrayList<>();
        for (int i = 0; i < binding.getOperandCount(); i++) {
            operands.add(Operands.of(binding, i));
        }
        Optional<Typing.Resolution> resolution = typing.resolve(operands);
        if (resolution.isEmpty()) {
            if (throwOnFailure) {
                throw noneFits(binding, operands);
            }
            return false;
        }
        for (int i = 0; i < operands.size(); i++) {
            if (operands.get(i).unknown()) {
                Operands.adapt(binding, i, resolution.get().operands().get(i));
            }
        }
        return true;
    }

    private static KadeException noneFits(SqlCallBinding binding, List<Operand> operands) {
        SqlOperator operator = binding.getOperator();
        String message;
        String hint;
        if (operator.getSyntax() == SqlSyntax.BINARY) {
            message = "operator does not exist: " + operands.get(0).describe() + " " + operator.getName() + " "
                    + operands.get(1).describe();
            hint = "no operator of this name takes these types; an explicit cast may help";
        } else {
            String types = operands.stream().map(Operand::describe).collect(Collectors.joining(", "));
            message = "function " + operator.getName() + "(" + types + ") does not exist";
            hint = "no function of this name takes these arguments; an explicit cast may help";
        }
        return KadeException.of(ErrorCode.UNDEFINED_FUNCTION, message)
                .at(Positions.of(binding.getCall().getParserPosition()))
                .hint(hint);
    }

    @Override
    public RelDataType inferReturnType(SqlOperatorBinding binding) {
        List<Operand> operands = new ArrayList<>();
        boolean anyNullable = false;
        boolean allNullable = true;
        for (int i = 0; i < binding.getOperandCount(); i++) {
            RelDataType type = binding.getOperandType(i);
            anyNullable |= type.isNullable();
            allNullable &= type.isNullable();
            operands.add(
                    switch (binding) {
                        case SqlCallBinding call -> Operands.of(call, i);
                        case Aggregate.AggCallBinding aggregate -> Operand.of(SqlTypes.fromRelDataType(type));
                        default -> Operands.ofRex(binding, i, type);
                    });
        }
        SqlType result = resolved(binding, operands).result();
        boolean nullable = switch (nulls) {
            case ANY -> anyNullable;
            case ALL -> allNullable;
            case NEVER -> false;
            case ALWAYS -> true;
        };
        return SqlTypes.toRelDataType(binding.getTypeFactory(), result, nullable);
    }

    private Typing.Resolution resolved(SqlOperatorBinding binding, List<Operand> operands) {
        return typing.resolve(operands)
                .orElseThrow(() -> KadeException.internal(
                        "no type for " + binding.getOperator().getName() + operands, null));
    }

    /** The types in which the arguments of a call are wanted. */
    List<SqlType> operandTypes(SqlCallBinding binding) {
        List<Operand> operands = new ArrayList<>();
        for (int i = 0; i < binding.getOperandCount(); i++) {
            operands.add(Operands.of(binding, i));
        }
        return resolved(binding, operands).operands();
    }

    /** The types in which arguments of these types are wanted. */
    List<SqlType> operandTypes(List<SqlType> arguments) {
        return typing.resolve(arguments.stream().map(Operand::of).toList())
                .map(Typing.Resolution::operands)
                .orElse(arguments);
    }

    @Override
    public SqlOperandCountRange getOperandCountRange() {
        return SqlOperandCountRanges.any();
    }

    @Override
    public String getAllowedSignatures(SqlOperator op, String opName) {
        return opName + "(...)";
    }
}
