package io.kadedb.storage.api;

import java.util.Locale;

/** What may be changed of a database while it is open: how much of the past it keeps, and what it does by itself. */
public enum StoreSetting {
    /** For how many milliseconds replaced rows can be read AS OF SYSTEM TIME. */
    HISTORY_RETENTION(0, 10L * 366 * 86_400_000),
    /** How many bytes of replaced versions are kept at most, whatever the retention. */
    HISTORY_LIMIT(1 << 20, 1L << 50),
    /** How many milliseconds old the snapshot of a transaction that writes may be when it commits. */
    TRANSACTION_WINDOW(1_000, 86_400_000),
    /** How many milliseconds lie between rounds that compute changed buckets of continuous aggregates; 0 for none. */
    AGGREGATE_REFRESH(0, 10L * 366 * 86_400_000),
    /** Whether written rows are moved into segments by themselves: 1 or 0. */
    FOLDING(0, 1);

    private final long least;
    private final long greatest;

    StoreSetting(long least, long greatest) {
        this.least = least;
        this.greatest = greatest;
    }

    /** The name that it is stored under. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public long least() {
        return least;
    }

    public long greatest() {
        return greatest;
    }
}
