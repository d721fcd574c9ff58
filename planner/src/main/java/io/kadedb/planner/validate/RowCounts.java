package io.kadedb.planner.validate;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.parser.ast.Positions;
import io.kadedb.parser.ast.SqlTypes;
import io.kadedb.planner.functions.KadeOperatorTable;
import io.kadedb.planner.functions.Operands;
import java.util.Map;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.validate.ParameterScope;
import org.apache.calcite.sql.validate.SqlValidatorImpl;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The expressions in LIMIT and OFFSET: numbers that depend on no row. */
final class RowCounts extends SqlBasicVisitor<@Nullable Void> {
    private final SqlValidatorImpl validator;
    private final String clause;

    private RowCounts(SqlValidatorImpl validator, String clause) {
        this.validator = validator;
        this.clause = clause;
    }

    /**
     * The expression, validated.
     *
     * @throws KadeException 42P10 for columns, 42803 for aggregates, 42804 and 22P02 for what is no number
     */
    static SqlNode validated(SqlValidatorImpl validator, SqlNode count, String clause) {
        if (count instanceof SqlDynamicParam || count instanceof SqlNumericLiteral) {
            return count;
        }
        count.accept(new RowCounts(validator, clause));
        ParameterScope scope = new ParameterScope(validator, Map.of());
        boolean quoted = count instanceof SqlLiteral literal && literal.getTypeName() == SqlTypeName.CHAR;
        SqlNode adapted = quoted ? Operands.adapt(validator, scope, count, SqlType.BIGINT) : count;
        SqlNode validated = validator.validateParameterizedExpression(adapted, Map.of());
        SqlType type = SqlTypes.fromRelDataType(validator.getValidatedNodeType(validated));
        if (!type.isNumeric() && type.id() != TypeId.NULL) {
            throw KadeException.of(
                            ErrorCode.DATATYPE_MISMATCH,
                            "argument of " + clause + " must be type bigint, not type " + type)
                    .at(Positions.of(count.getParserPosition()));
        }
        return validated;
    }

    @Override
    public @Nullable Void visit(SqlIdentifier id) {
        if (validator.makeNullaryCall(id) == null) {
            throw KadeException.of(
                            ErrorCode.INVALID_COLUMN_REFERENCE, "argument of " + clause + " must not contain variables")
                    .at(Positions.of(id.getParserPosition()));
        }
        return null;
    }

    @Override
    public @Nullable Void visit(SqlCall call) {
        if (call.isA(SqlKind.QUERY)) {
            throw KadeException.of(ErrorCode.FEATURE_NOT_SUPPORTED, "subqueries in " + clause + " are not built")
                    .at(Positions.of(call.getParserPosition()));
        }
        if (KadeOperatorTable.INSTANCE
                .function(call.getOperator().getName())
                .filter(SqlOperator::isAggregator)
                .isPresent()) {
            throw KadeException.of(ErrorCode.GROUPING_ERROR, "aggregate functions are not allowed in " + clause)
                    .at(Positions.of(call.getParserPosition()));
        }
        return super.visit(call);
    }
}
