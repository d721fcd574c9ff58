package io.kadedb.storage.api;

import java.util.List;

/**
 * Transactions that waited for each other until one of them gave way.
 *
 * @param epochMicros when, in microseconds since 1970
 * @param victim the owner that gave way
 * @param waits each for the next, the last for the first
 */
public record Deadlock(long epochMicros, String victim, List<LockWait> waits) {
    public Deadlock {
        waits = List.copyOf(waits);
    }
}
