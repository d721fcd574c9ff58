package io.kadedb.storage.rocksdb;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * A record of the log: a checksum of the file's life and what follows (CRC-32C), the length of the batch, the record's number, the number of
 * the last record known to be on disk when it was written, and the batch; filled up to 8 bytes. All big endian.
 */
final class LogRecord {
    static final int HEADER_BYTES = 24;
    private static final int ALIGNMENT = 8;
    /** Of a batch of one byte. */
    static final int LEAST_BYTES = HEADER_BYTES + ALIGNMENT;

    private LogRecord() {}

    /** What a record takes in the log. */
    static int bytes(int batchBytes) {
        return (HEADER_BYTES + batchBytes + ALIGNMENT - 1) & -ALIGNMENT;
    }

    static void write(ByteBuffer target, long life, long number, long durable, byte[] batch) {
        int at = target.position();
        target.putInt(0).putInt(batch.length).putLong(number).putLong(durable).put(batch);
        int end = target.position();
        target.putInt(at, checksum(target, life, at, batch.length));
        while ((end & (ALIGNMENT - 1)) != 0) {
            target.put((byte) 0);
            end++;
        }
    }

    private static int checksum(ByteBuffer bytes, long life, int at, int batchBytes) {
        CRC32C crc = new CRC32C();
        for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            crc.update((int) (life >>> shift));
        }
        crc.update(bytes.slice(at + Integer.BYTES, HEADER_BYTES - Integer.BYTES + batchBytes));
        return (int) crc.getValue();
    }

    /** Whether a whole record of this life of the file lies at a place. */
    static boolean isAt(ByteBuffer bytes, long life, int at) {
        if (at + HEADER_BYTES > bytes.limit()) {
            return false;
        }
        int length = batchBytes(bytes, at);
        return length > 0
                && length <= bytes.limit() - at - HEADER_BYTES
                && bytes.getInt(at) == checksum(bytes, life, at, length);
    }

    static int batchBytes(ByteBuffer bytes, int at) {
        return bytes.getInt(at + 4);
    }

    static long number(ByteBuffer bytes, int at) {
        return bytes.getLong(at + 8);
    }

    static long durable(ByteBuffer bytes, int at) {
        return bytes.getLong(at + 16);
    }

    static byte[] batch(ByteBuffer bytes, int at) {
        byte[] batch = new byte[batchBytes(bytes, at)];
        bytes.get(at + HEADER_BYTES, batch);
        return batch;
    }
}
