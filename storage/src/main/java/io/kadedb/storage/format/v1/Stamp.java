package io.kadedb.storage.format.v1;

import java.nio.ByteBuffer;

/**
 * When something was written: the version of its commit, and the order of the statement within the transaction. Of two
 * writes that concern a row, the one with the greater stamp counts. What a transaction has not committed yet is newer
 * than all that is committed.
 */
public record Stamp(long version, int sequence) implements Comparable<Stamp> {
    /** Bytes of the versionstamp at the head of a stored value. */
    public static final int BYTES = 10;
    /** The version of what is not committed yet. */
    public static final long UNCOMMITTED = Long.MAX_VALUE;
    /** The sequence of what a fold wrote: all that is of its version is in it. */
    public static final int FOLDED = Integer.MAX_VALUE;

    /** Of the running transaction. */
    public static Stamp own(int sequence) {
        return new Stamp(UNCOMMITTED, sequence);
    }

    /** The version in front of a stored value. */
    public static long versionOf(byte[] value) {
        long version = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            version = (version << Byte.SIZE) | (value[i] & 0xFF);
        }
        return version;
    }

    /** A value with a version known now. */
    public static byte[] stamped(long version, byte[] rest) {
        return ByteBuffer.allocate(BYTES + rest.length)
                .putLong(version)
                .putShort((short) 0)
                .put(rest)
                .array();
    }

    /** The parameter of a versionstamped mutation that puts the commit's stamp in front of a value. */
    public static byte[] placeholder(byte[] rest) {
        return ByteBuffer.allocate(BYTES + rest.length + Integer.BYTES)
                .position(BYTES)
                .put(rest)
                .putInt(0)
                .array();
    }

    public boolean before(Stamp other) {
        return compareTo(other) < 0;
    }

    @Override
    public int compareTo(Stamp other) {
        int byVersion = Long.compare(version, other.version);
        return byVersion != 0 ? byVersion : Integer.compare(sequence, other.sequence);
    }
}
