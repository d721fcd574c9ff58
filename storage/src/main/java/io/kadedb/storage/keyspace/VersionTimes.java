package io.kadedb.storage.keyspace;

import java.util.ArrayDeque;

/**
 * Remembers enough of the commit versions to say which one was current at a time. A snapshot taken at a time reads at
 * the version that was current then, which in a quiet database may be much older than the time; so whatever must stay
 * readable for a while is bounded by this, not by the time itself. Owned by the thread that holds the commit order.
 */
final class VersionTimes {
    /** All but the newest. */
    private final ArrayDeque<Long> samples = new ArrayDeque<>();

    private long spacingMicros;
    private long newest;
    /** The newest of the samples, if there are any. */
    private long sampled;

    VersionTimes(long firstVersion, long spacingMicros) {
        this.spacingMicros = Math.max(1, spacingMicros);
        this.newest = firstVersion;
    }

    /** Tells times apart that lie so far from each other; what is remembered already stays as it is. */
    void setSpacing(long micros) {
        spacingMicros = Math.max(1, micros);
    }

    /** Notes that a version became current at the time it names. */
    void add(long version) {
        if (newest - sampled >= spacingMicros || samples.isEmpty()) {
            samples.addLast(newest);
            sampled = newest;
        }
        newest = version;
    }

    /** A version no newer than the one that was current at a time, at most the spacing older; forgets what is older. */
    long currentAt(long micros) {
        long oldest = newest;
        while (!samples.isEmpty()) {
            oldest = samples.removeFirst();
            long next = samples.isEmpty() ? newest : samples.getFirst();
            if (next > micros) {
                samples.addFirst(oldest);
                break;
            }
            oldest = next;
        }
        return Math.min(oldest, micros);
    }
}
