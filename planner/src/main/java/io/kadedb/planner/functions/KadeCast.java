package io.kadedb.planner.functions;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.parser.ast.OpaqueType;
import io.kadedb.parser.ast.Positions;
import io.kadedb.parser.ast.SqlTypes;
import io.kadedb.planner.types.TypeRules;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.fun.SqlCastFunction;

/** CAST by our rules of what converts to what. */
final class KadeCast extends SqlCastFunction {
    /** Calcite takes the array apart that either of the two is. */
    @Override
    public RelDataType inferReturnType(SqlOperatorBinding binding) {
        RelDataType from = binding.getOperandType(0);
        RelDataType to = binding.getOperandType(1);
        if (from.getComponentType() != null || to.getComponentType() != null) {
            return binding.getTypeFactory().createTypeWithNullability(to, from.isNullable());
        }
        RelDataType type = super.inferReturnType(binding);
        boolean documentNull = from instanceof OpaqueType opaque
                && opaque.type().id() == TypeId.JSONB
                && !(type instanceof OpaqueType)
                && !SqlTypes.fromRelDataType(type).isText();
        return documentNull ? binding.getTypeFactory().createTypeWithNullability(type, true) : type;
    }

    @Override
    public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
        SqlNode input = binding.operand(0);
        SqlType to = SqlTypes.fromRelDataType(binding.getOperandType(1));
        if (input instanceof SqlDynamicParam parameter) {
            ((Operands.ParameterTypes) binding.getValidator()).declare(parameter, to);
            return true;
        }
        if (SqlUtil.isNullLiteral(input, false)) {
            return true;
        }
        SqlType from = SqlTypes.fromRelDataType(binding.getOperandType(0));
        boolean castable = TypeRules.castable(from, to);
        if (!castable && throwOnFailure) {
            throw KadeException.of(ErrorCode.CANNOT_COERCE, "cannot cast type " + from + " to " + to)
                    .at(Positions.of(binding.getCall().getParserPosition()));
        }
        return castable;
    }
}
