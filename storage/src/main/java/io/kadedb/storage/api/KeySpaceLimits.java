package io.kadedb.storage.api;

/**
 * How large keys, values and transactions may be. The defaults are FoundationDB's, so that whatever runs on our engines
 * under them runs there too.
 *
 * @param keyBytes largest key; beyond it a write fails with code 2102
 * @param valueBytes largest value; beyond it a write fails with code 2103
 * @param transactionBytes keys, values and conflict ranges of one transaction together; beyond it a commit fails with
 *     code 2101
 */
public record KeySpaceLimits(int keyBytes, int valueBytes, long transactionBytes) {
    /** 10 kB keys, 100 kB values, 10 MB transactions. */
    public static final KeySpaceLimits FOUNDATION_DB = new KeySpaceLimits(10_000, 100_000, 10_000_000);

    public KeySpaceLimits {
        if (keyBytes < 1 || valueBytes < 1 || transactionBytes < 1) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }

    /** The same limits with room for what a cipher adds to each value. */
    public KeySpaceLimits withValueOverhead(int bytes) {
        return new KeySpaceLimits(keyBytes, valueBytes + bytes, transactionBytes);
    }
}
