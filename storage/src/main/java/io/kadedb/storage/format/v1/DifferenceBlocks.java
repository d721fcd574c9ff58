package io.kadedb.storage.format.v1;

/**
 * Differences between differences, as Gorilla has them for times (Pelkonen et al.: Gorilla: A Fast, Scalable, In-Memory Time
 * Series Database, 2015): of values that come at a regular pace there is next to nothing left. They are packed in
 * blocks, so that a gap, or another pace, costs one block its width.
 */
final class DifferenceBlocks {
    /** Differences of a block. */
    static final int BLOCK = 1_024;

    private static final int FRAME_BYTES = 16;

    private DifferenceBlocks() {}

    /** What the body takes; something above {@code limit} as soon as it is clear that it takes more. */
    static long bytes(long[] values, int count, long limit) {
        long bytes = FRAME_BYTES;
        for (int from = 2; from < count && bytes <= limit; from += BLOCK) {
            int rows = Math.min(BLOCK, count - from);
            long min = Long.MAX_VALUE;
            long max = Long.MIN_VALUE;
            for (int i = from; i < from + rows; i++) {
                long change = change(values, i);
                min = Math.min(min, change);
                max = Math.max(max, change);
            }
            bytes += FRAME_BYTES + BitPacking.packedBytes(rows, BitPacking.width(max - min));
        }
        return bytes;
    }

    private static long change(long[] values, int i) {
        return (values[i] - values[i - 1]) - (values[i - 1] - values[i - 2]);
    }

    /** Writes at least two values: the first, the first difference, and the blocks. */
    static void write(long[] values, int count, ByteSink body) {
        body.putLong(values[0]);
        body.putLong(values[1] - values[0]);
        long[] changes = new long[BLOCK];
        for (int from = 2; from < count; from += BLOCK) {
            int rows = Math.min(BLOCK, count - from);
            for (int i = 0; i < rows; i++) {
                changes[i] = change(values, from + i);
            }
            framed(changes, rows, body);
        }
    }

    /** Differences may be so far apart that their distance needs all 64 bits. */
    private static void framed(long[] changes, int rows, ByteSink body) {
        long min = changes[0];
        long max = changes[0];
        for (int i = 1; i < rows; i++) {
            min = Math.min(min, changes[i]);
            max = Math.max(max, changes[i]);
        }
        IntegerEncoder.frame(changes, rows, min, BitPacking.width(max - min), body);
    }
}
