package io.kadedb.storage.format.v1;

/** Writes integers in the smallest of the integer encodings. Values of NULL rows must repeat a neighbour's. */
final class IntegerEncoder {
    /** A sequential encoding must save this much over frame of reference, which decodes faster. */
    private static final double WORTHWHILE = 0.8;

    private IntegerEncoder() {}

    /** Writes the encoding's number at the head of the sink's chunk is the caller's work: it is returned. */
    static Encoding encode(long[] values, int count, ByteSink body) {
        long min = values[0];
        long max = values[0];
        long minStep = Long.MAX_VALUE;
        long maxStep = Long.MIN_VALUE;
        int runs = 1;
        for (int i = 1; i < count; i++) {
            long value = values[i];
            min = Math.min(min, value);
            max = Math.max(max, value);
            long step = value - values[i - 1];
            minStep = Math.min(minStep, step);
            maxStep = Math.max(maxStep, step);
            runs += step == 0 ? 0 : 1;
        }
        if (min == max) {
            body.putLong(min);
            body.putLong(0);
            return Encoding.CONSTANT;
        }
        int width = BitPacking.width(max - min);
        long packed = BitPacking.packedBytes(count, width);
        boolean stepsFit = max - min >= 0 && maxStep - minStep >= 0;
        long stepped = stepsFit ? 16L + BitPacking.packedBytes(count - 1, BitPacking.width(maxStep - minStep)) : packed;
        long running = 24L + BitPacking.packedBytes(runs, width) + BitPacking.packedBytes(runs, 17);
        long best = Math.min(packed, Math.min(stepped, running));
        if (count > 2 && DifferenceBlocks.bytes(values, count, best) < best * WORTHWHILE) {
            DifferenceBlocks.write(values, count, body);
            return Encoding.DELTA_OF_DELTA;
        }
        if (running < packed * WORTHWHILE && running <= stepped) {
            runs(values, count, runs, body);
            return Encoding.RUN_LENGTH;
        }
        if (stepped < packed * WORTHWHILE) {
            steps(values, count, minStep, maxStep, body);
            return Encoding.DELTA;
        }
        frame(values, count, min, width, body);
        return Encoding.FRAME_OF_REFERENCE;
    }

    /** Base, width, values. */
    static void frame(long[] values, int count, long min, int width, ByteSink body) {
        body.putLong(min);
        body.putLong(width);
        BitPacking.pack(values, count, min, width, body);
    }

    /** As {@link #frame}, with the base and width that fit. */
    static void frame(long[] values, int count, ByteSink body) {
        long min = 0;
        long max = 0;
        for (int i = 0; i < count; i++) {
            min = i == 0 ? values[0] : Math.min(min, values[i]);
            max = i == 0 ? values[0] : Math.max(max, values[i]);
        }
        frame(values, count, min, BitPacking.width(max - min), body);
    }

    private static void steps(long[] values, int count, long minStep, long maxStep, ByteSink body) {
        long[] steps = new long[count - 1];
        for (int i = 1; i < count; i++) {
            steps[i - 1] = values[i] - values[i - 1];
        }
        body.putLong(values[0]);
        frame(steps, count - 1, minStep, BitPacking.width(maxStep - minStep), body);
    }

    private static void runs(long[] values, int count, int runs, ByteSink body) {
        long[] heads = new long[runs];
        long[] lengths = new long[runs];
        int run = 0;
        heads[0] = values[0];
        for (int i = 0; i < count; i++) {
            if (values[i] != heads[run]) {
                heads[++run] = values[i];
            }
            lengths[run]++;
        }
        body.putLong(runs);
        frame(heads, runs, body);
        frame(lengths, runs, body);
    }
}
