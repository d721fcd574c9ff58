package io.kadedb.planner.functions;

import io.kadedb.common.type.SqlType;
import io.kadedb.parser.ast.SqlTypes;
import io.kadedb.planner.physical.Expr.SessionValue;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.type.OperandTypes;

/** A value of the session: the same throughout a statement, yet never folded into a plan. */
public final class KadeSessionFunction extends SqlFunction {
    private final SessionValue.Kind value;
    private final SqlType type;
    private final boolean parentheses;

    KadeSessionFunction(String name, SessionValue.Kind kind, SqlType type, boolean parentheses) {
        super(
                name,
                SqlKind.OTHER_FUNCTION,
                binding -> SqlTypes.toRelDataType(binding.getTypeFactory(), type),
                null,
                OperandTypes.NILADIC,
                SqlFunctionCategory.USER_DEFINED_FUNCTION);
        this.value = kind;
        this.type = type;
        this.parentheses = parentheses;
    }

    public SessionValue value() {
        return new SessionValue(value, type);
    }

    @Override
    public SqlSyntax getSyntax() {
        return parentheses ? SqlSyntax.FUNCTION : SqlSyntax.FUNCTION_ID;
    }

    @Override
    public boolean isDynamicFunction() {
        return true;
    }
}
