package io.kadedb.planner.functions;

import io.kadedb.common.type.SqlType;
import io.kadedb.planner.physical.ScalarFunction;
import java.util.List;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;

/** A function of ours under one of its names. */
public final class KadeFunction extends SqlFunction {
    private final ScalarFunction function;
    private final boolean swapped;
    private final TypedOperands typing;

    KadeFunction(String name, ScalarFunction function, TypedOperands typing, boolean swapped) {
        super(name, SqlKind.OTHER_FUNCTION, typing, null, typing, SqlFunctionCategory.USER_DEFINED_FUNCTION);
        this.function = function;
        this.swapped = swapped;
        this.typing = typing;
    }

    public ScalarFunction function() {
        return function;
    }

    /** The types in which it wants arguments of these types. */
    public List<SqlType> operandTypes(List<SqlType> arguments) {
        return typing.operandTypes(arguments);
    }

    /** Whether the arguments come in the opposite order of the function's ({@code strpos} for {@code position}). */
    public boolean swapped() {
        return swapped;
    }

    @Override
    public boolean isDeterministic() {
        return !function.isVolatile();
    }
}
