package io.kadedb.planner.continuous;

import io.kadedb.common.catalog.BucketRanges;
import io.kadedb.common.catalog.BucketRanges.Range;
import io.kadedb.common.catalog.RangePartitioning;
import io.kadedb.common.type.SqlType;
import io.kadedb.planner.rel.TimeLiterals;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * Which values a bucket has, as conditions of algebra.
 *
 * @param type of the buckets
 */
record BucketConditions(RexBuilder builder, RangePartitioning buckets, SqlType type) {
    /** Buckets that literals can tell apart: the given ones, and all before or behind them where there are none. */
    static BucketRanges sayable(RangePartitioning buckets, SqlType type, BucketRanges ranges) {
        List<Range> said = new ArrayList<>();
        for (Range range : ranges.ranges()) {
            boolean low = isSayable(type, buckets.start(type, range.first()));
            boolean high = isSayable(type, buckets.end(type, range.last()));
            said.add(new Range(low ? range.first() : Long.MIN_VALUE, high ? range.last() : Long.MAX_VALUE));
        }
        return BucketRanges.of(said);
    }

    private static boolean isSayable(SqlType type, OptionalLong value) {
        return value.isPresent() && TimeLiterals.exists(type, value.getAsLong());
    }

    /** Whether a bucket is one of these; true, or false, of NULL too. */
    RexNode isIn(RexNode bucket, BucketRanges ranges) {
        List<RexNode> any = new ArrayList<>();
        for (Range range : ranges.ranges()) {
            any.add(isIn(bucket, range));
        }
        return RexUtil.composeDisjunction(builder, any);
    }

    private RexNode isIn(RexNode bucket, Range range) {
        List<RexNode> all = new ArrayList<>();
        Optional<RexNode> start = literal(buckets.start(type, range.first()));
        Optional<RexNode> end = literal(buckets.end(type, range.last()));
        start.ifPresent(value -> all.add(builder.makeCall(SqlStdOperatorTable.GREATER_THAN_OR_EQUAL, bucket, value)));
        end.ifPresent(value -> all.add(builder.makeCall(SqlStdOperatorTable.LESS_THAN, bucket, value)));
        RexNode within = RexUtil.composeConjunction(builder, all);
        return start.isPresent() || all.isEmpty() || !bucket.getType().isNullable()
                ? within
                : builder.makeCall(
                        SqlStdOperatorTable.OR, within, builder.makeCall(SqlStdOperatorTable.IS_NULL, bucket));
    }

    private Optional<RexNode> literal(OptionalLong value) {
        return value.isPresent() ? TimeLiterals.of(builder, type, value.getAsLong()) : Optional.empty();
    }
}
