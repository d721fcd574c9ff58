package io.kadedb.storage.format.v1;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;

/** Reads what {@link ByteSink} wrote, numbers with their low bytes first. */
final class ByteSource {
    private final byte[] bytes;
    private int at;

    ByteSource(byte[] source, int from) {
        bytes = source;
        at = from;
    }

    int position() {
        return at;
    }

    byte[] array() {
        return bytes;
    }

    int getByte() {
        return bytes[at++] & 0xFF;
    }

    int getInt() {
        int value = 0;
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            value |= getByte() << shift;
        }
        return value;
    }

    long getLong() {
        long low = getInt() & 0xFFFF_FFFFL;
        return low | (long) getInt() << Integer.SIZE;
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
        at += count;
    }
}
