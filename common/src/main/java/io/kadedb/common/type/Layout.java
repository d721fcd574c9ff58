package io.kadedb.common.type;

/** How the values of a type lie in memory; kernels are written once per layout. */
public enum Layout {
    /** One bit a value. */
    BIT(0),
    INT16(2),
    INT32(4),
    INT64(8),
    FLOAT32(4),
    FLOAT64(8),
    /** Little-endian two's complement, low word first. */
    INT128(16),
    /** INTERVAL: int32 months, int32 days, int64 microseconds. */
    INTERVAL(16),
    /** Fixed 16 bytes compared unsigned, first byte first. */
    BYTES16(16),
    /** int32 offsets (one more than values) into a byte buffer. */
    VARBYTES(4);

    private final int width;

    Layout(int width) {
        this.width = width;
    }

    /** Bytes a value takes in the data buffer; for {@link #VARBYTES} those of an offset, for {@link #BIT} zero. */
    public int width() {
        return width;
    }
}
