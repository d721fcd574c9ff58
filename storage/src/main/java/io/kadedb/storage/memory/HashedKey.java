package io.kadedb.storage.memory;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A key by its bytes, for maps without an order. The hash of arrays that Java has puts keys that differ in their last
 * bytes only, as the keys of rows do, into a few places.
 */
final class HashedKey {
    private static final long FACTOR = 0xD6E8FEB86659FD93L;

    private final byte[] bytes;
    private final int hash;

    HashedKey(byte[] bytes) {
        this.bytes = bytes;
        this.hash = hash(bytes);
    }

    /** Plain steps, which are as good before the optimizing compiler has come. */
    private static int hash(byte[] bytes) {
        long hash = bytes.length * FACTOR;
        long word = 0;
        for (int i = 0; i < bytes.length; i++) {
            word = (word << Byte.SIZE) | (bytes[i] & 0xFF);
            if ((i & 7) == 7) {
                hash = mixed(hash ^ word);
            }
        }
        hash = mixed(hash ^ word);
        return (int) (hash ^ hash >>> 32);
    }

    /** Each step can be undone, so that words which differ stay different; the shifts bring high bits to where places are. */
    private static long mixed(long value) {
        long spread = (value ^ value >>> 32) * FACTOR;
        return (spread ^ spread >>> 29) * FACTOR;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HashedKey key && hash == key.hash && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
