package io.kadedb.storage.cipher;

/** How the keys with a prefix pass the encryption boundary. */
public enum KeyMode {
    /** Keys stay as they are and keep their order; values are encrypted. */
    PLAIN,
    /**
     * What follows the prefix becomes a keyed hash, so keys have no order; the key itself travels, encrypted, with the
     * value. Only single keys and whole prefixes can be read.
     */
    BUCKETED,
    /** Neither keys nor values are encrypted: for counters and sequences, which atomic mutations change. */
    PLAINTEXT
}
