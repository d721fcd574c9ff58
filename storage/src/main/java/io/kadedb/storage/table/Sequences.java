package io.kadedb.storage.table;

import io.kadedb.storage.api.KeySpace;
import io.kadedb.storage.format.v1.KeyLayout;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Numbers that are never given twice, drawn from the key space in blocks. What is left of a block when the process ends
 * is lost. Thread-safe.
 */
public final class Sequences {
    private static final long FIRST_BLOCK = 256;
    private static final long LARGEST_BLOCK = 1 << 20;

    private final KeySpace keySpace;
    private final ConcurrentHashMap<ByteBuffer, Block> blocks = new ConcurrentHashMap<>();

    Sequences(KeySpace keySpace) {
        this.keySpace = keySpace;
    }

    /** The next number of a counter. */
    public long next(byte[] counter) {
        return next(counter, 1);
    }

    /** The first of so many consecutive numbers. */
    public long next(byte[] counter, long count) {
        return blocks.computeIfAbsent(ByteBuffer.wrap(counter), key -> new Block(counter))
                .take(count);
    }

    /** Numbers reserved and not yet given. */
    private final class Block {
        private final byte[] counter;
        private long next;
        private long end;
        private long size = FIRST_BLOCK;

        Block(byte[] counter) {
            this.counter = counter;
        }

        synchronized long take(long count) {
            if (end - next < count) {
                long reserved = Math.max(size, count);
                size = Math.min(size * 4, LARGEST_BLOCK);
                next = reserve(reserved);
                end = next + reserved;
            }
            long first = next;
            next += count;
            return first;
        }

        private long reserve(long count) {
            return InternalTransactions.commit(keySpace, transaction -> {
                byte @Nullable [] stored = transaction.get(counter).join();
                long first = stored == null ? 1 : ByteBuffer.wrap(stored).getLong();
                transaction.set(
                        counter,
                        ByteBuffer.allocate(Long.BYTES).putLong(first + count).array());
                return first;
            });
        }
    }

    /** The counter of table, schema and graph ids. */
    public static byte[] objectIds() {
        return KeyLayout.sequence("o");
    }

    static byte[] batches() {
        return KeyLayout.sequence("b");
    }
}
