package io.kadedb.storage.rocksdb;

import java.nio.ByteBuffer;

/**
 * Keys of superseded versions: the key with each zero byte followed by 0xFF, a zero byte as end mark, and the version
 * subtracted from the largest long, big endian. So the versions of a key are neighbours, newest first, and keys keep
 * their order; the first byte after the end mark is at most 0x7F, which tells it from an escaped zero.
 */
final class HistoryKeys {
    private HistoryKeys() {}

    /** The place of the newest version of a key that is at most the given one. */
    static byte[] of(byte[] key, long version) {
        byte[] prefix = prefix(key);
        return ByteBuffer.allocate(prefix.length + Long.BYTES)
                .put(prefix)
                .putLong(Long.MAX_VALUE - version)
                .array();
    }

    /** What the places of all versions of a key start with. */
    static byte[] prefix(byte[] key) {
        byte[] escaped = escape(key, 1);
        // The end mark is the zero that the array was made with.
        return escaped;
    }

    /** The bound that corresponds to a bound of keys: at or below all versions of the key and above those of lesser ones. */
    static byte[] bound(byte[] key) {
        return escape(key, 0);
    }

    private static byte[] escape(byte[] key, int spare) {
        int zeros = 0;
        for (byte value : key) {
            if (value == 0) {
                zeros++;
            }
        }
        byte[] escaped = new byte[key.length + zeros + spare];
        int at = 0;
        for (byte value : key) {
            escaped[at++] = value;
            if (value == 0) {
                escaped[at++] = (byte) 0xFF;
            }
        }
        return escaped;
    }
}
