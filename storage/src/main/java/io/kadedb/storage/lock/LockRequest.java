package io.kadedb.storage.lock;

import io.kadedb.common.error.KadeException;
import io.kadedb.common.lock.LockMode;
import io.kadedb.storage.api.RowLockMode;
import java.util.concurrent.CompletableFuture;

/** A lock that somebody waits for. The outcome fails with 40P01 when the owner has to give way. */
public final class LockRequest {
    private final long number;
    private final LockOwner owner;
    private final LockSpan span;
    private final LockMode mode;
    private final String target;
    private final long sinceNanos;
    private final boolean plain;
    private final CompletableFuture<Boolean> outcome = new CompletableFuture<>();
    private volatile boolean called;
    private volatile boolean next;
    private volatile boolean everCalled;
    private long firstCallNanos;
    private long lastCallNanos;
    private volatile Runnable listener = () -> {};

    LockRequest(long number, LockOwner owner, LockSpan span, LockMode mode, String target, long sinceNanos) {
        this.number = number;
        this.owner = owner;
        this.span = span;
        this.mode = mode;
        this.target = target;
        this.sinceNanos = sinceNanos;
        boolean excludes = mode == RowLockMode.NO_KEY_UPDATE || mode == RowLockMode.UPDATE;
        this.plain = excludes && span.isKey() && owner.holdsNothing();
    }

    /**
     * Whether it is for one row, of a mode that excludes the other such, and by an owner who holds nothing, which stays so while it waits:
     * behind another of the kind it waits for that alone, and may be passed with it.
     */
    boolean isPlain() {
        return plain;
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

    LockMode mode() {
        return mode;
    }

    /** What is locked, in words. */
    String target() {
        return target;
    }

    /** When the waiting began. */
    long sinceNanos() {
        return sinceNanos;
    }

    /** Completes when the lock is held, or with the reason why it will not be. */
    public CompletableFuture<Boolean> outcome() {
        return outcome;
    }

    /** Whether the lock was free for it and may still be: {@link LockTable#take} tells. */
    public boolean isCalled() {
        return called;
    }

    /** Whether it ever was: from then on others may pass it, and it has to look by itself now and then. */
    public boolean wasCalled() {
        return everCalled;
    }

    /** How long ago the lock was first free for it, in nanoseconds. */
    long freeFor(long now) {
        return everCalled ? now - firstCallNanos : 0;
    }

    /** Whether it has to be called now that the lock is free: it may be on its way, or have missed it just before. */
    boolean isCallable(long now, long pauseNanos) {
        return !everCalled || (!called && now - lastCallNanos >= pauseNanos);
    }

    void call(long now) {
        if (!everCalled) {
            everCalled = true;
            firstCallNanos = now;
        }
        lastCallNanos = now;
        called = true;
        signal();
    }

    /** Another was faster. */
    void missed() {
        called = false;
        next = true;
    }

    /** Whether it is the first in its line, so that it may get the lock any moment. */
    public boolean isNext() {
        return next;
    }

    void setNext(boolean first) {
        next = first;
    }

    void grant() {
        outcome.complete(true);
        signal();
    }

    void fail(KadeException reason) {
        outcome.completeExceptionally(reason);
        signal();
    }

    private void signal() {
        listener.run();
    }

    /** What is to be run, at once and by another thread, when it is called or has its outcome. */
    public void listener(Runnable waiter) {
        listener = waiter;
    }
}
