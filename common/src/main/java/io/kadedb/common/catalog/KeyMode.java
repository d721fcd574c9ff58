package io.kadedb.common.catalog;

/** How the key values of a table or index appear in the key space; recorded for each, never changed in place. */
public enum KeyMode {
    /** In the order of the values: key ranges can be scanned. */
    PLAIN(1),
    /** As bucket ids and keyed hashes: an encrypted table's keys say nothing of its values; no key order. */
    BUCKETED(2);

    private final int number;

    KeyMode(int number) {
        this.number = number;
    }

    /** The number in catalog records. */
    public int number() {
        return number;
    }

    public static KeyMode of(int number) {
        for (KeyMode mode : values()) {
            if (mode.number == number) {
                return mode;
            }
        }
        throw new IllegalArgumentException("unknown key mode " + number);
    }
}
