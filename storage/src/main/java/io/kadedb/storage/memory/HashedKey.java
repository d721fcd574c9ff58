package io.kadedb.storage.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A key by its bytes, for maps without an order. The hash of arrays that Java has puts keys that differ in their last
 * bytes only, as the keys of rows do, into a few places.
 */
final class HashedKey {
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long FACTOR = 0xD6E8FEB86659FD93L;

    private final byte[] bytes;
    private final int hash;

    HashedKey(byte[] bytes) {
        this.bytes = bytes;
        this.hash = hash(bytes);
    }

    private static int hash(byte[] bytes) {
        long hash = bytes.length * FACTOR;
        int at = 0;
        for (; at + Long.BYTES <= bytes.length; at += Long.BYTES) {
            hash = mixed(hash ^ (long) WORDS.get(bytes, at));
        }
        long rest = 0;
        for (; at < bytes.length; at++) {
            rest = (rest << 8) | (bytes[at] & 0xFF);
        }
        hash = mixed(hash ^ rest);
        return (int) (hash ^ (hash >>> 32));
    }

    /** Both halves of the product: a byte changes the lower half only to its left. */
    private static long mixed(long value) {
        return value * FACTOR ^ Math.multiplyHigh(value, FACTOR);
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
