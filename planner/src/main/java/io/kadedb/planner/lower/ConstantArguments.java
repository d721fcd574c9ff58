package io.kadedb.planner.lower;

import io.kadedb.common.type.Interval;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.parser.IntervalText;
import io.kadedb.parser.ast.SqlTypes;
import io.kadedb.planner.physical.Expr;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSubQuery;

/**
 * What constants in expressions are.
 *
 * @param expressions builds them in a session's zone
 */
public record ConstantArguments(ExprBuilder expressions) {
    /** Of what means the same in all sessions. */
    public static ConstantArguments inUtc() {
        return new ConstantArguments(new ExprBuilder(Map.of(), ZoneOffset.UTC, OuterRowStack.lenient()));
    }

    /** The type of an expression. */
    public static SqlType type(RexNode node) {
        return SqlTypes.fromRelDataType(node.getType());
    }

    /**
     * The value of an argument as a plan's literals have it, if it is a constant other than NULL.
     *
     * @param call whose other arguments are columns and constants
     * @param row that it is computed over
     */
    public Optional<Object> value(RexCall call, int argument, RelDataType row) {
        if (!call.getOperands().stream().allMatch(ConstantArguments::isSimple)) {
            return Optional.empty();
        }
        Expr built = expressions.build(call, column -> {
            RelDataTypeField field = row.getFieldList().get(column);
            return new Expr.Column(
                    column,
                    SqlTypes.fromRelDataType(field.getType()),
                    field.getType().isNullable());
        });
        return built instanceof Expr.Call known
                        && known.args().size() == call.getOperands().size()
                ? value(known.args().get(argument))
                : Optional.empty();
    }

    /** The value of a constant of a type, or of another whole number. */
    public Optional<Object> value(RexNode node, SqlType type) {
        if (!isSimple(node) || node instanceof RexInputRef) {
            return Optional.empty();
        }
        SqlType own = type(node);
        return own.id() == type.id() || (isWhole(own) && isWhole(type))
                ? value(expressions.build(node, column -> new Expr.Column(column, type, true)))
                : Optional.empty();
    }

    private static boolean isWhole(SqlType type) {
        return switch (type.id()) {
            case SMALLINT, INTEGER, BIGINT -> true;
            default -> false;
        };
    }

    private static Optional<Object> value(Expr argument) {
        return switch (argument) {
            case Expr.Literal literal -> Optional.ofNullable(literal.value());
            case Expr.Cast(Expr.Literal text, SqlType to)
            when to.id() == TypeId.INTERVAL && text.value() instanceof String written ->
                IntervalText.value(written)
                        .map(interval -> new Interval(interval.months(), interval.days(), interval.micros()));
            default -> Optional.empty();
        };
    }

    /** Whether it is a column or a constant, perhaps cast. */
    private static boolean isSimple(RexNode node) {
        return switch (node) {
            case RexInputRef ref -> true;
            case RexLiteral literal -> true;
            case RexSubQuery query -> false;
            case RexCall call ->
                call.getOperands().stream().allMatch(ConstantArguments::isSimple)
                        && call.getOperands().stream().noneMatch(RexInputRef.class::isInstance);
            default -> false;
        };
    }
}
