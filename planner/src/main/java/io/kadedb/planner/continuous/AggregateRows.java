package io.kadedb.planner.continuous;

import io.kadedb.common.catalog.BucketRanges;
import io.kadedb.common.catalog.ContinuousAggregate;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalUnion;
import org.apache.calcite.rex.RexNode;

/**
 * The rows of a continuous aggregate: the stored ones of buckets that have not changed, and those that the query gives now of
 * the others. Each range of changed buckets is a query of its own, so that it reads no more than its rows.
 */
public final class AggregateRows {
    /** Ranges of buckets that are computed apart; beyond, what lies between the nearest is computed too. */
    public static final int MOST_RANGES = 16;

    private final ContinuousAggregate aggregate;
    private final SqlType type;

    private AggregateRows(ContinuousAggregate aggregate, SqlType type) {
        this.aggregate = aggregate;
        this.type = type;
    }

    /** Of an aggregate. */
    public static AggregateRows of(TableDefinition view) {
        ContinuousAggregate aggregate = view.continuous().orElseThrow();
        return new AggregateRows(
                aggregate, view.columns().get(aggregate.column()).type());
    }

    /** The buckets to compute so that those that have changed are among them. */
    public BucketRanges toCompute(BucketRanges changed) {
        return BucketConditions.sayable(aggregate.buckets(), type, changed.atMost(MOST_RANGES));
    }

    /**
     * All rows.
     *
     * @param stored those that are stored, of the type that all are to have
     * @param query what the aggregate's query gives, anew with every call
     * @param computed the buckets that are computed
     */
    public RelNode all(RelNode stored, Supplier<RelNode> query, BucketRanges computed) {
        BucketRanges kept = BucketRanges.ALL.minus(computed);
        List<RelNode> parts = new ArrayList<>();
        if (!kept.isEmpty()) {
            parts.add(within(stored, kept));
        }
        parts(query, computed).forEach(part -> parts.add(RelOptUtil.createCastRel(part, stored.getRowType(), true)));
        return union(parts);
    }

    /** The rows of some buckets as the query gives them now. */
    public RelNode computed(Supplier<RelNode> query, BucketRanges computed) {
        return computed.isEmpty() ? within(query.get(), computed) : union(parts(query, computed));
    }

    private List<RelNode> parts(Supplier<RelNode> query, BucketRanges computed) {
        List<RelNode> parts = new ArrayList<>();
        computed.ranges().forEach(range -> parts.add(within(query.get(), new BucketRanges(List.of(range)))));
        return parts;
    }

    private static RelNode union(List<RelNode> parts) {
        return parts.size() == 1 ? parts.getFirst() : LogicalUnion.create(parts, true);
    }

    /** Those of rows whose bucket is one of some. */
    public RelNode within(RelNode rows, BucketRanges buckets) {
        if (buckets.equals(BucketRanges.ALL)) {
            return rows;
        }
        BucketConditions conditions =
                new BucketConditions(rows.getCluster().getRexBuilder(), aggregate.buckets(), type);
        RexNode bucket = rows.getCluster().getRexBuilder().makeInputRef(rows, aggregate.column());
        return LogicalFilter.create(rows, conditions.isIn(bucket, buckets));
    }
}
