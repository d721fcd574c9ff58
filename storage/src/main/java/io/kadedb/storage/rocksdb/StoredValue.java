package io.kadedb.storage.rocksdb;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Values as they are stored: the bytes, then 8 bytes big endian with the version times two, plus one when the key was
 * removed. The version stands behind the bytes, so that neighbouring values can be read end to end into one piece of
 * memory, each over the version of the one before.
 */
final class StoredValue {
    /** The length of what stands behind the bytes. */
    static final int TRAILER_BYTES = Long.BYTES;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN)
            .withInvokeExactBehavior();

    private StoredValue() {}

    static byte[] of(byte @Nullable [] value, long version) {
        if (value == null) {
            byte[] removed = new byte[TRAILER_BYTES];
            LONG.set(removed, 0, version << 1 | 1);
            return removed;
        }
        byte[] stored = Arrays.copyOf(value, value.length + TRAILER_BYTES);
        LONG.set(stored, value.length, version << 1);
        return stored;
    }

    static long trailer(byte[] stored) {
        return (long) LONG.get(stored, stored.length - TRAILER_BYTES);
    }

    static long version(long trailer) {
        return trailer >>> 1;
    }

    static boolean isRemoved(long trailer) {
        return (trailer & 1) != 0;
    }

    /** The bytes alone, or null when the key was removed. */
    static byte @Nullable [] value(byte[] stored) {
        return isRemoved(trailer(stored)) ? null : Arrays.copyOf(stored, stored.length - TRAILER_BYTES);
    }
}
