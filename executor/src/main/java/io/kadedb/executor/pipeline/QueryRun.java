package io.kadedb.executor.pipeline;

import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.executor.api.QueryContext;
import io.kadedb.executor.api.QueryProfile;
import io.kadedb.executor.api.Shortcuts;
import io.kadedb.executor.kernel.EvaluationContext;
import io.kadedb.executor.kernel.KernelProvider;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a plan: its pipelines run one after another, each by several workers at once. Without a pool they
 * run on the calling thread.
 */
public final class QueryRun implements AutoCloseable {
    private final QueryContext context;
    private final EvaluationContext evaluation;
    private final KernelProvider kernels;
    private final MemoryPool memory;
    private final Profiler profiler;
    private final @Nullable WorkerPool pool;
    private final boolean callerHelps;
    private final Shortcuts shortcuts;
    private List<Pipeline> pipelines = List.of();
    private Runnable onEnd = () -> {};

    private volatile boolean stopped;
    private volatile @Nullable Throwable failure;
    private volatile long peakMemoryBytes;
    private boolean started;
    private boolean ended;
    private boolean closed;

    /**
     * @param memory for this run alone; closed with it
     * @param pool null to run on the calling thread
     * @param callerHelps whether pipelines with work for one only are begun by the calling thread, which saves waking a
     *     worker; for plans of which no operator gives more rows than it takes, so that the caller never waits for itself
     */
    public QueryRun(
            QueryContext context,
            EvaluationContext evaluation,
            KernelProvider kernels,
            MemoryPool memory,
            Profiler profiler,
            @Nullable WorkerPool pool,
            boolean callerHelps,
            Shortcuts shortcuts) {
        this.shortcuts = shortcuts;
        this.evaluation = evaluation;
        this.context = context;
        this.kernels = kernels;
        this.memory = memory;
        this.profiler = profiler;
        this.pool = pool;
        this.callerHelps = callerHelps;
    }

    public QueryContext context() {
        return context;
    }

    /** What may be done for speed. */
    public Shortcuts shortcuts() {
        return shortcuts;
    }

    /** What expressions read besides their batch. */
    public EvaluationContext evaluation() {
        return evaluation;
    }

    public KernelProvider kernels() {
        return kernels;
    }

    public MemoryPool memory() {
        return memory;
    }

    /** The query's memory for one operator, which errors then name. */
    public MemoryPool memoryFor(String operator) {
        return new OperatorMemory(operator, memory);
    }

    Profiler profiler() {
        return profiler;
    }

    @Nullable
    WorkerPool pool() {
        return pool;
    }

    /** Sets what is to run, in order, and what is told when all of it is done or failed. */
    public void prepare(List<Pipeline> inOrder, Runnable listener) {
        pipelines = List.copyOf(inOrder);
        onEnd = listener;
    }

    /** Begins to run; without a pool, returns when everything is done. */
    public void start() {
        synchronized (this) {
            if (closed || started) {
                throw new IllegalStateException("a query runs once");
            }
            started = true;
        }
        runFrom(0);
    }

    /** Waits while the caller cannot go on, giving its thread to other queries. */
    public void beginBlocking() {
        if (pool != null) {
            pool.beginBlocking();
        }
    }

    public void endBlocking() {
        if (pool != null) {
            pool.endBlocking();
        }
    }

    /** Runs a worker again that had been parked. */
    public void resume(Runnable worker) {
        if (pool == null) {
            throw new IllegalStateException("workers without a pool are never parked");
        }
        pool.execute(worker);
    }

    /** How many threads may work on one pipeline at once. */
    public int threads() {
        return pool == null ? 1 : Math.min(context.threads(), pool.threads());
    }

    /** Whether everything runs on one thread. */
    public boolean isInline() {
        return pool == null;
    }

    /** A run of a part of this plan, on the calling thread, while a worker of this one waits for it. */
    public QueryRun nested(EvaluationContext outerRows) {
        return new QueryRun(
                context, outerRows, kernels, new OperatorMemory("Apply", memory), profiler, null, false, shortcuts);
    }

    /** Throws the first failure, as what clients may see. */
    public void throwFailure() {
        Throwable cause = failure;
        if (cause == null) {
            return;
        }
        throw switch (cause) {
            case KadeException e -> e;
            case OutOfMemoryError e ->
                KadeException.of(ErrorCode.OUT_OF_MEMORY, "the Java heap is too small for this statement", e);
            default -> KadeException.internal("the statement failed within: " + cause, cause);
        };
    }

    /** Fails when the query was cancelled, ran past its deadline, was closed, or failed elsewhere. */
    public void checkpoint() {
        if (stopped) {
            throw KadeException.of(ErrorCode.QUERY_CANCELED, "the statement was stopped");
        }
        context.cancel().checkpoint();
    }

    public boolean isStopped() {
        return stopped;
    }

    /** The first failure of any worker. */
    public @Nullable Throwable failure() {
        return failure;
    }

    public QueryProfile profile() {
        return profiler.profile(Math.max(peakMemoryBytes, memory.allocatedBytes()));
    }

    private void runFrom(int first) {
        for (int i = first; i < pipelines.size() && !stopped; i++) {
            Pipeline pipeline = pipelines.get(i);
            int workers;
            try {
                checkpoint();
                int useful = pipeline.source().start();
                workers = pool == null ? 1 : Math.max(1, Math.min(useful, Math.min(context.threads(), pool.threads())));
            } catch (RuntimeException | Error e) {
                fail(e);
                break;
            }
            if (pool != null) {
                launch(pipeline, i, workers);
                return;
            }
            new WorkerTask(this, pipeline, () -> {}).run();
            finishPipeline(pipeline);
        }
        end();
    }

    private void launch(Pipeline pipeline, int index, int workers) {
        AtomicInteger running = new AtomicInteger(workers);
        Runnable done = () -> {
            if (running.decrementAndGet() == 0) {
                finishInParallel(pipeline, index);
            }
        };
        if (workers == 1 && callerHelps) {
            new WorkerTask(this, pipeline, done).run();
            return;
        }
        for (int i = 0; i < workers; i++) {
            execute(new WorkerTask(this, pipeline, done), done);
        }
    }

    private void execute(Runnable task, Runnable done) {
        WorkerPool workers = pool;
        try {
            if (workers == null) {
                throw new IllegalStateException("there is no pool");
            }
            workers.execute(task);
        } catch (IllegalStateException e) {
            fail(KadeException.of(ErrorCode.ADMIN_SHUTDOWN, "the database is shutting down", e));
            done.run();
        }
    }

    private void finishInParallel(Pipeline pipeline, int index) {
        List<Runnable> tasks = stopped || !pipeline.endsSink() ? List.of() : finishTasks(pipeline);
        if (tasks.size() == 1 && callerHelps) {
            runGuarded(tasks.getFirst());
            tasks = List.of();
        }
        if (tasks.isEmpty()) {
            finishPipeline(pipeline);
            runFrom(index + 1);
            return;
        }
        AtomicInteger running = new AtomicInteger(tasks.size());
        Runnable done = () -> {
            if (running.decrementAndGet() == 0) {
                finishSink(pipeline);
                runFrom(index + 1);
            }
        };
        for (Runnable task : tasks) {
            execute(
                    () -> {
                        runGuarded(task);
                        done.run();
                    },
                    done);
        }
    }

    private List<Runnable> finishTasks(Pipeline pipeline) {
        try {
            return pipeline.sink().finishTasks();
        } catch (RuntimeException | Error e) {
            fail(e);
            return List.of();
        }
    }

    private void finishPipeline(Pipeline pipeline) {
        if (pipeline.endsSink() && !stopped) {
            if (pool == null) {
                finishTasks(pipeline).forEach(this::runGuarded);
            }
            finishSink(pipeline);
        }
    }

    private void finishSink(Pipeline pipeline) {
        runGuarded(pipeline.sink()::finish);
        peakMemoryBytes = Math.max(peakMemoryBytes, memory.allocatedBytes());
    }

    private void runGuarded(Runnable task) {
        if (stopped) {
            return;
        }
        try {
            checkpoint();
            task.run();
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    /** Records a failure; the first one counts, and everybody stops. */
    void fail(Throwable cause) {
        synchronized (this) {
            if (failure == null && !stopped) {
                failure = cause;
            }
            stopped = true;
        }
    }

    private void end() {
        synchronized (this) {
            ended = true;
            notifyAll();
        }
        onEnd.run();
    }

    /** Asks all workers to end soon. Parked ones have to be resumed by whoever parked them. */
    public void stop() {
        stopped = true;
    }

    /** Waits for the workers of a stopped run, then frees everything. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        stop();
        awaitEnd();
        Set<AutoCloseable> parts = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Pipeline pipeline : pipelines) {
            parts.add(pipeline.source());
            parts.add(pipeline.sink());
        }
        List<Throwable> problems = new ArrayList<>();
        for (AutoCloseable part : parts) {
            try {
                part.close();
            } catch (Exception | Error e) {
                problems.add(e);
            }
        }
        memory.close();
        if (!problems.isEmpty()) {
            throw KadeException.internal("a query could not free its memory", problems.getFirst());
        }
    }

    private synchronized void awaitEnd() {
        boolean interrupted = false;
        while (started && !ended) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
