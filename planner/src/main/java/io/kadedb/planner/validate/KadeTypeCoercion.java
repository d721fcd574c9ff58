package io.kadedb.planner.validate;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.parser.ast.Positions;
import io.kadedb.parser.ast.SqlTypes;
import io.kadedb.planner.functions.Operands;
import io.kadedb.planner.types.TypeRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.sql.validate.implicit.TypeCoercionImpl;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Gives literals and parameters of unknown type the type of what they meet, and refuses comparisons that PostgreSQL
 * refuses. Numbers of different types are left as they are; the physical plan casts them.
 */
@SuppressWarnings("ReferenceEquality") // whether a node was replaced
final class KadeTypeCoercion extends TypeCoercionImpl {
    KadeTypeCoercion(RelDataTypeFactory typeFactory, SqlValidator validator) {
        super(typeFactory, validator);
    }

    @Override
    public boolean binaryComparisonCoercion(SqlCallBinding binding) {
        List<SqlNode> nodes = binding.operands();
        if (nodes.size() == 2
                && nodes.get(0).getKind() == SqlKind.ROW
                && nodes.get(1).getKind() == SqlKind.ROW) {
            return rowCoercion(binding, (SqlCall) nodes.get(0), (SqlCall) nodes.get(1));
        }
        for (SqlNode node : nodes) {
            if (validator.deriveType(scope(binding), node).isStruct()) {
                return false;
            }
        }
        SqlType common = common(binding, nodes, binding.getOperator().getName());
        boolean changed = false;
        for (int i = 0; i < nodes.size(); i++) {
            SqlNode adapted = converted(binding, nodes.get(i), common);
            if (adapted != nodes.get(i)) {
                binding.getCall().setOperand(i, adapted);
                changed = true;
            }
        }
        return changed;
    }

    /** Each pair of columns by itself. */
    private boolean rowCoercion(SqlCallBinding binding, SqlCall left, SqlCall right) {
        boolean changed = false;
        for (int i = 0; i < Math.min(left.operandCount(), right.operandCount()); i++) {
            List<SqlNode> pair = List.of(left.operand(i), right.operand(i));
            SqlType common = common(binding, pair, binding.getOperator().getName());
            changed |= convertColumn(binding, left, i, common);
            changed |= convertColumn(binding, right, i, common);
        }
        return changed;
    }

    private boolean convertColumn(SqlCallBinding binding, SqlCall row, int column, SqlType common) {
        SqlNode own = row.operand(column);
        SqlNode converted = converted(binding, own, common);
        if (converted == own) {
            return false;
        }
        row.setOperand(column, converted);
        return true;
    }

    private static SqlValidatorScope scope(SqlCallBinding binding) {
        return binding.getScope();
    }

    /** The type to compare in. */
    private SqlType common(SqlCallBinding binding, List<SqlNode> nodes, String operator) {
        SqlType common = SqlType.NULL;
        for (SqlNode node : nodes) {
            RelDataType type = validator.deriveType(scope(binding), node);
            if (Operands.isUnknown(node, type)) {
                continue;
            }
            SqlType next = SqlTypes.fromRelDataType(type);
            Optional<SqlType> wider = compared(common, next);
            if (wider.isEmpty()) {
                throw KadeException.of(
                                ErrorCode.UNDEFINED_FUNCTION,
                                "operator does not exist: " + common + " " + symbol(operator) + " " + next)
                        .at(Positions.of(binding.getCall().getParserPosition()))
                        .hint("no operator of this name takes these types; an explicit cast may help");
            }
            common = wider.get();
        }
        if (common.isIncomparable()) {
            throw KadeException.of(
                            ErrorCode.UNDEFINED_FUNCTION,
                            "operator does not exist: " + common + " " + symbol(operator) + " " + common)
                    .at(Positions.of(binding.getCall().getParserPosition()))
                    .hint(
                            common.isJson()
                                    ? "json keeps its text as it was written and is not compared; jsonb is"
                                    : "paths are not compared; their texts are");
        }
        return common.id() == TypeId.NULL ? SqlType.TEXT : DecimalLiterals.widened(common, nodes);
    }

    /** The type to compare two in: arrays have elements of one type, as PostgreSQL wants it, but for the sizes of the type. */
    private static Optional<SqlType> compared(SqlType one, SqlType other) {
        boolean differ = one.isArray()
                && other.isArray()
                && one.element().id() != other.element().id()
                && !(one.element().isText() && other.element().isText());
        return differ ? Optional.empty() : TypeRules.common(one, other);
    }

    private static String symbol(String operator) {
        return switch (operator) {
            case "IN", "NOT IN" -> "=";
            case "BETWEEN", "NOT BETWEEN", "BETWEEN ASYMMETRIC", "NOT BETWEEN ASYMMETRIC" -> ">=";
            default -> operator.startsWith("BETWEEN") ? ">=" : operator.split(" ", 2)[0];
        };
    }

    /** An operand, with a CAST if it is unknown or a date that meets a timestamp. */
    private SqlNode converted(SqlCallBinding binding, SqlNode node, SqlType common) {
        RelDataType type = validator.deriveType(scope(binding), node);
        if (Operands.isUnknown(node, type)) {
            return Operands.adapt(validator, scope(binding), node, target(common));
        }
        SqlType own = SqlTypes.fromRelDataType(type);
        if (TypeRules.isDateTime(common) && own.id() != common.id()) {
            return Operands.cast(validator, scope(binding), node, common);
        }
        return node;
    }

    /** A literal is never cut to the length of what it meets. */
    private static SqlType target(SqlType common) {
        return common.isText() ? SqlType.TEXT : common;
    }

    @Override
    public boolean inOperationCoercion(SqlCallBinding binding) {
        SqlNode left = binding.operand(0);
        SqlNode right = binding.operand(1);
        if (validator.deriveType(scope(binding), left).isStruct() || left.getKind() == SqlKind.ROW) {
            return false;
        }
        if (!(right instanceof SqlNodeList list)) {
            return subqueryCoercion(binding, left, right);
        }
        List<SqlNode> nodes = new ArrayList<>(list.getList());
        nodes.addFirst(left);
        SqlType common = common(binding, nodes, binding.getOperator().getName());
        SqlNode newLeft = converted(binding, left, common);
        boolean changed = newLeft != left;
        if (changed) {
            binding.getCall().setOperand(0, newLeft);
        }
        for (int i = 0; i < list.size(); i++) {
            SqlNode adapted = converted(binding, list.get(i), common);
            if (adapted != list.get(i)) {
                list.set(i, adapted);
                changed = true;
            }
        }
        boolean nullable = list.stream()
                .anyMatch(n -> validator.deriveType(scope(binding), n).isNullable());
        validator.setValidatedNodeType(list, SqlTypes.toRelDataType(factory, common, nullable));
        return changed;
    }

    private boolean subqueryCoercion(SqlCallBinding binding, SqlNode left, SqlNode right) {
        RelDataType row = validator.deriveType(scope(binding), right);
        RelDataType column = row.isStruct() && row.getFieldCount() == 1
                ? row.getFieldList().getFirst().getType()
                : row;
        if (column.isStruct()) {
            throw KadeException.of(ErrorCode.SYNTAX_ERROR, "subquery has too many columns")
                    .at(Positions.of(right.getParserPosition()));
        }
        SqlType wanted = SqlTypes.fromRelDataType(column);
        RelDataType type = validator.deriveType(scope(binding), left);
        if (Operands.isUnknown(left, type)) {
            binding.getCall().setOperand(0, Operands.adapt(validator, scope(binding), left, target(wanted)));
            return true;
        }
        SqlType own = SqlTypes.fromRelDataType(type);
        Optional<SqlType> common = compared(own, wanted);
        if (common.isEmpty()) {
            throw KadeException.of(
                            ErrorCode.UNDEFINED_FUNCTION,
                            "operator does not exist: " + own + " "
                                    + symbol(binding.getOperator().getName()) + " " + wanted)
                    .at(Positions.of(binding.getCall().getParserPosition()))
                    .hint("no operator of this name takes these types; an explicit cast may help");
        }
        if (TypeRules.isDateTime(own)
                && own.id() != wanted.id()
                && wanted.id() == common.get().id()) {
            binding.getCall().setOperand(0, Operands.cast(validator, scope(binding), left, common.get()));
            return true;
        }
        return false;
    }

    @Override
    public boolean quantifyOperationCoercion(SqlCallBinding binding) {
        return false;
    }

    @Override
    public boolean caseOrEquivalentCoercion(SqlCallBinding binding) {
        if (!(binding.getCall() instanceof SqlCase call)) {
            return false;
        }
        SqlType common = SqlType.NULL;
        boolean nullable = false;
        List<SqlNode> results = new ArrayList<>(call.getThenOperands().getList());
        SqlNode otherwise = call.getElseOperand();
        if (otherwise != null) {
            results.add(otherwise);
        }
        for (SqlNode node : results) {
            RelDataType type = validator.deriveType(scope(binding), node);
            nullable |= type.isNullable();
            if (Operands.isUnknown(node, type)) {
                continue;
            }
            SqlType next = SqlTypes.fromRelDataType(type);
            Optional<SqlType> wider = TypeRules.common(common, next);
            if (wider.isEmpty()) {
                throw KadeException.of(
                                ErrorCode.DATATYPE_MISMATCH,
                                "CASE types " + common + " and " + next + " cannot be matched")
                        .at(Positions.of(node.getParserPosition()));
            }
            common = wider.get();
        }
        SqlType type = common.id() == TypeId.NULL ? SqlType.TEXT : common;
        SqlNodeList thens = call.getThenOperands();
        for (int i = 0; i < thens.size(); i++) {
            thens.set(i, adapted(binding, thens.get(i), type));
        }
        if (otherwise != null) {
            call.setOperand(3, adapted(binding, otherwise, type));
        }
        validator.setValidatedNodeType(call, SqlTypes.toRelDataType(factory, type, nullable));
        return true;
    }

    private SqlNode adapted(SqlCallBinding binding, SqlNode node, SqlType type) {
        RelDataType own = validator.deriveType(scope(binding), node);
        return Operands.isUnknown(node, own) && (node.getKind() != SqlKind.LITERAL || !type.isText())
                ? Operands.adapt(validator, scope(binding), node, target(type))
                : node;
    }

    @Override
    public @Nullable RelDataType getWiderTypeFor(List<RelDataType> typeList, boolean stringPromotion) {
        RelDataType common = factory.leastRestrictive(typeList);
        return common != null || !stringPromotion ? common : typeList.getFirst();
    }

    /** Columns of set operations: an untyped literal takes the type of the other side's column. */
    @Override
    public boolean rowTypeCoercion(
            @Nullable SqlValidatorScope scope, SqlNode query, int columnIndex, RelDataType targetType) {
        if (query instanceof SqlSelect select) {
            SqlNode item = select.getSelectList().get(columnIndex);
            SqlNode value = item.getKind() == SqlKind.AS ? ((SqlCall) item).operand(0) : item;
            SqlValidatorScope inner = validator.getSelectScope(select);
            if (inner != null
                    && Operands.isUnknown(value, validator.deriveType(inner, value))
                    && !SqlTypes.fromRelDataType(targetType).isText()) {
                SqlNode cast = Operands.adapt(validator, inner, value, SqlTypes.fromRelDataType(targetType));
                if (item.getKind() == SqlKind.AS) {
                    ((SqlCall) item).setOperand(0, cast);
                } else {
                    select.getSelectList().set(columnIndex, cast);
                }
                updateInferredColumnType(inner, query, columnIndex, targetType);
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean binaryArithmeticCoercion(SqlCallBinding binding) {
        return false;
    }

    @Override
    public boolean builtinFunctionCoercion(
            SqlCallBinding binding, List<RelDataType> operandTypes, List<SqlTypeFamily> expectedFamilies) {
        return false;
    }

    @Override
    public boolean userDefinedFunctionCoercion(SqlValidatorScope scope, SqlCall call, SqlFunction function) {
        return false;
    }

    @Override
    public boolean querySourceCoercion(
            @Nullable SqlValidatorScope scope, RelDataType sourceRowType, RelDataType targetRowType, SqlNode query) {
        return false;
    }
}
