package io.kadedb.executor.point;

import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.executor.api.QueryContext;
import io.kadedb.executor.kernel.EvaluationContext;
import io.kadedb.executor.kernel.KernelProvider;
import io.kadedb.executor.kernel.VectorBuilder;
import io.kadedb.executor.point.PointPlan.Compute;
import io.kadedb.executor.point.PointPlan.Given;
import io.kadedb.executor.point.PointPlan.Keep;
import io.kadedb.executor.point.PointPlan.Lookup;
import io.kadedb.planner.physical.PhysicalPlan.Modify;
import io.kadedb.storage.api.RowReader;
import io.kadedb.storage.api.RowSink;
import io.kadedb.storage.api.SqlTransaction;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A point plan with its compiled expressions and memory. Runs on the caller's thread, one run at a time. */
final class PointRun implements AutoCloseable {
    private final MemoryPool memory;
    private final PointRow row;
    private final ZoneId timeZone;
    private final long memoryLimit;
    private final Origin origin;
    private final List<Change> changes = new ArrayList<>();
    private final @Nullable Write write;

    /** Gives the row that the plan begins with, or null. */
    private interface Origin {
        @Nullable
        Batch row(QueryContext context);
    }

    /** Gives what becomes of the row, or null when it is dropped. */
    private interface Change {
        @Nullable
        Batch of(Batch row);
    }

    /** Writes the row, and gives the number of rows written as a row. */
    private interface Write {
        Batch of(@Nullable Batch row, SqlTransaction transaction);
    }

    PointRun(PointPlan plan, KernelProvider kernels, MemoryPool process, QueryContext first) {
        timeZone = first.timeZone();
        memoryLimit = first.memoryLimitBytes();
        memory = process.child("point", memoryLimit);
        row = new PointRow(kernels, EvaluationContext.ofColumns(timeZone), memory, plan.inputs());
        boolean complete = false;
        try {
            origin = origin(plan.source(), first);
            for (PointPlan.Step step : plan.steps()) {
                changes.add(change(step));
            }
            write = plan.write().map(modify -> write(modify, first)).orElse(null);
            complete = true;
        } finally {
            if (!complete) {
                close();
            }
        }
    }

    private Origin origin(PointPlan.Source source, QueryContext first) {
        return switch (source) {
            case Lookup lookup -> {
                TableDefinition table = first.tables().apply(lookup.table().id());
                List<SqlType> types = table.primaryKey().stream()
                        .map(ordinal -> table.columns().get(ordinal).type())
                        .toList();
                PointRow.Columns key = row.columns(lookup.key(), types, 0);
                RowReader reader = row.kept(first.transaction().reader(table, lookup.columns()));
                yield context -> context.transaction().read(reader, key.ofInputs());
            }
            case Given given -> {
                List<SqlType> types = given.fields().stream().map(Field::type).toList();
                PointRow.Columns values = row.columns(given.values(), types, 0);
                yield context -> values.ofInputs();
            }
        };
    }

    private Change change(PointPlan.Step step) {
        return switch (step) {
            case Keep keep -> {
                PointRow.Condition condition = row.new Condition(keep.condition());
                yield batch -> condition.holds(batch) ? batch : null;
            }
            case Compute compute -> row.columns(compute.expressions(), compute.width())::of;
        };
    }

    private Write write(Modify modify, QueryContext first) {
        TableDefinition table = first.tables().apply(modify.table().id());
        VectorBuilder count = row.builder(SqlType.BIGINT);
        return (batch, transaction) -> {
            long written = 0;
            if (batch != null) {
                RowSink sink = switch (modify.operation()) {
                    case INSERT -> transaction.insert(table);
                    case UPDATE -> transaction.update(table);
                    case DELETE -> transaction.delete(table);
                    case MERGE -> throw KadeException.internal("a MERGE was run as a point plan", null);
                };
                sink.accept(batch);
                written = sink.finish();
            }
            count.clear();
            count.appendLong(written);
            return new Batch(1, List.of(count.build()));
        };
    }

    /** Whether it can be used for another run. */
    boolean fits(QueryContext context) {
        return memoryLimit == context.memoryLimitBytes() && timeZone.equals(context.timeZone());
    }

    long memoryBytes() {
        return memory.allocatedBytes();
    }

    /** Runs the plan and gives its row, valid until the next run; null when there is none. */
    @Nullable
    Batch run(QueryContext context) {
        context.cancel().checkpoint();
        row.bind(context);
        Batch batch = origin.row(context);
        for (int i = 0; batch != null && i < changes.size(); i++) {
            batch = changes.get(i).of(batch);
        }
        Write target = write;
        Batch result = batch == null ? null : plain(batch);
        return target == null ? result : target.of(result, context.transaction());
    }

    /** The row without dictionaries, which constants of text may be. */
    private Batch plain(Batch batch) {
        boolean isPlain = true;
        for (ColumnVector column : batch.columns()) {
            isPlain &= !column.isDictionary();
        }
        return isPlain ? batch : row.decoded(batch);
    }

    @Override
    public void close() {
        row.close();
        memory.close();
    }
}
