package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.Layout;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.executor.kernel.VectorBuilder;
import io.kadedb.executor.memory.Native;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * sum and avg of integers and decimals: exact 128-bit sums with a count, 24 bytes a group. Groups of one batch in a
 * row, and aggregates without groups, are summed in 64 bits first where the type's bound allows. A sum that leaves the 128
 * bits is marked in the count's sign, and refused when it is wanted: windows sum more than any frame asks for.
 */
final class ExactSumAccumulator implements Accumulator {
    private static final int STATE_BYTES = 24;
    private static final long OVERFLOWN = Long.MIN_VALUE;
    /** Sums of a batch of values below this fit 64 bits. */
    private static final long SMALL_VALUE = Long.MAX_VALUE / Batch.MAX_ROWS;
    /** Groups that are worth summing a batch by itself. */
    private static final int FEW_GROUPS = 64;

    /** Neighbouring rows often are of one group: sums that take turns do not wait for one another. */
    private static final int LANES = 4;

    private static final BigInteger LONG_MIN = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);

    private final SqlType argument;
    private final SqlType result;
    private final boolean average;
    private final NativeArray states;
    private final long[] values = new long[Batch.MAX_ROWS];
    private final long[] sums = new long[LANES * FEW_GROUPS];
    private final int[] counts = new int[LANES * FEW_GROUPS];
    private int size;

    ExactSumAccumulator(SqlType argument, SqlType result, boolean average, MemoryPool memory) {
        this.argument = argument;
        this.result = result;
        this.average = average;
        this.states = new NativeArray(memory);
    }

    @Override
    public void resize(int groups) {
        states.ensure((long) STATE_BYTES * groups);
        size = groups;
    }

    @Override
    public void update(int @Nullable [] groups, ColumnVector[] args, int @Nullable [] selection, int count) {
        ColumnVector vector = args[0];
        if (argument.layout() != Layout.INT128) {
            Columns.loadLongs(vector, selection, count, values);
        } else if (!loadNarrow(vector, selection, count)) {
            updateWide(groups, vector, selection, count);
            return;
        }
        if (groups == null) {
            updateOne(count);
            return;
        }
        if (size <= FEW_GROUPS && count >= 4 * FEW_GROUPS && areSmall(count)) {
            updateFew(groups, count);
            return;
        }
        long table = states.address();
        for (int i = 0; i < count; i++) {
            long at = table + (long) STATE_BYTES * groups[i];
            long value = values[i];
            long low = Native.getLong(at);
            long sum = low + value;
            Native.putLong(at, sum);
            // The carry of an unsigned addition, and the sign of the value extended.
            long carry = ((low & value) | ((low | value) & ~sum)) >>> 63;
            Native.putLong(at + 8, Native.getLong(at + 8) + (value >> 63) + carry);
            Native.putLong(at + 16, Native.getLong(at + 16) + 1);
        }
    }

    /** Loads 128-bit values into {@link #values}; false when one of them does not fit. */
    private boolean loadNarrow(ColumnVector vector, int @Nullable [] selection, int count) {
        if (vector.isDictionary()) {
            return false;
        }
        long data = vector.data().address();
        long lost = 0;
        for (int i = 0; i < count; i++) {
            long at = data + 16L * Columns.row(selection, i);
            long low = Native.getLong(at);
            values[i] = low;
            lost |= Native.getLong(at + 8) ^ low >> 63;
        }
        return lost == 0;
    }

    private boolean areSmall(int count) {
        long bits = 0;
        for (int i = 0; i < count; i++) {
            bits |= values[i] ^ values[i] >> 63;
        }
        return bits < SMALL_VALUE;
    }

    private void updateFew(int[] groups, int count) {
        int i = 0;
        for (; i + LANES <= count; i += LANES) {
            for (int lane = 0; lane < LANES; lane++) {
                int slot = lane * FEW_GROUPS + groups[i + lane];
                sums[slot] += values[i + lane];
                counts[slot]++;
            }
        }
        for (; i < count; i++) {
            sums[groups[i]] += values[i];
            counts[groups[i]]++;
        }
        for (int group = 0; group < size; group++) {
            long sum = 0;
            long rows = 0;
            for (int slot = group; slot < sums.length; slot += FEW_GROUPS) {
                sum += sums[slot];
                rows += counts[slot];
                sums[slot] = 0;
                counts[slot] = 0;
            }
            long at = states.address() + (long) STATE_BYTES * group;
            add(at, sum, sum >> 63);
            Native.putLong(at + 16, Native.getLong(at + 16) + rows);
        }
    }

    private void updateOne(int count) {
        long at = states.address();
        if (areSmall(count)) {
            long sum = 0;
            for (int i = 0; i < count; i++) {
                sum += values[i];
            }
            add(at, sum, sum >> 63);
        } else {
            long low = 0;
            long high = 0;
            for (int i = 0; i < count; i++) {
                low += values[i] & 0xFFFFFFFFL;
                high += values[i] >> 32;
            }
            add(at, low, 0);
            add(at, high << 32, high >> 32);
        }
        Native.putLong(at + 16, Native.getLong(at + 16) + count);
    }

    private void updateWide(int @Nullable [] groups, ColumnVector vector, int @Nullable [] selection, int count) {
        ColumnVector dictionary = vector.dictionary();
        long data = (dictionary == null ? vector : dictionary).data().address();
        long codes = vector.data().address();
        for (int i = 0; i < count; i++) {
            int row = Columns.row(selection, i);
            long from = data + 16L * (dictionary == null ? row : Native.getInt(codes + 4L * row));
            long at = states.address() + (groups == null ? 0 : (long) STATE_BYTES * groups[i]);
            add(at, Native.getLong(from), Native.getLong(from + 8));
            Native.putLong(at + 16, Native.getLong(at + 16) + 1);
        }
    }

    /** Makes a group's sum and count known that was computed elsewhere. */
    void set(int group, long low, long high, long rows) {
        long at = states.address() + (long) STATE_BYTES * group;
        Native.putLong(at, low);
        Native.putLong(at + 8, high);
        Native.putLong(at + 16, rows);
    }

    private static void add(long at, long low, long high) {
        long oldLow = Native.getLong(at);
        long oldHigh = Native.getLong(at + 8);
        long sum = oldLow + low;
        long carry = Long.compareUnsigned(sum, oldLow) < 0 ? 1 : 0;
        long sumHigh = oldHigh + high + carry;
        if (((oldHigh ^ sumHigh) & (high ^ sumHigh)) < 0) {
            Native.putLong(at + 16, Native.getLong(at + 16) | OVERFLOWN);
        }
        Native.putLong(at, sum);
        Native.putLong(at + 8, sumHigh);
    }

    private KadeException overflow() {
        return KadeException.of(
                ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE,
                (average ? "the sum of an average" : "a sum") + " is out of range for " + result);
    }

    @Override
    public void merge(Accumulator other, int[] sources, int[] targets, int count) {
        long from = ((ExactSumAccumulator) other).states.address();
        for (int i = 0; i < count; i++) {
            long source = from + (long) STATE_BYTES * sources[i];
            long at = states.address() + (long) STATE_BYTES * targets[i];
            add(at, Native.getLong(source), Native.getLong(source + 8));
            long rows = Native.getLong(source + 16);
            Native.putLong(at + 16, (Native.getLong(at + 16) + (rows & ~OVERFLOWN)) | (rows & OVERFLOWN));
        }
    }

    @Override
    public void emit(int from, int count, VectorBuilder out) {
        for (int i = from; i < from + count; i++) {
            long at = states.address() + (long) STATE_BYTES * i;
            long rows = Native.getLong(at + 16);
            if (rows == 0) {
                out.appendNull();
            } else if (rows < 0) {
                throw overflow();
            } else if (average) {
                emitAverage(Native.getLong(at), Native.getLong(at + 8), rows, out);
            } else {
                emitSum(Native.getLong(at), Native.getLong(at + 8), out);
            }
        }
    }

    private void emitSum(long low, long high, VectorBuilder out) {
        boolean small = high == low >> 63;
        if (result.id() != TypeId.DECIMAL) {
            if (!small) {
                throw overflow();
            }
            appendInteger(low, out);
        } else if (result.scale() == argument.scale() && small && result.precision() >= 19) {
            out.appendInt128(high, low);
        } else {
            append(new BigDecimal(toBigInteger(low, high), argument.scale()), out);
        }
    }

    private void emitAverage(long low, long high, long rows, VectorBuilder out) {
        BigDecimal sum = new BigDecimal(toBigInteger(low, high), argument.scale());
        append(sum.divide(BigDecimal.valueOf(rows), result.scale(), RoundingMode.HALF_UP), out);
    }

    private void append(BigDecimal value, VectorBuilder out) {
        switch (result.id()) {
            case DECIMAL -> {
                BigDecimal scaled = value.setScale(result.scale(), RoundingMode.HALF_UP);
                if (scaled.precision() > result.precision()) {
                    throw overflow();
                }
                out.append(scaled);
            }
            case DOUBLE, REAL -> out.appendDouble(value.doubleValue());
            default -> {
                BigInteger whole = value.setScale(0, RoundingMode.HALF_UP).unscaledValue();
                if (whole.compareTo(LONG_MIN) < 0 || whole.compareTo(LONG_MAX) > 0) {
                    throw overflow();
                }
                appendInteger(whole.longValue(), out);
            }
        }
    }

    private void appendInteger(long value, VectorBuilder out) {
        boolean fits = switch (result.layout()) {
            case INT16 -> value == (short) value;
            case INT32 -> value == (int) value;
            default -> true;
        };
        if (!fits) {
            throw overflow();
        }
        if (result.layout() == Layout.FLOAT64 || result.layout() == Layout.FLOAT32) {
            out.appendDouble((double) value);
        } else {
            out.appendLong(value);
        }
    }

    static BigInteger toBigInteger(long low, long high) {
        return BigInteger.valueOf(high).shiftLeft(64).add(new BigInteger(Long.toUnsignedString(low)));
    }

    @Override
    public void close() {
        states.close();
    }
}
