package io.kadedb.planner.continuous;

import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.ContinuousAggregate;
import io.kadedb.common.catalog.RangePartitioning;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.planner.functions.KadeFunction;
import io.kadedb.planner.lower.ConstantArguments;
import io.kadedb.planner.physical.ScalarFunction;
import io.kadedb.planner.rules.Correlations;
import io.kadedb.planner.validate.KadeTable;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/**
 * Finds in the algebra of a query what a continuous aggregate needs: one table, grouped by {@code time_bucket} of a column
 * and perhaps more, with the bucket among the columns. Then a row of the table is in the rows of one bucket and no other.
 */
public final class ContinuousQuery {
    private final RelNode query;

    private ContinuousQuery(RelNode query) {
        this.query = query;
    }

    /**
     * What makes the query's rows a continuous aggregate.
     *
     * @throws KadeException 0A000 if they cannot be one
     */
    public static ContinuousAggregate of(RelNode query) {
        return new ContinuousQuery(query).aggregate();
    }

    private ContinuousAggregate aggregate() {
        if (Correlations.hasSubQuery(query)) {
            throw unsupported("continuous aggregates may not have subqueries");
        }
        Aggregate grouping = grouping();
        TableDefinition source = source(grouping.getInput());
        for (int column = 0; column < query.getRowType().getFieldCount(); column++) {
            OptionalInt key = traced(query, column, grouping);
            if (key.isPresent() && key.getAsInt() < grouping.getGroupCount()) {
                Optional<RangePartitioning> buckets =
                        buckets(grouping.getInput(), grouping.getGroupSet().nth(key.getAsInt()), source);
                if (buckets.isPresent()) {
                    return new ContinuousAggregate(source.id(), buckets.get(), column);
                }
            }
        }
        throw unsupported("a continuous aggregate has to group by time_bucket of a column and to select it")
                .hint("SELECT time_bucket('1 hour', ts) AS bucket, .. FROM t GROUP BY bucket, ..");
    }

    private static KadeException unsupported(String message) {
        return KadeException.of(ErrorCode.FEATURE_NOT_SUPPORTED, message);
    }

    /** The one grouping, below what is selected and HAVING. */
    private Aggregate grouping() {
        RelNode rel = query;
        while (rel instanceof Project || rel instanceof Filter) {
            if (rel instanceof Project project && project.containsOver()) {
                throw unsupported("continuous aggregates may not have window functions");
            }
            rel = rel.getInput(0);
        }
        if (!(rel instanceof Aggregate aggregate) || aggregate.getGroupType() != Aggregate.Group.SIMPLE) {
            throw unsupported("a continuous aggregate is one SELECT with GROUP BY")
                    .detail("It may not have DISTINCT, UNION, LIMIT, GROUPING SETS or gap filling.")
                    .hint("put these into a view over the continuous aggregate");
        }
        return aggregate;
    }

    private static TableDefinition source(RelNode input) {
        RelNode rel = input;
        while ((rel instanceof Project project && !project.containsOver()) || rel instanceof Filter) {
            rel = rel.getInput(0);
        }
        KadeTable.@Nullable Stored stored =
                rel instanceof TableScan scan ? scan.getTable().unwrap(KadeTable.Stored.class) : null;
        if (stored == null) {
            throw unsupported("a continuous aggregate reads one table")
                    .detail("It may not have joins, subqueries, functions in FROM or queries within it.")
                    .hint("join the continuous aggregate in a view over it");
        }
        TableDefinition table = stored.definition();
        if (table.materialized().isPresent()) {
            throw unsupported("a continuous aggregate may not read a materialized view");
        }
        return table;
    }

    /** Which of a grouping's columns a column above it is. */
    private static OptionalInt traced(RelNode from, int column, Aggregate grouping) {
        RelNode rel = from;
        int at = column;
        while (rel instanceof Project || rel instanceof Filter) {
            if (rel instanceof Project project) {
                if (!(project.getProjects().get(at) instanceof RexInputRef ref)) {
                    return OptionalInt.empty();
                }
                at = ref.getIndex();
            }
            rel = rel.getInput(0);
        }
        return rel.equals(grouping) ? OptionalInt.of(at) : OptionalInt.empty();
    }

    /** The buckets that a column below the grouping holds. */
    private static Optional<RangePartitioning> buckets(RelNode input, int column, TableDefinition source) {
        RelNode rel = input;
        int at = column;
        while (rel instanceof Project || rel instanceof Filter) {
            if (rel instanceof Project project) {
                RexNode value = project.getProjects().get(at);
                if (value instanceof RexCall call && isBucket(call)) {
                    return buckets(project.getInput(), call, source);
                }
                if (!(value instanceof RexInputRef ref)) {
                    return Optional.empty();
                }
                at = ref.getIndex();
            }
            rel = rel.getInput(0);
        }
        return Optional.empty();
    }

    private static boolean isBucket(RexCall call) {
        return call.getOperator() instanceof KadeFunction function && function.function() == ScalarFunction.TIME_BUCKET;
    }

    private static Optional<RangePartitioning> buckets(RelNode input, RexCall call, TableDefinition source) {
        if (call.getOperands().size() > 2) {
            throw unsupported("buckets of continuous aggregates have no zone, origin or offset");
        }
        OptionalInt ordinal = column(input, call.getOperands().get(1));
        if (ordinal.isEmpty()) {
            throw unsupported("buckets of continuous aggregates are those of a column");
        }
        ColumnDefinition column = source.columns().get(ordinal.getAsInt());
        return ConstantArguments.inUtc()
                .value(call, 0, input.getRowType())
                .flatMap(width -> BucketWidth.ranges(column.id(), column.type(), width));
    }

    private static OptionalInt column(RelNode input, RexNode value) {
        RelNode rel = input;
        RexNode node = value;
        while (node instanceof RexInputRef ref && (rel instanceof Project || rel instanceof Filter)) {
            node = rel instanceof Project project ? project.getProjects().get(ref.getIndex()) : node;
            rel = rel.getInput(0);
        }
        return node instanceof RexInputRef ref ? OptionalInt.of(ref.getIndex()) : OptionalInt.empty();
    }
}
