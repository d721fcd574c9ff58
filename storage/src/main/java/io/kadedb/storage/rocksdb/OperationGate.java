package io.kadedb.storage.rocksdb;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import java.util.concurrent.atomic.LongAdder;

/**
 * Lets calls into native code through until it is closed, and closes only once the last of them has left: native code
 * crashes the process when it is called after its memory is gone.
 */
final class OperationGate {
    private final LongAdder entered = new LongAdder();
    private final LongAdder left = new LongAdder();
    private volatile boolean closed;

    void enter() {
        entered.increment();
        if (closed) {
            left.increment();
            throw KadeException.of(ErrorCode.ADMIN_SHUTDOWN, "the key space is closed");
        }
    }

    void leave() {
        left.increment();
    }

    /** Refuses further calls and returns when those under way have ended; false if it was closed before. */
    synchronized boolean close() {
        if (closed) {
            return false;
        }
        closed = true;
        // What has left is counted before what has entered, so equal sums mean that nobody is inside.
        while (left.sum() != entered.sum()) {
            Thread.onSpinWait();
        }
        return true;
    }
}
