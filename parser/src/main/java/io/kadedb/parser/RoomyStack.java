package io.kadedb.parser;

import io.kadedb.common.error.KadeException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * Runs work that recurses deeper than the caller's stack may allow. How much stack a level takes depends on whether its
 * code is compiled yet, so that a nesting within the limit may still not fit the megabyte a thread has by default.
 */
public final class RoomyStack {
    private static final long STACK_BYTES = 64L << 20;
    /** A level takes some kilobytes at worst; so many fit the smallest stack in use. */
    private static final int ANY_STACK = 40;

    private RoomyStack() {}

    /**
     * Does the work, on a thread of its own if the statement it is about is nested deeply.
     *
     * @param nesting see {@link ParsedStatement}
     */
    public static <T> T call(int nesting, Supplier<T> work) {
        return nesting <= ANY_STACK ? work.get() : call(work);
    }

    private static <T> T call(Supplier<T> work) {
        FutureTask<T> task = new FutureTask<>(work::get);
        Thread thread = new Thread(null, task, "kadedb-parse", STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw KadeException.internal("interrupted while parsing", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof KadeException error) {
                throw error;
            }
            throw KadeException.internal("the parser failed", e.getCause());
        }
    }
}
