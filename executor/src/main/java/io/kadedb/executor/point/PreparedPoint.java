package io.kadedb.executor.point;

import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.executor.api.KeyRead;
import io.kadedb.executor.api.KeyWrite;
import io.kadedb.executor.api.PlanExecutor;
import io.kadedb.executor.api.PreparedPlan;
import io.kadedb.executor.api.QueryContext;
import io.kadedb.executor.api.QueryResult;
import io.kadedb.executor.kernel.KernelProvider;
import io.kadedb.planner.physical.PhysicalPlan;
import java.util.Optional;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** A point plan of one client. While a result is still open, further runs take the general way. */
public final class PreparedPoint implements PreparedPlan {
    /** What a run that met a large row took is not kept. */
    private static final long MOST_KEPT_BYTES = 1 << 20;

    private final PhysicalPlan plan;
    private final PointPlan point;
    private final KernelProvider kernels;
    private final MemoryPool memory;
    private final PlanExecutor general;
    private @Nullable PointRun run;
    private boolean busy;
    private boolean closed;

    private PreparedPoint(
            PhysicalPlan plan, PointPlan point, KernelProvider kernels, MemoryPool memory, PlanExecutor general) {
        this.plan = plan;
        this.point = point;
        this.kernels = kernels;
        this.memory = memory;
        this.general = general;
    }

    /**
     * The direct way to run a plan, or empty if it may touch more than one row.
     *
     * @param memory of the process
     * @param general runs any plan
     */
    public static Optional<PreparedPlan> of(
            PhysicalPlan plan, KernelProvider kernels, MemoryPool memory, PlanExecutor general) {
        return PointPlan.of(plan).map(point -> new PreparedPoint(plan, point, kernels, memory, general));
    }

    @Override
    public QueryResult execute(QueryContext context) {
        if (busy || closed) {
            return general.execute(plan, context);
        }
        PointRun ready = run;
        if (ready == null || !ready.fits(context)) {
            free();
            ready = new PointRun(point, kernels, memory, context);
            run = ready;
        }
        busy = true;
        return new PointResult(plan.output(), ready, context, this);
    }

    @Override
    public Optional<KeyRead> keyRead() {
        return point.keyRead();
    }

    @Override
    public Optional<KeyWrite> keyWrite(LongFunction<TableDefinition> tables) {
        return KeyWrites.of(point, tables);
    }

    /** The result of the last run is closed. */
    void released(PointRun used) {
        busy = false;
        if (closed || used.memoryBytes() > MOST_KEPT_BYTES) {
            free();
        }
    }

    @Override
    public void close() {
        closed = true;
        if (!busy) {
            free();
        }
    }

    private void free() {
        PointRun kept = run;
        if (kept != null) {
            run = null;
            kept.close();
        }
    }
}
