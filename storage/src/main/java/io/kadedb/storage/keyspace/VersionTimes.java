package io.kadedb.storage.keyspace;

import java.util.ArrayDeque;

/**
 * Remembers enough of the commit versions to say which one was current at a time. A snapshot taken at a time reads at
 * the version that was current then, which in a quiet database may be much older than the time; so whatever must stay
 * readable for a while is bounded by this, not by the time itself. Owned by the thread that holds the commit order.
 */
final class VersionTimes {
    private final ArrayDeque<Long> samples = new ArrayDeque<>();
    private final long spacingMicros;

    VersionTimes(long firstVersion, long spacingMicros) {
        this.spacingMicros = Math.max(1, spacingMicros);
        samples.add(firstVersion);
    }

    /** Notes that a version became current at the time it names. */
    void add(long version) {
        long last = samples.getLast();
        if (samples.size() < 2 || last - secondLast() >= spacingMicros) {
            samples.addLast(version);
        } else {
            samples.removeLast();
            samples.addLast(version);
        }
    }

    private long secondLast() {
        var fromEnd = samples.descendingIterator();
        fromEnd.next();
        return fromEnd.next();
    }

    /** A version no newer than the one that was current at a time, at most the spacing older; forgets what is older. */
    long currentAt(long micros) {
        while (samples.size() > 1 && second() <= micros) {
            samples.removeFirst();
        }
        return Math.min(samples.getFirst(), micros);
    }

    private long second() {
        var fromStart = samples.iterator();
        fromStart.next();
        return fromStart.next();
    }
}
