package io.kadedb.executor;

import io.kadedb.common.control.RoomyStack;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.executor.api.PlanExecutor;
import io.kadedb.executor.api.PreparedPlan;
import io.kadedb.executor.api.QueryContext;
import io.kadedb.executor.api.QueryResult;
import io.kadedb.executor.api.Shortcuts;
import io.kadedb.executor.kernel.EvaluationContext;
import io.kadedb.executor.kernel.KernelProvider;
import io.kadedb.executor.operator.FileSources;
import io.kadedb.executor.operator.PipelineBuilder;
import io.kadedb.executor.operator.ResultRows;
import io.kadedb.executor.operator.ScanRanges;
import io.kadedb.executor.pipeline.Pipeline;
import io.kadedb.executor.pipeline.Profiler;
import io.kadedb.executor.pipeline.QueryRun;
import io.kadedb.executor.pipeline.WorkerPool;
import io.kadedb.executor.point.PreparedPoint;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.PlanExpressions;
import io.kadedb.storage.api.ColumnRange;
import java.util.List;
import java.util.Optional;

/** Runs plans in this process: short ones on the caller's thread, others on a pool of workers. */
public final class LocalExecutor implements PlanExecutor {
    private final KernelProvider kernels;
    private final MemoryPool memory;
    private final FileSources files;
    private final WorkerPool workers;
    private final Shortcuts shortcuts;

    /**
     * @param memory of the process; each query gets a child of it
     * @param files opens the files that plans name
     * @param threads workers for all queries together
     */
    public LocalExecutor(KernelProvider kernels, MemoryPool memory, FileSources files, int threads) {
        this(kernels, memory, files, threads, Shortcuts.ALL);
    }

    /** @param shortcuts what may be done for speed */
    public LocalExecutor(
            KernelProvider kernels, MemoryPool memory, FileSources files, int threads, Shortcuts shortcuts) {
        this.shortcuts = shortcuts;
        this.kernels = kernels;
        this.memory = memory;
        this.files = files;
        this.workers = new WorkerPool("kadedb-worker", threads);
    }

    @Override
    public QueryResult execute(PhysicalPlan plan, QueryContext context) {
        // Workers have the stack for deep expressions, the caller may not.
        boolean deep = PlanExpressions.needRoomyStack(plan);
        boolean inline = !deep && shortcuts.shortPlansInline() && PipelineBuilder.isPoint(plan);
        MemoryPool queryMemory = memory.child("query", context.memoryLimitBytes());
        QueryRun run = new QueryRun(
                context,
                EvaluationContext.of(context),
                kernels,
                queryMemory,
                new Profiler(plan),
                inline ? null : workers,
                !deep && PipelineBuilder.onlyReduces(plan),
                shortcuts);
        ResultRows rows;
        try {
            rows = new ResultRows(plan.output(), run, !inline);
            List<Pipeline> pipelines = RoomyStack.call(deep, () -> PipelineBuilder.build(plan, run, files, rows));
            run.prepare(pipelines, rows::end);
        } catch (RuntimeException | Error e) {
            run.close();
            throw e;
        }
        LocalResult result = new LocalResult(plan.output(), run, rows);
        if (!inline) {
            RoomyStack.call(deep, () -> {
                result.start();
                return result;
            });
        }
        return result;
    }

    @Override
    public Optional<PreparedPlan> prepare(PhysicalPlan plan) {
        boolean deep = PlanExpressions.needRoomyStack(plan);
        return !deep && shortcuts.shortPlansInline() ? PreparedPoint.of(plan, kernels, memory, this) : Optional.empty();
    }

    @Override
    public List<ColumnRange> ranges(PhysicalPlan.TableScan scan, QueryContext context) {
        try (QueryRun run = new QueryRun(
                context,
                EvaluationContext.of(context),
                kernels,
                memory.child("ranges", context.memoryLimitBytes()),
                new Profiler(scan),
                null,
                false,
                shortcuts)) {
            return ScanRanges.of(scan, run);
        }
    }

    @Override
    public void close() {
        workers.close();
    }
}
