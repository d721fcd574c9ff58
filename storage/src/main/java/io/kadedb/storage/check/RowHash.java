package io.kadedb.storage.check;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** 128 bits that stand for some bytes, for comparisons of sets too large to be held. Not for secrets. */
record RowHash(long low, long high) {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN)
            .withInvokeExactBehavior();
    private static final long[] SEEDS = {0x9E3779B97F4A7C15L, 0xD6E8FEB86659FD93L};
    private static final long MULTIPLIER = 0xBF58476D1CE4E5B9L;
    private static final long OTHER = 0x94D049BB133111EBL;

    static RowHash of(byte[] bytes) {
        return new RowHash(hash(bytes, SEEDS[0]), hash(bytes, SEEDS[1]));
    }

    private static long hash(byte[] bytes, long seed) {
        long state = mix(seed ^ bytes.length);
        int at = 0;
        for (; at + Long.BYTES <= bytes.length; at += Long.BYTES) {
            state = mix(state ^ (long) LONG.get(bytes, at));
        }
        long rest = 0;
        for (int shift = 0; at < bytes.length; at++, shift += Byte.SIZE) {
            rest |= (bytes[at] & 0xFFL) << shift;
        }
        return mix(state ^ rest ^ seed);
    }

    /** The finisher of SplitMix64, which changes half of the bits for each bit that changes. */
    private static long mix(long value) {
        long mixed = (value ^ value >>> 30) * MULTIPLIER;
        mixed = (mixed ^ mixed >>> 27) * OTHER;
        return mixed ^ mixed >>> 31;
    }
}
