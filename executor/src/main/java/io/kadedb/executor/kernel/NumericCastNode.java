package io.kadedb.executor.kernel;

import static io.kadedb.common.data.ColumnVector.FLOAT32;
import static io.kadedb.common.data.ColumnVector.FLOAT64;
import static io.kadedb.common.data.ColumnVector.INT16;
import static io.kadedb.common.data.ColumnVector.INT32;
import static io.kadedb.common.data.ColumnVector.INT64;

import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.type.Layout;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.executor.kernel.value.Failures;
import io.kadedb.executor.kernel.value.Numbers;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Casts among integers, decimals and doubles that start from an exact number. */
final class NumericCastNode extends FunctionNode {
    private final SqlType from;
    private final Scratch.Buffer data;
    private final Scratch.Buffer validity;
    private final Int128 register = new Int128();

    NumericCastNode(SqlType type, Node input, Scratch scratch) {
        super(type, List.of(input), true, scratch);
        this.from = input.type;
        this.data = scratch.buffer();
        this.validity = scratch.buffer();
    }

    static boolean handles(SqlType from, SqlType to) {
        return (from.isInteger() || from.id() == TypeId.DECIMAL) && to.isNumeric();
    }

    @Override
    ColumnVector compute(ColumnVector[] vectors, int length, int @Nullable [] selection, int count) {
        if (anyConstantNull(vectors)) {
            return allNull(length, data, validity);
        }
        MemorySegment out = data.bytes((long) type.layout().width() * length);
        MemorySegment valid = combinedValidity(vectors, length, validity);
        MemorySegment in = vectors[0].data();
        boolean narrow = from.layout() != Layout.INT128 && type.layout() != Layout.INT128;
        if (from.isInteger() && type.isInteger()) {
            integers(in, valid, selection, count, out);
        } else if (from.isInteger() && type.id() != TypeId.DECIMAL) {
            floats(in, valid, selection, count, out);
        } else if (narrow && type.id() == TypeId.DECIMAL && type.scale() >= from.scale()) {
            scaled(in, valid, selection, count, out);
        } else {
            wide(in, valid, selection, count, out);
        }
        return ColumnVector.fixed(type, length, out, valid);
    }

    private static long integer(Layout layout, MemorySegment in, int row) {
        return switch (layout) {
            case INT16 -> in.get(INT16, 2L * row);
            case INT32 -> in.get(INT32, 4L * row);
            default -> in.get(INT64, 8L * row);
        };
    }

    private static boolean skipped(@Nullable MemorySegment valid, int row) {
        return valid != null && !ColumnVector.bit(valid, row);
    }

    private void integers(
            MemorySegment in, @Nullable MemorySegment valid, int @Nullable [] rows, int count, MemorySegment out) {
        for (int i = 0; i < count; i++) {
            int row = rows == null ? i : rows[i];
            if (!skipped(valid, row)) {
                long value = Numbers.checkInteger(integer(from.layout(), in, row), type);
                store(out, row, value);
            }
        }
    }

    private void store(MemorySegment out, int row, long value) {
        switch (type.layout()) {
            case INT16 -> out.set(INT16, 2L * row, (short) value);
            case INT32 -> out.set(INT32, 4L * row, (int) value);
            default -> out.set(INT64, 8L * row, value);
        }
    }

    private void floats(
            MemorySegment in, @Nullable MemorySegment valid, int @Nullable [] rows, int count, MemorySegment out) {
        boolean single = type.layout() == Layout.FLOAT32;
        for (int i = 0; i < count; i++) {
            int row = rows == null ? i : rows[i];
            if (!skipped(valid, row)) {
                long value = integer(from.layout(), in, row);
                if (single) {
                    out.set(FLOAT32, 4L * row, (float) value);
                } else {
                    out.set(FLOAT64, 8L * row, (double) value);
                }
            }
        }
    }

    /** 64 bits to 64 bits with the point moved to the right. */
    private void scaled(
            MemorySegment in, @Nullable MemorySegment valid, int @Nullable [] rows, int count, MemorySegment out) {
        long factor = Int128.longPowerOfTen(type.scale() - from.scale());
        long limit = Int128.longPowerOfTen(type.precision()) / factor;
        for (int i = 0; i < count; i++) {
            int row = rows == null ? i : rows[i];
            if (!skipped(valid, row)) {
                long value = integer(from.layout(), in, row);
                if (value >= limit || value <= -limit) {
                    throw Failures.numericOverflow(type);
                }
                out.set(INT64, 8L * row, value * factor);
            }
        }
    }

    private void wide(
            MemorySegment in, @Nullable MemorySegment valid, int @Nullable [] rows, int count, MemorySegment out) {
        for (int i = 0; i < count; i++) {
            int row = rows == null ? i : rows[i];
            if (!skipped(valid, row)) {
                if (from.layout() == Layout.INT128) {
                    register.load(in, 16L * row);
                } else {
                    register.set(integer(from.layout(), in, row));
                }
                convert(out, row);
            }
        }
    }

    private void convert(MemorySegment out, int row) {
        switch (type.id()) {
            case REAL -> out.set(FLOAT32, 4L * row, (float) register.toDouble(from.scale()));
            case DOUBLE -> out.set(FLOAT64, 8L * row, register.toDouble(from.scale()));
            case DECIMAL -> {
                int digits = register.isZero() ? 0 : type.precision();
                register.rescale(from.scale(), type.scale());
                if (digits > 0) {
                    register.checkDigits(digits);
                }
                if (type.layout() == Layout.INT64) {
                    out.set(INT64, 8L * row, register.low());
                } else {
                    register.store(out, 16L * row);
                }
            }
            default -> {
                register.rescale(from.scale(), 0);
                if (!register.fitsLong()) {
                    throw Failures.outOfRange(type);
                }
                store(out, row, Numbers.checkInteger(register.low(), type));
            }
        }
    }
}
