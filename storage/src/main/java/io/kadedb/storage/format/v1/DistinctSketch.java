package io.kadedb.storage.format.v1;

import java.util.Arrays;

/**
 * Counts distinct values approximately (HyperLogLog: Flajolet, Fusy, Gandouet, Meunier 2007) with 512 registers, a
 * standard error of 4.6 %. Sketches of parts merge into one of the whole.
 */
public final class DistinctSketch {
    private static final int INDEX_BITS = 9;
    /** Bytes of a serialized sketch. */
    public static final int REGISTERS = 1 << INDEX_BITS;

    private static final double ALPHA = 0.7213 / (1 + 1.079 / REGISTERS);

    private final byte[] registers;

    public DistinctSketch() {
        this(new byte[REGISTERS]);
    }

    private DistinctSketch(byte[] registers) {
        this.registers = registers;
    }

    public static DistinctSketch of(byte[] source, int from) {
        return new DistinctSketch(Arrays.copyOfRange(source, from, from + REGISTERS));
    }

    public void add(long low, long high) {
        addHash(mix(low ^ mix(high + 0x9E3779B97F4A7C15L)));
    }

    public void add(byte[] bytes, int from, int count) {
        long hash = count;
        int i = from;
        int end = from + count;
        for (; i + 8 <= end; i += 8) {
            hash = mix(hash ^ (long) Longs.LONG.get(bytes, i));
        }
        long rest = 0;
        for (; i < end; i++) {
            rest = rest << 8 | (bytes[i] & 0xFF);
        }
        addHash(mix(hash ^ rest));
    }

    private void addHash(long hash) {
        int index = (int) (hash >>> (64 - INDEX_BITS));
        byte rank = (byte) (Long.numberOfLeadingZeros(hash << INDEX_BITS | 1L << (INDEX_BITS - 1)) + 1);
        if (rank > registers[index]) {
            registers[index] = rank;
        }
    }

    private static long mix(long value) {
        long mixed = (value ^ (value >>> 32)) * 0xD6E8FEB86659FD93L;
        mixed = (mixed ^ (mixed >>> 32)) * 0xD6E8FEB86659FD93L;
        return mixed ^ (mixed >>> 32);
    }

    public void merge(DistinctSketch other) {
        for (int i = 0; i < REGISTERS; i++) {
            registers[i] = (byte) Math.max(registers[i], other.registers[i]);
        }
    }

    public double estimate() {
        double sum = 0;
        int zeros = 0;
        for (byte register : registers) {
            sum += Math.scalb(1.0, -register);
            zeros += register == 0 ? 1 : 0;
        }
        double raw = ALPHA * REGISTERS * REGISTERS / sum;
        return raw <= 2.5 * REGISTERS && zeros > 0 ? REGISTERS * Math.log((double) REGISTERS / zeros) : raw;
    }

    public byte[] toBytes() {
        return registers.clone();
    }

    /** Reads longs out of byte arrays. */
    private static final class Longs {
        static final java.lang.invoke.VarHandle LONG =
                java.lang.invoke.MethodHandles.byteArrayViewVarHandle(long[].class, java.nio.ByteOrder.LITTLE_ENDIAN);
    }
}
