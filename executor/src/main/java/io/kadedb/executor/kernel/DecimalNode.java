package io.kadedb.executor.kernel;

import static io.kadedb.common.data.ColumnVector.INT64;

import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.type.Layout;
import io.kadedb.common.type.SqlType;
import io.kadedb.executor.kernel.value.Failures;
import io.kadedb.executor.memory.Native;
import io.kadedb.planner.physical.ScalarFunction;
import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code + - * /} of two DECIMALs of any precision and scale. Where the declared precisions leave no room for overflow,
 * all rows are computed at once in 64 bits, or 64 bits to 128; else row by row in 128 bits with a check of the digits.
 */
final class DecimalNode extends FunctionNode {
    private final ScalarFunction operator;
    private final SqlType left;
    private final SqlType right;
    private final Scratch.Buffer data;
    private final Scratch.Buffer validity;
    private final Int128 a = new Int128();
    private final Int128 b = new Int128();

    DecimalNode(ScalarFunction operator, SqlType type, List<Node> args, Scratch scratch) {
        super(type, args, true, scratch);
        this.operator = operator;
        this.left = args.get(0).type;
        this.right = args.get(1).type;
        this.data = scratch.buffer();
        this.validity = scratch.buffer();
    }

    @Override
    ColumnVector compute(ColumnVector[] vectors, int length, int @Nullable [] selection, int count) {
        if (anyConstantNull(vectors)) {
            return allNull(length, data, validity);
        }
        MemorySegment out = data.bytes((long) type.layout().width() * length);
        MemorySegment valid = combinedValidity(vectors, length, validity);
        int[] chosen = selection == null || count * 4L >= length ? null : selection;
        long x = vectors[0].data().address();
        long y = vectors[1].data().address();
        if (!unchecked(x, y, chosen, chosen == null ? length : count, out.address())) {
            rows(vectors[0].data(), vectors[1].data(), valid, selection, count, out);
        }
        return ColumnVector.fixed(type, length, out, valid);
    }

    /** Computes all rows, or those chosen, if that needs no check; whether it did. */
    private boolean unchecked(long x, long y, int @Nullable [] rows, int count, long out) {
        boolean narrow = left.layout() == Layout.INT64 && right.layout() == Layout.INT64;
        return switch (operator) {
            case ADD -> narrow && sum(x, y, 1, rows, count, out);
            case SUBTRACT -> narrow && sum(x, y, -1, rows, count, out);
            case MULTIPLY -> narrow ? product(x, y, rows, count, out) : productOfWide(x, y, rows, count, out);
            default -> false;
        };
    }

    /** Bytes from one 64-bit value of an argument to the next. */
    private int stride(int arg) {
        return isConstant(arg) ? 0 : 8;
    }

    private boolean sum(long x, long y, int sign, int @Nullable [] rows, int count, long out) {
        int leftShift = type.scale() - left.scale();
        int rightShift = type.scale() - right.scale();
        int digits = Math.max(left.precision() + leftShift, right.precision() + rightShift);
        if (type.layout() != Layout.INT64 || leftShift < 0 || rightShift < 0 || digits >= type.precision()) {
            return false;
        }
        long leftFactor = Int128.longPowerOfTen(leftShift);
        long rightFactor = sign * Int128.longPowerOfTen(rightShift);
        if (rows != null) {
            DecimalKernels.sum(x, stride(0), leftFactor, y, stride(1), rightFactor, rows, count, out);
        } else if (isConstant(1)) {
            DecimalKernels.sum(x, leftFactor, Native.getLong(y) * rightFactor, count, out);
        } else if (isConstant(0)) {
            DecimalKernels.sum(y, rightFactor, Native.getLong(x) * leftFactor, count, out);
        } else {
            DecimalKernels.sum(x, leftFactor, y, rightFactor, count, out);
        }
        return true;
    }

    /** Where all wide values fit 64 bits, products have less than 127 bits, and every one of those fits 38 digits. */
    private boolean productOfWide(long x, long y, int @Nullable [] rows, int count, long out) {
        boolean leftWide = left.layout() == Layout.INT128;
        if (leftWide == (right.layout() == Layout.INT128)
                || isConstant(leftWide ? 0 : 1)
                || type.scale() != left.scale() + right.scale()
                || type.precision() < Int128.MAX_DIGITS) {
            return false;
        }
        long wide = leftWide ? x : y;
        long other = leftWide ? y : x;
        int stride = stride(leftWide ? 1 : 0);
        return rows == null
                ? DecimalKernels.productOfWide(wide, other, stride, count, out)
                : DecimalKernels.productOfWide(wide, other, stride, rows, count, out);
    }

    private boolean product(long x, long y, int @Nullable [] rows, int count, long out) {
        boolean fits = left.precision() + right.precision() <= type.precision();
        if (!fits || type.scale() != left.scale() + right.scale()) {
            return false;
        }
        boolean narrow = type.layout() == Layout.INT64;
        if (rows != null) {
            if (narrow) {
                DecimalKernels.narrowProduct(x, stride(0), y, stride(1), rows, count, out);
            } else {
                DecimalKernels.product(x, stride(0), y, stride(1), rows, count, out);
            }
            return true;
        }
        boolean constant = isConstant(0) != isConstant(1);
        long column = isConstant(0) ? y : x;
        long factor = isConstant(0) ? Native.getLong(x) : Native.getLong(y);
        if (narrow) {
            return constant
                    ? LongKernels.multiplyConstant(column, factor, count, out)
                    : LongKernels.multiply(x, y, count, out);
        }
        if (constant) {
            DecimalKernels.productConstant(column, factor, count, out);
        } else {
            DecimalKernels.product(x, y, count, out);
        }
        return true;
    }

    private void rows(
            MemorySegment x,
            MemorySegment y,
            @Nullable MemorySegment valid,
            int @Nullable [] selection,
            int count,
            MemorySegment out) {
        for (int i = 0; i < count; i++) {
            int row = selection == null ? i : selection[i];
            if (valid != null && !ColumnVector.bit(valid, row)) {
                continue;
            }
            load(a, x, left, isConstant(0) ? 0 : row);
            load(b, y, right, isConstant(1) ? 0 : row);
            switch (operator) {
                case ADD -> {
                    b.rescale(right.scale(), type.scale());
                    a.rescale(left.scale(), type.scale()).add(b.high(), b.low());
                }
                case SUBTRACT -> {
                    b.rescale(right.scale(), type.scale());
                    a.rescale(left.scale(), type.scale()).subtract(b.high(), b.low());
                }
                case MULTIPLY -> multiply();
                default -> divide();
            }
            a.checkDigits(type.precision());
            if (type.layout() == Layout.INT64) {
                out.set(INT64, 8L * row, a.low());
            } else {
                a.store(out, 16L * row);
            }
        }
    }

    private static void load(Int128 to, MemorySegment data, SqlType type, int row) {
        if (type.layout() == Layout.INT64) {
            to.set(data.get(INT64, 8L * row));
        } else {
            to.load(data, 16L * row);
        }
    }

    private void multiply() {
        int scale = left.scale() + right.scale();
        if (scale == type.scale()) {
            a.multiply(b.high(), b.low());
        } else {
            // The product may be wider than the rounded result.
            a.set(rescale(a.toBigInteger().multiply(b.toBigInteger()), scale, type.scale()));
        }
    }

    private static BigInteger rescale(BigInteger value, int from, int to) {
        return to >= from
                ? value.multiply(BigInteger.TEN.pow(to - from))
                : Int128.quotientRounded(value, BigInteger.TEN.pow(from - to));
    }

    private void divide() {
        if (b.isZero()) {
            throw Failures.divisionByZero();
        }
        int shift = type.scale() + right.scale() - left.scale();
        if (shift >= 0 && shift <= 18 && a.fitsLong()) {
            a.setProduct(a.low(), Int128.longPowerOfTen(shift)).divideRounded(b.high(), b.low());
        } else if (shift >= 0) {
            a.set(Int128.quotientRounded(a.toBigInteger().multiply(BigInteger.TEN.pow(shift)), b.toBigInteger()));
        } else {
            a.set(Int128.quotientRounded(a.toBigInteger(), b.toBigInteger().multiply(BigInteger.TEN.pow(-shift))));
        }
    }
}
