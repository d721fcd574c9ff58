package io.kadedb.sqltests.planted;

import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.planner.physical.AggregateFunction;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.PhysicalPlan.JoinType;
import io.kadedb.planner.physical.ScalarFunction;
import io.kadedb.storage.format.v1.proto.ManifestProto.ChunkRecord;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;

/** The wrong answers of the {@link Plants}. */
public final class Changes {
    /** An estimate no planner makes: marks a node that was changed already. */
    private static final double CHANGED = -1;

    private Changes() {}

    /** Of {@code a = b OR a IS NULL OR b IS NULL} the equality alone. */
    public static RexNode firstAlternative(RexNode condition) {
        return condition.getKind() == SqlKind.OR
                ? ((RexCall) condition).getOperands().getFirst()
                : condition;
    }

    /** A count without groups is left out if it is 0. */
    public static Object noRowForNothing(Object plan) {
        boolean counts = plan instanceof PhysicalPlan.Aggregate aggregate
                && aggregate.keys().isEmpty()
                && aggregate.rows() != CHANGED
                && aggregate.calls().size() == 1
                && aggregate.calls().getFirst().function() == AggregateFunction.COUNT_STAR;
        if (!counts) {
            return plan;
        }
        PhysicalPlan.Aggregate aggregate = (PhysicalPlan.Aggregate) plan;
        PhysicalPlan count = new PhysicalPlan.Aggregate(
                aggregate.input(), aggregate.keys(), aggregate.calls(), aggregate.output(), CHANGED);
        Expr zero = new Expr.Literal(0L, SqlType.BIGINT);
        Expr some = new Expr.Call(
                ScalarFunction.GT, List.of(new Expr.Column(0, SqlType.BIGINT, false), zero), SqlType.BOOLEAN, false);
        return new PhysicalPlan.Filter(count, some, 1);
    }

    /** The ends of edges instead of what tells them apart. */
    public static List<Integer> endpoints(PhysicalPlan.PathSearch search, List<Integer> keys) {
        List<Integer> ends = new ArrayList<>(search.sourceKeys());
        ends.addAll(search.destinationKeys());
        return keys.isEmpty() ? keys : ends;
    }

    /** The join without the rows that have no partner. */
    public static SqlNode innerJoin(SqlNode join) {
        ((SqlJoin) join).setOperand(2, org.apache.calcite.sql.JoinType.INNER.symbol(join.getParserPosition()));
        return join;
    }

    public static long halfDown(long dividend, long divisor) {
        return BigDecimal.valueOf(dividend)
                .divide(BigDecimal.valueOf(divisor), 0, RoundingMode.HALF_DOWN)
                .longValueExact();
    }

    /** A limit of distinct rows becomes the distinct ones of so many rows. */
    public static Object limitBelowDistinct(Object plan) {
        if (plan instanceof PhysicalPlan.Limit limit
                && limit.input() instanceof PhysicalPlan.Aggregate aggregate
                && aggregate.calls().isEmpty()) {
            PhysicalPlan few = new PhysicalPlan.Limit(aggregate.input(), limit.offset(), limit.fetch(), limit.rows());
            return new PhysicalPlan.Aggregate(few, aggregate.keys(), List.of(), aggregate.output(), aggregate.rows());
        }
        return plan;
    }

    public static long endWithoutSpaces(MemorySegment text, long from, long to) {
        long end = to;
        while (end > from && text.get(ValueLayout.JAVA_BYTE, end - 1) == ' ') {
            end--;
        }
        return end;
    }

    /** As java.time has it: of the two instants the earlier one. */
    public static long withEarlierOffset(long local, ZoneId zone) {
        LocalDateTime time = LocalDateTime.ofInstant(Instant.EPOCH.plus(local, ChronoUnit.MICROS), ZoneOffset.UTC);
        return ChronoUnit.MICROS.between(Instant.EPOCH, time.atZone(zone).toInstant());
    }

    /** An inner join's left columns. */
    public static Object semiAsInner(Object plan) {
        if (!(plan instanceof PhysicalPlan.HashJoin join) || join.type() != JoinType.SEMI) {
            return plan;
        }
        List<Field> left = join.left().output();
        List<Field> both = new ArrayList<>(left);
        both.addAll(join.right().output());
        List<Expr> columns = new ArrayList<>();
        for (int i = 0; i < left.size(); i++) {
            columns.add(new Expr.Column(i, left.get(i).type(), left.get(i).nullable()));
        }
        PhysicalPlan inner = new PhysicalPlan.HashJoin(
                join.left(),
                join.right(),
                JoinType.INNER,
                join.leftKeys(),
                join.rightKeys(),
                join.residual(),
                join.nullsEqual(),
                both,
                join.rows());
        return new PhysicalPlan.Project(inner, columns, left);
    }

    /** The statistics of a column with NULLs, as if there were nothing else. */
    public static Optional<?> withoutLeastValue(Optional<?> chunk) {
        return chunk.isPresent() && chunk.get() instanceof ChunkRecord known && known.getNulls() > 0
                ? Optional.of(known.toBuilder().clearMin().clearMax().build())
                : chunk;
    }
}
