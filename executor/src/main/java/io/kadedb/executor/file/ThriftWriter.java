package io.kadedb.executor.file;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Thrift's compact protocol, as far as Parquet's headers and footers need it
 * (github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md). Fields of a structure are written by rising
 * numbers, which the callers take from parquet.thrift.
 */
final class ThriftWriter {
    static final int I32 = 5;
    static final int BINARY = 8;
    static final int STRUCT = 12;

    private static final int TRUE = 1;
    private static final int FALSE = 2;
    private static final int BYTE = 3;
    private static final int I64 = 6;
    private static final int LIST = 9;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Deque<Integer> enclosing = new ArrayDeque<>();
    private int lastField;

    byte[] bytes() {
        return out.toByteArray();
    }

    private void field(int number, int type) {
        int delta = number - lastField;
        if (delta > 0 && delta <= 15) {
            out.write(delta << 4 | type);
        } else {
            out.write(type);
            unsigned(zigzag(number));
        }
        lastField = number;
    }

    private static long zigzag(long value) {
        return value << 1 ^ value >> 63;
    }

    private void unsigned(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    ThriftWriter i32(int number, int value) {
        field(number, I32);
        unsigned(zigzag(value));
        return this;
    }

    ThriftWriter i64(int number, long value) {
        field(number, I64);
        unsigned(zigzag(value));
        return this;
    }

    ThriftWriter i8(int number, int value) {
        field(number, BYTE);
        out.write(value);
        return this;
    }

    ThriftWriter bool(int number, boolean value) {
        field(number, value ? TRUE : FALSE);
        return this;
    }

    ThriftWriter text(int number, String value) {
        return binary(number, value.getBytes(StandardCharsets.UTF_8));
    }

    ThriftWriter binary(int number, byte[] value) {
        field(number, BINARY);
        item(value);
        return this;
    }

    /** Begins a list, whose elements follow by {@link #item} or {@link #beginItem}. */
    ThriftWriter list(int number, int elementType, int size) {
        field(number, LIST);
        if (size < 15) {
            out.write(size << 4 | elementType);
        } else {
            out.write(0xF0 | elementType);
            unsigned(size);
        }
        return this;
    }

    ThriftWriter item(int value) {
        unsigned(zigzag(value));
        return this;
    }

    ThriftWriter item(byte[] value) {
        unsigned(value.length);
        out.writeBytes(value);
        return this;
    }

    /** A structure written before, as an element of a list. */
    ThriftWriter raw(byte[] structure) {
        out.writeBytes(structure);
        return this;
    }

    /** Begins a structure that is a field. */
    ThriftWriter begin(int number) {
        field(number, STRUCT);
        return beginItem();
    }

    /** Begins a structure that is an element of a list. */
    ThriftWriter beginItem() {
        enclosing.push(lastField);
        lastField = 0;
        return this;
    }

    /** Ends the structure begun last, or the outermost one. */
    ThriftWriter end() {
        out.write(0);
        lastField = enclosing.isEmpty() ? 0 : enclosing.pop();
        return this;
    }
}
