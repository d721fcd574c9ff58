package io.kadedb.storage.lock;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A transaction as the lock table knows it. Guarded by the lock table. */
public final class LockOwner {
    private final long number;
    private final String name;
    private final LockGroup group;
    private final List<Held> acquired = new ArrayList<>();

    LockOwner(long number, String name, LockGroup group) {
        this.number = number;
        this.name = name;
        this.group = group;
    }

    LockGroup group() {
        return group;
    }

    /** Whether neither is ever in the other's way. */
    boolean isWith(LockOwner other) {
        return this == other || group == other.group;
    }

    /** Whether nobody can be waiting for it, or for its group. */
    boolean holdsNothing() {
        return acquired.isEmpty() && group.holdsNothing();
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

    /** What it waits for, or another of its group does. */
    @Nullable
    LockRequest waiting() {
        return group.waiting();
    }

    void setWaiting(@Nullable LockRequest request) {
        group.setWaiting(request);
    }
}
