package io.kadedb.planner.rules;

import com.google.common.collect.ImmutableList;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.planner.functions.KadeOperatorTable;
import io.kadedb.planner.rel.KadeMetadata;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.ImmutableBitSet;

/** Gives rows the values of subqueries as columns: each by an Apply whose right side has at most one row. */
final class SubqueryColumns {
    /** Names counts of which only is asked whether there are any. */
    private static final String EXISTS = "$exists";

    private final SubqueryApplies applies;

    SubqueryColumns(SubqueryApplies applies) {
        this.applies = applies;
    }

    RexNode of(RexSubQuery query) {
        return switch (query.getKind()) {
            case SCALAR_QUERY -> scalar(query);
            case EXISTS -> exists(query.rel, List.of(), (right, operands) -> right);
            case IN, SOME -> quantified(query);
            default ->
                throw KadeException.of(
                        ErrorCode.FEATURE_NOT_SUPPORTED, "subqueries of this kind are not built: " + query.getKind());
        };
    }

    private RexBuilder builder() {
        return applies.builder();
    }

    private RexNode scalar(RexSubQuery query) {
        KadeMetadata metadata = KadeMetadata.instance();
        if (applies.isGuarded()) {
            return guardedScalar(query);
        }
        int column = applies.apply(query, JoinRelType.LEFT, (right, operands) -> {
            Double most = metadata.getMaxRowCount(right);
            return most != null && most <= 1 ? right : aggregate(right, SqlStdOperatorTable.SINGLE_VALUE, 0);
        });
        return applies.column(column);
    }

    /** Of a branch that may not be taken: whether there is more than one row is asked where the value is used. */
    private RexNode guardedScalar(RexSubQuery query) {
        KadeMetadata metadata = KadeMetadata.instance();
        boolean[] counted = {false};
        int column = applies.apply(query, JoinRelType.LEFT, (right, operands) -> {
            Double most = metadata.getMaxRowCount(right);
            counted[0] = most == null || most > 1;
            return counted[0]
                    ? LogicalAggregate.create(
                            right,
                            List.of(),
                            ImmutableBitSet.of(),
                            null,
                            List.of(
                                    call(right, SqlStdOperatorTable.ANY_VALUE, List.of(0)),
                                    call(right, SqlStdOperatorTable.COUNT, List.of())))
                    : right;
        });
        RexNode value = applies.column(column);
        return counted[0] ? singleRow(value, applies.column(column + 1), applies.column(0)) : value;
    }

    /**
     * The value of the only row, where there are not more.
     *
     * @param seen of the outer row, so that it is not computed before it is known
     */
    private RexNode singleRow(RexNode value, RexNode count, RexNode seen) {
        SqlOperator single = KadeOperatorTable.INSTANCE
                .function(KadeOperatorTable.SINGLE_ROW)
                .orElseThrow(() -> KadeException.internal("no function for single rows", null));
        return builder().makeCall(value.getType(), single, List.of(value, count, seen));
    }

    /** Whether there are rows: how many there are, more than none. */
    private RexNode exists(RelNode query, List<RexNode> operands, SubqueryApplies.Right right) {
        int column = applies.apply(query, operands, JoinRelType.INNER, (inner, outer) -> {
            RelNode rows = right.of(inner, outer);
            AggregateCall count =
                    call(rows, SqlStdOperatorTable.COUNT, List.of()).withName(EXISTS);
            return LogicalAggregate.create(rows, List.of(), ImmutableBitSet.of(), null, List.of(count));
        });
        return isPositive(column);
    }

    /** The same count with one row at most, if nothing but whether there are rows is asked of it. */
    static RelNode ofFirst(RelNode right) {
        return right instanceof Aggregate aggregate
                        && aggregate.getAggCallList().size() == 1
                        && EXISTS.equals(aggregate.getAggCallList().getFirst().getName())
                ? aggregate.copy(aggregate.getTraitSet(), List.of(first(aggregate.getInput())))
                : right;
    }

    private static RelNode first(RelNode rows) {
        RexNode one = rows.getCluster().getRexBuilder().makeExactLiteral(BigDecimal.ONE);
        return LogicalSort.create(rows, RelCollations.EMPTY, null, one);
    }

    private RexNode isPositive(int column) {
        return builder()
                .makeCall(
                        SqlStdOperatorTable.GREATER_THAN,
                        applies.column(column),
                        builder().makeExactLiteral(BigDecimal.ZERO));
    }

    private RexNode quantified(RexSubQuery query) {
        List<RexNode> operands = new ArrayList<>();
        query.getOperands().forEach(operand -> operands.add(applies.value(operand)));
        List<RexNode> columns = builder().identityProjects(query.rel.getRowType());
        QuantifiedComparison comparison = QuantifiedComparison.of(query, builder(), operands, columns);
        if (!comparison.isNullable()) {
            return exists(
                    query.rel,
                    operands,
                    (right, outer) ->
                            LogicalFilter.create(right, on(query, right, outer).comparison()));
        }
        // Taken apart, the query is there several times: not if each of them had such parts again.
        return comparison.isEquality() && !Correlations.nestsSubQueries(query.rel)
                ? equality(query, operands, columns)
                : counted(query, operands);
    }

    private QuantifiedComparison on(RexSubQuery query, RelNode right, List<RexNode> outer) {
        return QuantifiedComparison.of(query, builder(), outer, builder().identityProjects(right.getRowType()));
    }

    /** With the reason for NULL taken apart, so that nothing but equality depends on both the value and a row. */
    private RexNode equality(RexSubQuery query, List<RexNode> operands, List<RexNode> columns) {
        RexNode isTrue = exists(
                query.rel,
                operands,
                (right, outer) ->
                        LogicalFilter.create(right, on(query, right, outer).comparison()));
        List<RexNode> unknown = new ArrayList<>();
        if (operands.size() > 1) {
            unknown.add(exists(
                    query.rel,
                    operands,
                    (right, outer) ->
                            LogicalFilter.create(right, on(query, right, outer).notFalse())));
        } else {
            RexNode operand = operands.getFirst();
            if (operand.getType().isNullable()) {
                RexNode any = exists(query.rel, List.of(), (right, outer) -> right);
                RexNode isNull = builder().makeCall(SqlStdOperatorTable.IS_NULL, operand);
                unknown.add(builder().makeCall(SqlStdOperatorTable.AND, isNull, any));
            }
            if (columns.getFirst().getType().isNullable()) {
                unknown.add(exists(
                        query.rel,
                        List.of(),
                        (right, outer) -> LogicalFilter.create(
                                right,
                                builder()
                                        .makeCall(
                                                SqlStdOperatorTable.IS_NULL,
                                                builder().makeInputRef(right, 0)))));
            }
        }
        return threeValued(query, isTrue, RexUtil.composeDisjunction(builder(), unknown));
    }

    /** How often the comparison is true, and how often NULL, found out in one pass over the rows. */
    private RexNode counted(RexSubQuery query, List<RexNode> operands) {
        int first = applies.apply(query.rel, operands, JoinRelType.INNER, (right, outer) -> {
            RexNode comparison = on(query, right, outer).comparison();
            RexNode nothing = builder().makeNullLiteral(comparison.getType());
            RexNode isTrue = builder()
                    .makeCall(SqlStdOperatorTable.CASE, comparison, builder().makeLiteral(true), nothing);
            RexNode isNull = builder()
                    .makeCall(
                            SqlStdOperatorTable.CASE,
                            builder().makeCall(SqlStdOperatorTable.IS_NULL, comparison),
                            builder().makeLiteral(true),
                            nothing);
            RelNode both = LogicalProject.create(
                    right, List.of(), List.of(isTrue, isNull), List.of("$true", "$null"), Set.of());
            return aggregate(both, SqlStdOperatorTable.COUNT, 0, 1);
        });
        return threeValued(query, isPositive(first), isPositive(first + 1));
    }

    private RexNode threeValued(RexSubQuery query, RexNode isTrue, RexNode isUnknown) {
        return builder()
                .makeCall(
                        SqlStdOperatorTable.CASE,
                        isTrue,
                        builder().makeLiteral(true),
                        isUnknown,
                        builder().makeNullLiteral(query.getType()),
                        builder().makeLiteral(false));
    }

    /** One row: the function of each column, or of all rows if there is none. */
    private static RelNode aggregate(RelNode input, SqlAggFunction function, int... columns) {
        List<AggregateCall> calls = new ArrayList<>();
        if (columns.length == 0) {
            calls.add(call(input, function, List.of()));
        }
        for (int column : columns) {
            calls.add(call(input, function, List.of(column)));
        }
        return LogicalAggregate.create(input, List.of(), ImmutableBitSet.of(), null, calls);
    }

    /** The function over all rows. */
    static AggregateCall call(RelNode input, SqlAggFunction function, List<Integer> columns) {
        return AggregateCall.create(
                function,
                false,
                false,
                false,
                ImmutableList.of(),
                columns,
                -1,
                null,
                RelCollations.EMPTY,
                true,
                input,
                null,
                null);
    }
}
