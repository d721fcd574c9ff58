package io.kadedb.planner.functions;

import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.parser.ast.KadeTypeNameSpec;
import io.kadedb.parser.ast.SqlTypes;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.util.NlsString;

/** Reads the arguments of calls, and gives those of unknown type the type that is wanted. */
@SuppressWarnings("ReferenceEquality") // whether a node was replaced
public final class Operands {
    private Operands() {}

    /** Learns the types of parameters. */
    public interface ParameterTypes {
        void declare(SqlDynamicParam parameter, SqlType type);
    }

    static Operand of(SqlCallBinding binding, int index) {
        SqlNode node = binding.getCall().operand(index);
        if (node instanceof SqlIntervalQualifier field) {
            Optional<String> name = Optional.of(field.getUnit().name().toLowerCase(Locale.ROOT));
            return new Operand(SqlType.TEXT, false, OptionalInt.empty(), name);
        }
        RelDataType type = binding.getOperandType(index);
        boolean unknown = isUnknown(node, type);
        SqlType sqlType = unknown ? SqlType.NULL : SqlTypes.fromRelDataType(type);
        if (unknown && node instanceof SqlLiteral literal && literal.getTypeName() == SqlTypeName.CHAR) {
            return new Operand(
                    SqlType.TEXT, true, OptionalInt.empty(), Optional.ofNullable(literal.getValueAs(String.class)));
        }
        return new Operand(sqlType, unknown, integer(node), Optional.empty());
    }

    static Operand ofRex(SqlOperatorBinding binding, int index, RelDataType type) {
        OptionalInt integer = OptionalInt.empty();
        Optional<String> text = Optional.empty();
        if (binding.isOperandLiteral(index, true) && !binding.isOperandNull(index, true)) {
            if (SqlTypeUtil.isExactNumeric(type)) {
                // A text literal cast to a number is a literal too, with the text as its value.
                Object value = binding.getOperandLiteralValue(index, Object.class);
                integer = value instanceof BigDecimal number ? OptionalInt.of(number.intValue()) : integer;
            } else if (SqlTypeUtil.inCharFamily(type)) {
                // A literal that is cast to another text type comes as Calcite's own kind of string.
                Object value = binding.getOperandLiteralValue(index, Object.class);
                text = Optional.ofNullable(value instanceof NlsString string ? string.getValue() : (String) value);
            }
        }
        SqlType sqlType = SqlTypes.fromRelDataType(type);
        return new Operand(sqlType, sqlType.id() == TypeId.NULL, integer, text);
    }

    private static OptionalInt integer(SqlNode node) {
        boolean negative = node.getKind() == SqlKind.MINUS_PREFIX;
        SqlNode number = negative ? ((SqlCall) node).operand(0) : node;
        if (number instanceof SqlLiteral literal && literal.getTypeName() == SqlTypeName.DECIMAL) {
            BigDecimal value = literal.getValueAs(BigDecimal.class);
            if (value.scale() <= 0 && value.abs().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0) {
                return OptionalInt.of(negative ? -value.intValue() : value.intValue());
            }
        }
        return OptionalInt.empty();
    }

    /** Whether a node takes whatever type is wanted. */
    public static boolean isUnknown(SqlNode node, RelDataType type) {
        if (node instanceof SqlDynamicParam) {
            return type.getSqlTypeName() == SqlTypeName.UNKNOWN || type.getSqlTypeName() == SqlTypeName.NULL;
        }
        return (node instanceof SqlLiteral literal && literal.getTypeName() == SqlTypeName.CHAR)
                || SqlUtil.isNullLiteral(node, false);
    }

    /** What a constant of any length has room in; text if nothing else is known. */
    public static SqlType withoutLength(SqlType type) {
        return switch (type.id()) {
            case NULL, VARCHAR -> SqlType.TEXT;
            case CHAR -> SqlType.BLANKED;
            default -> type;
        };
    }

    /** Gives an argument of unknown type the type that is wanted. */
    public static void adapt(SqlCallBinding binding, int index, SqlType wanted) {
        SqlNode node = binding.getCall().operand(index);
        SqlNode adapted = adapt(binding.getValidator(), binding.getScope(), node, wanted);
        if (adapted != node) {
            binding.getCall().setOperand(index, adapted);
        }
    }

    /** The node in the type that is wanted, perhaps in a new CAST. */
    public static SqlNode adapt(SqlValidator validator, SqlValidatorScope scope, SqlNode node, SqlType wanted) {
        if (node instanceof SqlDynamicParam parameter) {
            ((ParameterTypes) validator).declare(parameter, wanted);
            return node;
        }
        boolean text = node instanceof SqlLiteral literal && literal.getTypeName() == SqlTypeName.CHAR;
        if (text && wanted.isText() && !wanted.keepsBlanks()) {
            return node;
        }
        if (text) {
            UntypedLiterals.check((SqlLiteral) node, wanted);
        }
        return cast(validator, scope, node, wanted);
    }

    /** The node in a CAST that is validated already. */
    public static SqlNode cast(SqlValidator validator, SqlValidatorScope scope, SqlNode node, SqlType wanted) {
        SqlNode cast = SqlStdOperatorTable.CAST.createCall(
                node.getParserPosition(), node, KadeTypeNameSpec.spec(wanted, node.getParserPosition()));
        validator.deriveType(scope, cast);
        return cast;
    }
}
