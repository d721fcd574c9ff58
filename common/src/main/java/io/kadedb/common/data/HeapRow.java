package io.kadedb.common.data;

/**
 * The values of one row on the heap, used for one row after the other: what is read or looked for where a batch would cost
 * more than the row. Values of a fixed width are longs, two for those of 16 bytes, in the order of memory; floating point
 * as raw bits. Belongs to one thread.
 */
public final class HeapRow {
    private final boolean[] present;
    private final long[] low;
    private final long[] high;
    private final byte[][] bytes;
    private final int[] from;
    private final int[] length;

    /** A row of so many values, all NULL. */
    public HeapRow(int width) {
        this.present = new boolean[width];
        this.low = new long[width];
        this.high = new long[width];
        this.bytes = new byte[width][];
        this.from = new int[width];
        this.length = new int[width];
    }

    public void setNull(int index) {
        present[index] = false;
    }

    /** A value of fixed width. */
    public void set(int index, long value, long upper) {
        present[index] = true;
        low[index] = value;
        high[index] = upper;
    }

    /**
     * Text or a byte string.
     *
     * @param source is kept, and not to be changed
     */
    public void set(int index, byte[] source, int start, int count) {
        present[index] = true;
        bytes[index] = source;
        from[index] = start;
        length[index] = count;
    }

    /** The value that another row has. */
    public void set(int index, HeapRow source, int sourceIndex) {
        present[index] = source.present[sourceIndex];
        low[index] = source.low[sourceIndex];
        high[index] = source.high[sourceIndex];
        bytes[index] = source.bytes[sourceIndex];
        from[index] = source.from[sourceIndex];
        length[index] = source.length[sourceIndex];
    }

    public boolean isNull(int index) {
        return !present[index];
    }

    /** The value, or its first 8 bytes. */
    public long low(int index) {
        return low[index];
    }

    /** The last 8 bytes of a 16-byte value. */
    public long high(int index) {
        return high[index];
    }

    /** Holds a text or byte string; not to be changed. */
    public byte[] bytes(int index) {
        return bytes[index];
    }

    /** Where it starts in {@link #bytes}. */
    public int from(int index) {
        return from[index];
    }

    /** Its length in bytes. */
    public int length(int index) {
        return length[index];
    }
}
