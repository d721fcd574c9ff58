package io.kadedb.storage.rocksdb;

import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Native buffers that reads pass keys and values through; lent to one thread at a time. */
final class ScratchBuffers {
    private static final int VALUE_BYTES = 128 << 10;
    private static final int KEY_BYTES = 16 << 10;

    private final ConcurrentLinkedQueue<Scratch> idle = new ConcurrentLinkedQueue<>();

    /** One key and one value. */
    static final class Scratch {
        private ByteBuffer key = ByteBuffer.allocateDirect(KEY_BYTES);
        private ByteBuffer value = ByteBuffer.allocateDirect(VALUE_BYTES);

        ByteBuffer key(byte[] bytes) {
            if (key.capacity() < bytes.length) {
                key = ByteBuffer.allocateDirect(bytes.length);
            }
            return key.clear().put(bytes).flip();
        }

        /** An empty buffer of at least so many bytes. */
        ByteBuffer value(int bytes) {
            if (value.capacity() < bytes) {
                value = ByteBuffer.allocateDirect(bytes);
            }
            return value.clear();
        }
    }

    Scratch take() {
        Scratch scratch = idle.poll();
        return scratch == null ? new Scratch() : scratch;
    }

    void giveBack(Scratch scratch) {
        idle.add(scratch);
    }
}
