package io.kadedb.storage.lock;

import io.kadedb.storage.api.RowLockMode;
import java.util.concurrent.CompletableFuture;

/** A lock that somebody waits for. The outcome fails with 40P01 when the owner has to give way. */
public final class LockRequest {
    private final long number;
    private final LockOwner owner;
    private final LockSpan span;
    private final RowLockMode mode;
    private final String target;
    private final CompletableFuture<Boolean> outcome = new CompletableFuture<>();

    LockRequest(long number, LockOwner owner, LockSpan span, RowLockMode mode, String target) {
        this.number = number;
        this.owner = owner;
        this.span = span;
        this.mode = mode;
        this.target = target;
    }

    /** Later requests have greater numbers. */
    long number() {
        return number;
    }

    LockOwner owner() {
        return owner;
    }

    LockSpan span() {
        return span;
    }

    RowLockMode mode() {
        return mode;
    }

    /** What is locked, in words. */
    String target() {
        return target;
    }

    /** Completes when the lock is held, or with the reason why it will not be. */
    public CompletableFuture<Boolean> outcome() {
        return outcome;
    }
}
