package io.kadedb.executor.kernel;

import static io.kadedb.common.data.ColumnVector.FLOAT32;
import static io.kadedb.common.data.ColumnVector.FLOAT64;
import static io.kadedb.common.data.ColumnVector.INT16;
import static io.kadedb.common.data.ColumnVector.INT32;
import static io.kadedb.common.data.ColumnVector.INT64;

import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.type.Layout;
import io.kadedb.common.type.SqlType;
import io.kadedb.executor.kernel.value.Arithmetic;
import io.kadedb.executor.memory.Native;
import io.kadedb.planner.physical.ScalarFunction;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code + - * / %} of two integers or two floating point numbers of the result's type. Sums, differences and products
 * are first computed for all rows at once; only if one of them is out of range, or few rows are selected, row by row.
 */
final class ArithmeticNode extends FunctionNode {
    private final ScalarFunction operator;
    private final Layout layout;
    private final Scratch.Buffer data;
    private final Scratch.Buffer validity;

    ArithmeticNode(ScalarFunction operator, SqlType type, List<Node> args, Scratch scratch) {
        super(type, args, true, scratch);
        this.operator = operator;
        this.layout = type.layout();
        this.data = scratch.buffer();
        this.validity = scratch.buffer();
    }

    @Override
    ColumnVector compute(ColumnVector[] vectors, int length, int @Nullable [] selection, int count) {
        if (anyConstantNull(vectors)) {
            return allNull(length, data, validity);
        }
        MemorySegment out = data.bytes((long) layout.width() * length);
        MemorySegment valid = combinedValidity(vectors, length, validity);
        boolean dense = selection == null || count * 4L >= length;
        if (!dense || !all(vectors[0], vectors[1], length, out)) {
            checked(vectors[0], vectors[1], valid, selection, count, out);
        }
        return ColumnVector.fixed(type, length, out, valid);
    }

    private boolean all(ColumnVector a, ColumnVector b, int length, MemorySegment out) {
        long x = a.data().address();
        long y = b.data().address();
        long to = out.address();
        return switch (layout) {
            case INT32 -> ints(x, y, length, to);
            case INT64 -> longs(x, y, length, to);
            case FLOAT64 -> doubles(x, y, length, to);
            default -> false;
        };
    }

    /** Both constant means one row, for which vectors and constants are the same. */
    private boolean leftConstant() {
        return isConstant(0) && !isConstant(1);
    }

    private boolean rightConstant() {
        return isConstant(1) && !isConstant(0);
    }

    private boolean ints(long a, long b, int length, long out) {
        int c = leftConstant() ? Native.getInt(a) : Native.getInt(b);
        long column = leftConstant() ? b : a;
        boolean constant = leftConstant() || rightConstant();
        return switch (operator) {
            case ADD -> constant ? IntKernels.add(column, c, length, out) : IntKernels.add(a, b, length, out);
            case MULTIPLY ->
                constant ? IntKernels.multiply(column, c, length, out) : IntKernels.multiply(a, b, length, out);
            case SUBTRACT ->
                leftConstant()
                        ? IntKernels.subtract(c, b, length, out)
                        : constant ? IntKernels.subtract(a, c, length, out) : IntKernels.subtract(a, b, length, out);
            default -> false;
        };
    }

    private boolean longs(long a, long b, int length, long out) {
        long c = leftConstant() ? Native.getLong(a) : Native.getLong(b);
        long column = leftConstant() ? b : a;
        boolean constant = leftConstant() || rightConstant();
        return switch (operator) {
            case ADD -> constant ? LongKernels.addConstant(column, c, length, out) : LongKernels.add(a, b, length, out);
            case MULTIPLY ->
                constant
                        ? LongKernels.multiplyConstant(column, c, length, out)
                        : LongKernels.multiply(a, b, length, out);
            case SUBTRACT ->
                leftConstant()
                        ? LongKernels.subtractFrom(c, b, length, out)
                        : constant
                                ? LongKernels.subtractConstant(a, c, length, out)
                                : LongKernels.subtract(a, b, length, out);
            default -> false;
        };
    }

    private boolean doubles(long a, long b, int length, long out) {
        double c = leftConstant() ? Native.getDouble(a) : Native.getDouble(b);
        long column = leftConstant() ? b : a;
        boolean constant = leftConstant() || rightConstant();
        return switch (operator) {
            case ADD -> constant ? DoubleKernels.add(column, c, length, out) : DoubleKernels.add(a, b, length, out);
            case MULTIPLY ->
                constant ? DoubleKernels.multiply(column, c, length, out) : DoubleKernels.multiply(a, b, length, out);
            case SUBTRACT ->
                leftConstant()
                        ? DoubleKernels.subtract(c, b, length, out)
                        : constant
                                ? DoubleKernels.subtract(a, c, length, out)
                                : DoubleKernels.subtract(a, b, length, out);
            default -> false;
        };
    }

    /** Only rows that are selected and not NULL may fail. */
    private void checked(
            ColumnVector a,
            ColumnVector b,
            @Nullable MemorySegment valid,
            int @Nullable [] selection,
            int count,
            MemorySegment out) {
        boolean floating = layout == Layout.FLOAT32 || layout == Layout.FLOAT64;
        for (int i = 0; i < count; i++) {
            int row = selection == null ? i : selection[i];
            if (valid != null && !ColumnVector.bit(valid, row)) {
                continue;
            }
            int left = isConstant(0) ? 0 : row;
            int right = isConstant(1) ? 0 : row;
            if (floating) {
                double r = Arithmetic.doubles(operator, real(a.data(), left), real(b.data(), right), type);
                if (layout == Layout.FLOAT32) {
                    out.set(FLOAT32, 4L * row, (float) r);
                } else {
                    out.set(FLOAT64, 8L * row, r);
                }
            } else {
                long r = Arithmetic.integers(operator, integer(a.data(), left), integer(b.data(), right), type);
                switch (layout) {
                    case INT16 -> out.set(INT16, 2L * row, (short) r);
                    case INT32 -> out.set(INT32, 4L * row, (int) r);
                    default -> out.set(INT64, 8L * row, r);
                }
            }
        }
    }

    private double real(MemorySegment values, int row) {
        return layout == Layout.FLOAT32 ? values.get(FLOAT32, 4L * row) : values.get(FLOAT64, 8L * row);
    }

    private long integer(MemorySegment values, int row) {
        return switch (layout) {
            case INT16 -> values.get(INT16, 2L * row);
            case INT32 -> values.get(INT32, 4L * row);
            default -> values.get(INT64, 8L * row);
        };
    }
}
