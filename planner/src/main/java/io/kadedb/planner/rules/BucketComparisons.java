package io.kadedb.planner.rules;

import io.kadedb.common.catalog.RangePartitioning;
import io.kadedb.common.type.SqlType;
import io.kadedb.planner.continuous.BucketWidth;
import io.kadedb.planner.functions.KadeFunction;
import io.kadedb.planner.lower.ConstantArguments;
import io.kadedb.planner.physical.ScalarFunction;
import io.kadedb.planner.rel.TimeLiterals;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * Conditions of tables that compare {@code time_bucket} of a column with a constant, as conditions on the column: these say
 * which partitions, segments and keys are to be read.
 */
final class BucketComparisons {
    private final ConstantArguments constants;
    private final RexBuilder builder;
    private final RelNode input;

    private BucketComparisons(ConstantArguments constants, RelNode input) {
        this.constants = constants;
        this.builder = input.getCluster().getRexBuilder();
        this.input = input;
    }

    static RelNode rewrite(RelNode rel, ConstantArguments constants) {
        List<RelNode> inputs =
                rel.getInputs().stream().map(child -> rewrite(child, constants)).toList();
        RelNode copy = inputs.equals(rel.getInputs()) ? rel : rel.copy(rel.getTraitSet(), inputs);
        return copy instanceof Filter filter && filter.getInput() instanceof TableScan scan
                ? new BucketComparisons(constants, scan).rewritten(filter)
                : copy;
    }

    private RelNode rewritten(Filter filter) {
        List<RexNode> all = new ArrayList<>();
        boolean changed = false;
        for (RexNode conjunct : RelOptUtil.conjunctions(filter.getCondition())) {
            Optional<List<RexNode>> direct = direct(conjunct);
            changed |= direct.isPresent();
            all.addAll(direct.orElse(List.of(conjunct)));
        }
        return changed ? LogicalFilter.create(input, RexUtil.composeConjunction(builder, all)) : filter;
    }

    /** What says the same of the column. */
    private Optional<List<RexNode>> direct(RexNode conjunct) {
        if (!(conjunct instanceof RexCall comparison)
                || comparison.getOperands().size() != 2) {
            return Optional.empty();
        }
        RexNode first = comparison.getOperands().get(0);
        RexNode second = comparison.getOperands().get(1);
        return isBucket(first)
                ? direct(comparison.getKind(), (RexCall) first, second)
                : isBucket(second) ? direct(comparison.getKind().reverse(), (RexCall) second, first) : Optional.empty();
    }

    private static boolean isBucket(RexNode node) {
        return node instanceof RexCall call
                && call.getOperator() instanceof KadeFunction function
                && function.function() == ScalarFunction.TIME_BUCKET
                && call.getOperands().size() == 2
                && call.getOperands().get(1) instanceof RexInputRef;
    }

    private Optional<List<RexNode>> direct(SqlKind kind, RexCall bucket, RexNode compared) {
        SqlType type = ConstantArguments.type(bucket);
        RexNode column = bucket.getOperands().get(1);
        if (!ConstantArguments.type(column).equals(type)) {
            return Optional.empty();
        }
        return constants
                .value(bucket, 0, input.getRowType())
                .flatMap(width -> BucketWidth.ranges(0, type, width))
                .flatMap(ranges -> constants
                        .value(compared, type)
                        .filter(Long.class::isInstance)
                        .flatMap(value -> direct(kind, column, ranges, type, (long) value)));
    }

    private Optional<List<RexNode>> direct(
            SqlKind kind, RexNode column, RangePartitioning ranges, SqlType type, long value) {
        long number = ranges.partition(type, value);
        OptionalLong start = ranges.start(type, number);
        OptionalLong behind = ranges.end(type, number);
        OptionalLong ceiling = start.isPresent() && start.getAsLong() == value ? start : behind;
        return switch (kind) {
            case GREATER_THAN_OR_EQUAL -> comparison(SqlStdOperatorTable.GREATER_THAN_OR_EQUAL, column, type, ceiling);
            case GREATER_THAN -> comparison(SqlStdOperatorTable.GREATER_THAN_OR_EQUAL, column, type, behind);
            case LESS_THAN -> comparison(SqlStdOperatorTable.LESS_THAN, column, type, ceiling);
            case LESS_THAN_OR_EQUAL -> comparison(SqlStdOperatorTable.LESS_THAN, column, type, behind);
            case EQUALS ->
                start.equals(ceiling)
                        ? comparison(SqlStdOperatorTable.GREATER_THAN_OR_EQUAL, column, type, start)
                                .flatMap(low -> comparison(SqlStdOperatorTable.LESS_THAN, column, type, behind)
                                        .map(high -> List.of(low.getFirst(), high.getFirst())))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private Optional<List<RexNode>> comparison(SqlOperator operator, RexNode column, SqlType type, OptionalLong bound) {
        return bound.isEmpty()
                ? Optional.empty()
                : TimeLiterals.of(builder, type, bound.getAsLong())
                        .map(literal -> List.of(builder.makeCall(operator, column, literal)));
    }
}
