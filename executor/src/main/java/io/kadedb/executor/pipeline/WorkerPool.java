package io.kadedb.executor.pipeline;

import io.kadedb.common.control.RoomyStack;
import java.util.ArrayDeque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A fixed number of daemon threads for the tasks of all queries, first come first served. A task that has to wait says
 * so ({@link #beginBlocking}), and another thread takes its place meanwhile, so that waiting never stops other queries.
 * Their stacks hold the deepest of expressions.
 */
public final class WorkerPool implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerPool.class);

    private final String name;
    private final int threads;
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private int live;
    private int idle;
    private int blocked;
    private int created;
    private boolean closed;

    public WorkerPool(String name, int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("a pool needs a thread");
        }
        this.name = name;
        this.threads = threads;
    }

    public int threads() {
        return threads;
    }

    /** Runs the task later; it must not throw. */
    public synchronized void execute(Runnable task) {
        if (closed) {
            throw new IllegalStateException("the worker pool is closed");
        }
        tasks.add(task);
        if (idle > 0) {
            notify();
        }
        if (tasks.size() > idle) {
            addThreadIfShort();
        }
    }

    /** Whether tasks wait for a thread: a running task should then give way. */
    public synchronized boolean contended() {
        return !tasks.isEmpty();
    }

    /** The calling worker is about to wait for something. */
    public synchronized void beginBlocking() {
        blocked++;
        if (!tasks.isEmpty()) {
            addThreadIfShort();
        }
    }

    /** The wait is over. */
    public synchronized void endBlocking() {
        blocked--;
    }

    private void addThreadIfShort() {
        if (live - blocked < threads) {
            live++;
            created++;
            Thread.ofPlatform()
                    .daemon(true)
                    .stackSize(RoomyStack.BYTES)
                    .name(name + "-" + created)
                    .start(this::work);
        }
    }

    private void work() {
        Runnable task = take();
        while (task != null) {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                // Tasks report their own failures; this is a bug in one of them, and must not cost a thread.
                LOG.error("a worker task failed outside its query", e);
            }
            task = take();
        }
    }

    private synchronized @org.jspecify.annotations.Nullable Runnable take() {
        while (tasks.isEmpty() || live - blocked > threads) {
            if (closed || live - blocked > threads) {
                live--;
                return null;
            }
            idle++;
            try {
                wait();
            } catch (InterruptedException e) {
                // Nobody interrupts workers but a container that shuts down: go on, close() ends them.
                LOG.debug("a worker was interrupted", e);
            } finally {
                idle--;
            }
        }
        return tasks.poll();
    }

    /** Ends the threads once the tasks already given have run. */
    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }
}
