package io.kadedb.storage.lock;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A transaction as the lock table knows it. Guarded by the lock table. */
public final class LockOwner {
    private final long number;
    private final String name;
    private final List<Held> acquired = new ArrayList<>();
    private @Nullable LockRequest waiting;

    LockOwner(long number, String name) {
        this.number = number;
        this.name = name;
    }

    /** Later owners have greater numbers. */
    long number() {
        return number;
    }

    String name() {
        return name;
    }

    /** What it holds, in the order it was got. */
    List<Held> acquired() {
        return acquired;
    }

    @Nullable
    LockRequest waiting() {
        return waiting;
    }

    void setWaiting(@Nullable LockRequest request) {
        waiting = request;
    }
}
