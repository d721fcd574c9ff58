package io.kadedb.planner.lower;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.planner.estimate.Cardinality;
import io.kadedb.planner.functions.KadeTableFunction;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.PhysicalPlan;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;

/** Lowers functions in FROM. */
final class FunctionScans {
    private FunctionScans() {}

    static Lowered lower(TableFunctionScan scan, ExprBuilder expressions, Cardinality cardinality) {
        if (!(scan.getCall() instanceof RexCall call) || !(call.getOperator() instanceof KadeTableFunction function)) {
            throw KadeException.of(ErrorCode.FEATURE_NOT_SUPPORTED, "this function in FROM is not built");
        }
        List<Expr> args = new ArrayList<>();
        for (RexNode operand : call.getOperands()) {
            args.add(expressions.build(operand, index -> {
                throw KadeException.internal("a column in the arguments of a function in FROM", null);
            }));
        }
        List<SqlType> wanted =
                function.operandTypes(args.stream().map(Expr::type).toList());
        for (int i = 0; i < args.size(); i++) {
            args.set(i, expressions.cast(args.get(i), wanted.get(i)));
        }
        List<Field> output = PhysicalPlanner.fields(
                scan, ImmutableBitSet.range(scan.getRowType().getFieldCount()));
        return Lowered.identity(new PhysicalPlan.FunctionScan(
                function.function(), args, function.ordinality(), output, cardinality.rows(scan)));
    }
}
