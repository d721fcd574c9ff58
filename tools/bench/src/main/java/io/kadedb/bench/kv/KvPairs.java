package io.kadedb.bench.kv;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/**
 * The keys that a client uses: all are read, and of those it writes no other client writes any, so that what is there in the
 * end does not depend on who was faster.
 *
 * @param count how many there are in all
 * @param client the number of the client
 * @param clients how many there are
 */
record KvPairs(int count, int client, int clients) {
    private static final int KEY_BYTES = 16;
    private static final int VALUE_BYTES = 100;

    /** Numbers that are far from each other: as names and hashes are. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    static byte[] key(long number) {
        // The first byte keeps clear of what is no key of an application's.
        return ByteBuffer.allocate(KEY_BYTES)
                .putLong((number * SPREAD) >>> 1)
                .putLong(number)
                .array();
    }

    static byte[] value(long number) {
        ByteBuffer value = ByteBuffer.allocate(VALUE_BYTES);
        for (SplittableRandom random = new SplittableRandom(number); value.remaining() >= Long.BYTES; ) {
            value.putLong(random.nextLong());
        }
        return value.array();
    }

    byte[] any(SplittableRandom random) {
        return key(random.nextInt(count));
    }

    byte[] own(SplittableRandom random) {
        int number = random.nextInt(count / clients) * clients + client;
        return key(number);
    }
}
