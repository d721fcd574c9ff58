package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.Interval;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.executor.kernel.ExpressionEvaluator;
import io.kadedb.executor.kernel.OrderKeys;
import io.kadedb.executor.kernel.Values;
import io.kadedb.executor.kernel.VectorBuilder;
import io.kadedb.executor.kernel.value.DateArithmetic;
import io.kadedb.executor.pipeline.QueryRun;
import io.kadedb.executor.pipeline.Source;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.storage.api.BatchSource;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** generate_series. */
final class SeriesSource implements Source {
    private static final Interval NO_TIME = new Interval(0, 0, 0);

    private final PhysicalPlan.FunctionScan plan;
    private final QueryRun run;
    private final AtomicBoolean taken = new AtomicBoolean();
    private @Nullable Series series;

    SeriesSource(PhysicalPlan.FunctionScan plan, QueryRun run) {
        this.plan = plan;
        this.run = run;
    }

    @Override
    public int start() {
        List<@Nullable Object> args = new ArrayList<>();
        for (Expr arg : plan.args()) {
            try (ExpressionEvaluator evaluator = run.kernels().expression(arg, run.evaluation(), run.memory())) {
                args.add(Values.get(evaluator.evaluate(new Batch(1, List.of()), null, 1), 0));
            }
        }
        series = args.contains(null) ? null : series(args);
        return 1;
    }

    @Override
    public @Nullable BatchSource next() {
        Series values = series;
        return values != null && taken.compareAndSet(false, true) ? new Reader(values) : null;
    }

    /** Values one after the other. */
    private interface Series {
        /** Appends the next value, if there is one. */
        boolean append(VectorBuilder out);
    }

    private Series series(List<@Nullable Object> args) {
        SqlType type = plan.output().getFirst().type();
        Object from = Objects.requireNonNull(args.get(0));
        Object to = Objects.requireNonNull(args.get(1));
        Object step = args.size() > 2 ? args.get(2) : null;
        return switch (type.id()) {
            case SMALLINT, INTEGER, BIGINT -> integers((Long) from, (Long) to, step == null ? 1 : (Long) step);
            case DECIMAL ->
                decimals(
                        (BigDecimal) from,
                        (BigDecimal) to,
                        step == null ? BigDecimal.ONE.setScale(type.scale()) : (BigDecimal) step);
            default ->
                moments(
                        (Long) from,
                        (Long) to,
                        (Interval) Objects.requireNonNull(step),
                        type.id() == TypeId.TIMESTAMPTZ);
        };
    }

    private static KadeException zeroStep() {
        return KadeException.of(ErrorCode.INVALID_PARAMETER_VALUE, "step size cannot equal zero");
    }

    private static Series integers(long from, long to, long step) {
        if (step == 0) {
            throw zeroStep();
        }
        return new Series() {
            private long value = from;
            private boolean ended = step > 0 ? from > to : from < to;

            @Override
            public boolean append(VectorBuilder out) {
                if (ended) {
                    return false;
                }
                out.appendLong(value);
                long next = value + step;
                boolean overflow = ((value ^ next) & (step ^ next)) < 0;
                ended = overflow || (step > 0 ? next > to : next < to);
                value = next;
                return true;
            }
        };
    }

    private static Series decimals(BigDecimal from, BigDecimal to, BigDecimal step) {
        if (step.signum() == 0) {
            throw zeroStep();
        }
        return new Series() {
            private BigDecimal value = from;

            @Override
            public boolean append(VectorBuilder out) {
                if (step.signum() > 0 ? value.compareTo(to) > 0 : value.compareTo(to) < 0) {
                    return false;
                }
                out.append(value);
                value = value.add(step);
                return true;
            }
        };
    }

    private Series moments(long from, long to, Interval step, boolean zoned) {
        int direction = OrderKeys.compare(step, NO_TIME);
        if (direction == 0) {
            throw zeroStep();
        }
        return new Series() {
            private long value = from;

            @Override
            public boolean append(VectorBuilder out) {
                if (direction > 0 ? value > to : value < to) {
                    return false;
                }
                out.appendLong(value);
                value = zoned
                        ? DateArithmetic.addToInstant(
                                value, step, run.evaluation().timeZone())
                        : DateArithmetic.addToTimestamp(value, step);
                return true;
            }
        };
    }

    private final class Reader implements BatchSource {
        private final Series values;
        private final VectorBuilder column =
                new VectorBuilder(plan.output().getFirst().type(), run.memory());
        private final VectorBuilder numbers = new VectorBuilder(SqlType.BIGINT, run.memory());
        private long number;

        Reader(Series values) {
            this.values = values;
        }

        @Override
        public @Nullable Batch next() {
            column.clear();
            numbers.clear();
            while (column.length() < Batch.MAX_ROWS && values.append(column)) {
                numbers.appendLong(++number);
            }
            if (column.length() == 0) {
                return null;
            }
            List<ColumnVector> columns =
                    plan.ordinality() ? List.of(column.build(), numbers.build()) : List.of(column.build());
            return new Batch(column.length(), columns);
        }

        @Override
        public void close() {
            column.close();
            numbers.close();
        }
    }
}
