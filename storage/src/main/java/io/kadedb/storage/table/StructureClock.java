package io.kadedb.storage.table;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts the commits that may change what tables are made of: definitions, segments, hidden rows. While the count stands
 * still, what was read of these at one version is the same at every later one. Thread-safe.
 */
public final class StructureClock {
    private final AtomicLong begun = new AtomicLong();
    private final AtomicLong ended = new AtomicLong();

    /** Commits such a change. */
    public <T extends @Nullable Object> T changing(Supplier<T> commit) {
        begun.incrementAndGet();
        try {
            return commit.get();
        } finally {
            ended.incrementAndGet();
        }
    }

    /** The count, or -1 while a change is being committed. */
    public long now() {
        long count = begun.get();
        return ended.get() == count ? count : -1;
    }

    /** Whether no change has begun since the count was taken. */
    public boolean isStill(long count) {
        return begun.get() == count;
    }
}
