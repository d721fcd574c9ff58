package io.kadedb.storage.format.v1;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads what {@link ByteSink} wrote. */
final class ByteSource {
    private final ByteBuffer bytes;

    ByteSource(byte[] source, int from) {
        bytes = ByteBuffer.wrap(source).order(ByteOrder.LITTLE_ENDIAN).position(from);
    }

    int position() {
        return bytes.position();
    }

    byte[] array() {
        return bytes.array();
    }

    int getByte() {
        return bytes.get() & 0xFF;
    }

    int getInt() {
        return bytes.getInt();
    }

    long getLong() {
        return bytes.getLong();
    }

    long getVarint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = getByte();
            value |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw KadeException.of(ErrorCode.DATA_CORRUPTED, "a stored row holds a number that has no end");
    }

    void skip(int count) {
        bytes.position(bytes.position() + count);
    }
}
