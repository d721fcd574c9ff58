package io.kadedb.planner.validate;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import io.kadedb.parser.ast.Positions;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.util.SqlShuttle;
import org.checkerframework.checker.nullness.qual.Nullable;

/** What stands in LIMIT and OFFSET: parameters are bigint, constant expressions are computed. */
public final class LimitParameters extends SqlBasicVisitor<@Nullable Void> {
    private final Map<Integer, SqlType> parameters;
    private boolean computed;

    private LimitParameters(Map<Integer, SqlType> parameters) {
        this.parameters = parameters;
    }

    /**
     * Notes the types of parameters; gives the query with only numbers and parameters in LIMIT and OFFSET.
     *
     * @throws KadeException 22P02 for text that is no number, 0A000 for what is not constant
     */
    public static SqlNode declare(SqlNode query, Map<Integer, SqlType> parameters) {
        LimitParameters visitor = new LimitParameters(parameters);
        query.accept(visitor);
        SqlNode constant = visitor.computed ? query.accept(new Constants()) : query;
        return constant == null ? query : constant;
    }

    @Override
    public @Nullable Void visit(SqlCall call) {
        if (call instanceof SqlOrderBy order) {
            note(order.fetch);
            note(order.offset);
        }
        return super.visit(call);
    }

    private void note(@Nullable SqlNode limit) {
        if (limit instanceof SqlDynamicParam parameter) {
            parameters.putIfAbsent(parameter.getIndex(), SqlType.BIGINT);
        } else {
            computed |= limit != null && !(limit instanceof SqlNumericLiteral);
        }
    }

    private static final class Constants extends SqlShuttle {
        @Override
        public @Nullable SqlNode visit(SqlCall call) {
            if (!(call instanceof SqlOrderBy order)) {
                return super.visit(call);
            }
            SqlNode query = order.query.accept(this);
            SqlNode keys = order.orderList.accept(this);
            return new SqlOrderBy(
                    order.getParserPosition(),
                    query == null ? order.query : query,
                    keys instanceof SqlNodeList list ? list : order.orderList,
                    constant(order.offset),
                    constant(order.fetch));
        }

        private static @Nullable SqlNode constant(@Nullable SqlNode limit) {
            if (limit == null || limit instanceof SqlDynamicParam || limit instanceof SqlNumericLiteral) {
                return limit;
            }
            BigDecimal value = value(limit).setScale(0, RoundingMode.HALF_UP);
            return SqlLiteral.createExactNumeric(value.toPlainString(), limit.getParserPosition());
        }

        private static BigDecimal value(SqlNode node) {
            if (node instanceof SqlNumericLiteral number) {
                return number.getValueAs(BigDecimal.class);
            }
            if (node instanceof SqlLiteral literal && literal.getTypeName() == SqlTypeName.CHAR) {
                return parsed(literal);
            }
            if (node.getKind() == SqlKind.IDENTIFIER) {
                throw KadeException.of(ErrorCode.INVALID_COLUMN_REFERENCE, "LIMIT and OFFSET must not contain columns")
                        .at(Positions.of(node.getParserPosition()));
            }
            if (node instanceof SqlCall call) {
                switch (call.getKind()) {
                    case PLUS -> {
                        return value(call.operand(0)).add(value(call.operand(1)));
                    }
                    case MINUS -> {
                        return value(call.operand(0)).subtract(value(call.operand(1)));
                    }
                    case TIMES -> {
                        return value(call.operand(0)).multiply(value(call.operand(1)));
                    }
                    case MINUS_PREFIX -> {
                        return value(call.operand(0)).negate();
                    }
                    case PLUS_PREFIX, CAST -> {
                        return value(call.operand(0));
                    }
                    default -> {}
                }
            }
            throw KadeException.of(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "LIMIT and OFFSET of other than sums and products of numbers, or a parameter, are not"
                                    + " built")
                    .at(Positions.of(node.getParserPosition()));
        }

        private static BigDecimal parsed(SqlLiteral literal) {
            String text = literal.getValueAs(String.class);
            try {
                return BigDecimal.valueOf(Long.parseLong(text.strip()));
            } catch (NumberFormatException e) {
                throw KadeException.of(
                                ErrorCode.INVALID_TEXT_REPRESENTATION,
                                "invalid input syntax for type bigint: \"" + text + "\"",
                                e)
                        .at(Positions.of(literal.getParserPosition()));
            }
        }
    }
}
