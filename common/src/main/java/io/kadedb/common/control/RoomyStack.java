package io.kadedb.common.control;

import io.kadedb.common.error.KadeException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * Runs work that recurses deeper than the caller's stack may allow. How much stack a level takes depends on whether its
 * code is compiled yet, so that a nesting within the limit may still not fit the megabyte a thread has by default.
 */
public final class RoomyStack {
    /** A level takes some kilobytes at worst; so many fit the smallest stack in use. */
    public static final int LEVELS_ON_ANY_STACK = 40;

    /** Enough for chains of ten thousand. Only what is used of it takes memory, until the thread ends. */
    public static final long BYTES = 512L << 20;

    private RoomyStack() {}

    /** Does the work, on a thread of its own if what it is about is nested so deeply. */
    public static <T> T call(int nesting, Supplier<T> work) {
        return call(nesting > LEVELS_ON_ANY_STACK, work);
    }

    /** Does the work, on a thread of its own if what it is about is nested deeper than {@link #LEVELS_ON_ANY_STACK}. */
    public static <T> T call(boolean deep, Supplier<T> work) {
        return deep ? call(work) : work.get();
    }

    private static <T> T call(Supplier<T> work) {
        FutureTask<T> task = new FutureTask<>(work::get);
        Thread thread = new Thread(null, task, "kadedb-deep", BYTES);
        thread.setDaemon(true);
        thread.start();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                    thread.interrupt();
                }
            }
        } catch (ExecutionException e) {
            throw switch (e.getCause()) {
                case RuntimeException failure -> failure;
                case Error failure -> throw failure;
                case null, default -> KadeException.internal("work on a thread of its own failed", e.getCause());
            };
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
