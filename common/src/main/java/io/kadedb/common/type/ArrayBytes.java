package io.kadedb.common.type;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The bytes an array is stored and computed as. Comparing them without sign compares the arrays as PostgreSQL does (by
 * elements, NULL last, then by their number, then by dimensions), and equal arrays have equal bytes; so whatever
 * compares, hashes, sorts or indexes bytes handles arrays.
 *
 * <pre>
 * array     := element* 00 shape?
 * element   := 01 value | 02 padding     02 is NULL; padding is zeros as long as the value, none for VARBYTES
 * value     := big-endian with its sign bit flipped, of the width of the type; IEEE numbers ordered as integers;
 *              INTERVAL: days, microseconds of the day, then its parts;
 *              VARBYTES: bytes, 00 as 00 FF, closed by 00
 * shape     := number of dimensions, their lengths (int32), their lower bounds (int32)
 *              absent for an empty array and for one dimension with lower bound 1
 * </pre>
 *
 * <p>Minus zero is stored as zero, and all NaN as one.
 */
public final class ArrayBytes {
    private static final int END = 0;
    private static final int VALUE = 1;
    private static final int NULL = 2;
    private static final long MICROS_PER_DAY = 86_400_000_000L;
    private static final BigInteger SIGN = BigInteger.ONE.shiftLeft(127);

    private ArrayBytes() {}

    /** The bytes of elements that are of the classes literals have. */
    public static ByteBuffer encode(ArrayValue array, SqlType element) {
        Output out = new Output();
        int width = width(element);
        for (Object value : array.elements()) {
            if (value == null) {
                out.write(NULL);
                out.zeros(width);
            } else {
                out.write(VALUE);
                out.value(value, element);
            }
        }
        out.write(END);
        if (!array.isPlain()) {
            out.write(array.dimensions().size());
            array.dimensions().forEach(dimension -> out.number(dimension.length(), 4));
            array.dimensions().forEach(dimension -> out.number(dimension.lower(), 4));
        }
        return ByteBuffer.wrap(out.toByteArray()).asReadOnlyBuffer();
    }

    /**
     * The array that bytes mean.
     *
     * @throws IllegalArgumentException if they mean none
     */
    public static ArrayValue decode(ByteBuffer bytes, SqlType element) {
        ByteBuffer in = bytes.duplicate();
        int width = width(element);
        List<@Nullable Object> elements = new ArrayList<>();
        for (int marker = in.get(); marker != END; marker = in.get()) {
            if (marker == NULL) {
                elements.add(null);
                in.position(in.position() + width);
            } else if (marker == VALUE) {
                elements.add(value(in, element));
            } else {
                throw new IllegalArgumentException("no array: element marked " + marker);
            }
        }
        if (!in.hasRemaining()) {
            return ArrayValue.of(elements);
        }
        int[] lengths = new int[in.get()];
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = (int) number(in, 4);
        }
        List<ArrayValue.Dimension> dimensions = new ArrayList<>(lengths.length);
        for (int length : lengths) {
            dimensions.add(new ArrayValue.Dimension(length, (int) number(in, 4)));
        }
        return new ArrayValue(elements, dimensions);
    }

    /** The bytes of a value that is not NULL; 0 where that varies. */
    private static int width(SqlType element) {
        return switch (element.layout()) {
            case BIT -> 1;
            case INT16 -> 2;
            case INT32, FLOAT32 -> 4;
            case INT64, FLOAT64 -> 8;
            case INT128, BYTES16 -> 16;
            case INTERVAL -> 32;
            case VARBYTES -> 0;
        };
    }

    private static Object value(ByteBuffer in, SqlType element) {
        return switch (element.layout()) {
            case BIT -> in.get() != 0;
            case INT16 -> number(in, 2);
            case INT32 -> number(in, 4);
            case INT64 -> {
                long number = number(in, 8);
                yield element.id() == TypeId.DECIMAL
                        ? (Object) BigDecimal.valueOf(number, element.scale())
                        : (Object) number;
            }
            case FLOAT32 -> {
                int bits = (int) number(in, 4);
                yield (double) Float.intBitsToFloat(bits < 0 ? bits ^ Integer.MAX_VALUE : bits);
            }
            case FLOAT64 -> {
                long bits = number(in, 8);
                yield Double.longBitsToDouble(bits < 0 ? bits ^ Long.MAX_VALUE : bits);
            }
            case INT128 -> {
                byte[] magnitude = new byte[16];
                in.get(magnitude);
                yield new BigDecimal(new BigInteger(1, magnitude).subtract(SIGN), element.scale());
            }
            case BYTES16 -> new UUID(in.getLong(), in.getLong());
            case INTERVAL -> {
                in.position(in.position() + 16);
                yield new Interval(in.getInt(), in.getInt(), in.getLong());
            }
            case VARBYTES -> {
                byte[] bytes = varying(in);
                yield element.isWritten()
                        ? (Object) new String(bytes, StandardCharsets.UTF_8)
                        : (Object) ByteBuffer.wrap(bytes).asReadOnlyBuffer();
            }
        };
    }

    private static byte[] varying(ByteBuffer in) {
        int start = in.position();
        int escapes = 0;
        while (true) {
            if (in.get() != 0) {
                continue;
            }
            if (in.get(in.position()) != (byte) 0xFF) {
                break;
            }
            in.get();
            escapes++;
        }
        byte[] bytes = new byte[in.position() - 1 - start - escapes];
        for (int from = start, to = 0; to < bytes.length; to++, from++) {
            bytes[to] = in.get(from);
            if (bytes[to] == 0) {
                from++;
            }
        }
        return bytes;
    }

    private static long number(ByteBuffer in, int width) {
        return switch (width) {
            case 2 -> (short) (in.getShort() ^ Short.MIN_VALUE);
            case 4 -> in.getInt() ^ Integer.MIN_VALUE;
            default -> in.getLong() ^ Long.MIN_VALUE;
        };
    }

    private static final class Output extends ByteArrayOutputStream {
        void zeros(int count) {
            for (int i = 0; i < count; i++) {
                write(0);
            }
        }

        void number(long value, int width) {
            long flipped = value ^ 1L << (8 * width - 1);
            raw(flipped, width);
        }

        private void raw(long value, int width) {
            for (int shift = 8 * width - 8; shift >= 0; shift -= 8) {
                write((int) (value >>> shift));
            }
        }

        void value(Object value, SqlType type) {
            switch (value) {
                case Boolean b -> write(b ? 1 : 0);
                case Long l -> number(l, width(type));
                case Double d -> floating(d + 0.0, type);
                case BigDecimal d -> decimal(d, type);
                case String s -> varying(s.getBytes(StandardCharsets.UTF_8));
                case ByteBuffer b -> {
                    byte[] bytes = new byte[b.remaining()];
                    b.duplicate().get(bytes);
                    varying(bytes);
                }
                case Interval i -> interval(i);
                case UUID u -> {
                    raw(u.getMostSignificantBits(), 8);
                    raw(u.getLeastSignificantBits(), 8);
                }
                default -> throw new IllegalArgumentException("an element of " + value.getClass());
            }
        }

        private void floating(double value, SqlType type) {
            if (type.id() == TypeId.REAL) {
                int bits = Float.floatToIntBits((float) value);
                number(bits < 0 ? bits ^ Integer.MAX_VALUE : bits, 4);
            } else {
                long bits = Double.doubleToLongBits(value);
                number(bits < 0 ? bits ^ Long.MAX_VALUE : bits, 8);
            }
        }

        private void decimal(BigDecimal value, SqlType type) {
            BigInteger unscaled = value.setScale(type.scale()).unscaledValue();
            if (type.layout().width() == 8) {
                number(unscaled.longValueExact(), 8);
                return;
            }
            byte[] bytes = unscaled.add(SIGN).toByteArray();
            int extra = Math.max(0, bytes.length - 16);
            zeros(16 - (bytes.length - extra));
            write(bytes, extra, bytes.length - extra);
        }

        private void interval(Interval value) {
            long days = value.months() * 30L + value.days() + Math.floorDiv(value.micros(), MICROS_PER_DAY);
            number(days, 8);
            number(Math.floorMod(value.micros(), MICROS_PER_DAY), 8);
            raw(value.months(), 4);
            raw(value.days(), 4);
            raw(value.micros(), 8);
        }

        private void varying(byte[] bytes) {
            for (byte b : bytes) {
                write(b);
                if (b == 0) {
                    write(0xFF);
                }
            }
            write(0);
        }
    }
}
