package io.kadedb.planner.functions;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import io.kadedb.parser.ast.Positions;
import io.kadedb.parser.ast.SqlTypes;
import io.kadedb.planner.types.TypeRules;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;

/**
 * Converts a value to the type of the column it is stored into, by the rules of assignment (PostgreSQL manual, 10.4).
 * Text keeps its length; the statement's rows are held to the lengths of the columns where they are written.
 */
public final class AssignOperator extends SqlSpecialOperator {
    private final String column;
    private final SqlType target;

    private AssignOperator(String column, SqlType target) {
        super("$assign", SqlKind.OTHER_FUNCTION);
        this.column = column;
        this.target = target;
    }

    /** The value converted for the column. */
    public static SqlNode to(String column, SqlType type, SqlNode value) {
        return new AssignOperator(column, withoutLength(type)).createCall(value.getParserPosition(), value);
    }

    /** Text of any length, or arrays of such; other types as they are. */
    public static SqlType withoutLength(SqlType type) {
        if (type.isArray()) {
            return SqlType.array(withoutLength(type.element()));
        }
        return type.isText() ? SqlType.TEXT : type;
    }

    @Override
    public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
        SqlNode value = call.operand(0);
        RelDataType type = validator.deriveType(scope, value);
        if (Operands.isUnknown(value, type)) {
            SqlNode adapted = Operands.adapt(validator, scope, value, target);
            call.setOperand(0, adapted);
            return SqlTypes.toRelDataType(
                    validator.getTypeFactory(),
                    target,
                    validator.deriveType(scope, adapted).isNullable());
        }
        check(SqlTypes.fromRelDataType(type), column, target, value);
        return SqlTypes.toRelDataType(validator.getTypeFactory(), target, type.isNullable());
    }

    /** Calcite names the columns of aggregates after the text of their expressions. */
    @Override
    public void unparse(SqlWriter writer, SqlCall call, int leftPrec, int rightPrec) {
        SqlWriter.Frame frame = writer.startFunCall(getName());
        call.operand(0).unparse(writer, 0, 0);
        writer.endFunCall(frame);
    }

    private static void check(SqlType from, String column, SqlType target, SqlNode value) {
        if (!TypeRules.assignable(from, target)) {
            throw mismatch(column, target, from).at(Positions.of(value.getParserPosition()));
        }
    }

    /** 42804 in PostgreSQL's words. */
    public static KadeException mismatch(String column, SqlType target, SqlType from) {
        return KadeException.of(
                        ErrorCode.DATATYPE_MISMATCH,
                        "column \"" + column + "\" is of type " + target + " but expression is of type " + from)
                .hint("rewrite or cast the expression");
    }
}
