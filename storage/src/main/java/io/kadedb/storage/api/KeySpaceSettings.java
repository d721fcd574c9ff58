package io.kadedb.storage.api;

import io.kadedb.common.seam.Clock;
import java.time.Duration;

/**
 * How one of our own engines is run.
 *
 * @param limits sizes of keys, values and transactions
 * @param retention how far back a snapshot may be read; older versions are collected
 * @param historyBytes superseded versions kept at most, whatever the retention: beyond it the oldest are collected, and
 *     beyond twice of it those too that somebody reads, whose reads fail with code 1007
 * @param transactionWindow how old the read version of a committing transaction may be; older ones fail with code 1007
 * @param conflictWindowBytes memory for recent write conflicts; when it is full the window shrinks
 * @param clock tells the time that versions are made of
 */
public record KeySpaceSettings(
        KeySpaceLimits limits,
        Duration retention,
        long historyBytes,
        Duration transactionWindow,
        long conflictWindowBytes,
        Clock clock) {
    /**
     * FoundationDB's limits, an hour and 256 MB of history, five minutes and 256 MB for transactions, the machine's clock.
     */
    public static final KeySpaceSettings DEFAULT = new KeySpaceSettings(
            KeySpaceLimits.FOUNDATION_DB,
            Duration.ofHours(1),
            256L << 20,
            Duration.ofMinutes(5),
            256L << 20,
            Clock.system());

    public KeySpaceSettings {
        if (retention.isNegative() || transactionWindow.isNegative() || conflictWindowBytes < 1 || historyBytes < 1) {
            throw new IllegalArgumentException("retention, window and the memory for them must be positive");
        }
    }

    public KeySpaceSettings withLimits(KeySpaceLimits other) {
        return new KeySpaceSettings(other, retention, historyBytes, transactionWindow, conflictWindowBytes, clock);
    }

    public KeySpaceSettings withRetention(Duration other) {
        return new KeySpaceSettings(limits, other, historyBytes, transactionWindow, conflictWindowBytes, clock);
    }

    public KeySpaceSettings withHistoryBytes(long other) {
        return new KeySpaceSettings(limits, retention, other, transactionWindow, conflictWindowBytes, clock);
    }

    public KeySpaceSettings withTransactionWindow(Duration other) {
        return new KeySpaceSettings(limits, retention, historyBytes, other, conflictWindowBytes, clock);
    }

    public KeySpaceSettings withConflictWindowBytes(long other) {
        return new KeySpaceSettings(limits, retention, historyBytes, transactionWindow, other, clock);
    }

    public KeySpaceSettings withClock(Clock other) {
        return new KeySpaceSettings(limits, retention, historyBytes, transactionWindow, conflictWindowBytes, other);
    }
}
