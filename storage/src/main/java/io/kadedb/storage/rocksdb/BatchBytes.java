package io.kadedb.storage.rocksdb;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.rocksdb.ColumnFamilyHandle;

/**
 * A write batch in the form that RocksDB gives it ({@code db/write_batch.cc}), so that the same bytes go to RocksDB and to
 * the log: eight bytes that RocksDB fills in, the number of operations, then each with its kind, column family, key and
 * value. Owned by one thread.
 */
final class BatchBytes {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle COUNT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int HEADER_BYTES = 12;
    private static final int DELETION = 0x4;
    private static final int VALUE = 0x5;
    private static final int RANGE_DELETION = 0xE;

    private byte[] bytes = new byte[512];
    private int length = HEADER_BYTES;
    private int operations;

    void put(int family, byte[] key, byte[] value) {
        begin(VALUE, family);
        add(key);
        add(value);
    }

    /** Puts a number, big endian. */
    void put(int family, byte[] key, long value) {
        begin(VALUE, family);
        add(key);
        ensure(Long.BYTES + 1);
        bytes[length++] = Long.BYTES;
        LONG.set(bytes, length, value);
        length += Long.BYTES;
    }

    void delete(int family, byte[] key) {
        begin(DELETION, family);
        add(key);
    }

    void deleteRange(int family, byte[] begin, byte[] end) {
        begin(RANGE_DELETION, family);
        add(begin);
        add(end);
    }

    int length() {
        return length;
    }

    /** All of it so far, with another number in the last operation, which must be a put of a number. */
    byte[] withLast(long value) {
        LONG.set(bytes, length - Long.BYTES, value);
        COUNT.set(bytes, Long.BYTES, operations);
        return Arrays.copyOf(bytes, length);
    }

    /** The number by which batches name a column family. */
    static int family(ColumnFamilyHandle handle) {
        return handle.getID();
    }

    private void begin(int kind, int family) {
        operations++;
        ensure(1 + 5);
        bytes[length++] = (byte) kind;
        addVarint(family);
    }

    private void add(byte[] part) {
        ensure(5 + part.length);
        addVarint(part.length);
        System.arraycopy(part, 0, bytes, length, part.length);
        length += part.length;
    }

    private void addVarint(int value) {
        int rest = value;
        while (rest >= 0x80) {
            bytes[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    private void ensure(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(length, more)));
        }
    }
}
