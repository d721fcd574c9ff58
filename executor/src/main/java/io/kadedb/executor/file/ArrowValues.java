package io.kadedb.executor.file;

import io.kadedb.common.type.Layout;
import io.kadedb.executor.kernel.VectorBuilder;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.*;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** Copies single values of an Arrow vector, converted to the type that {@link ArrowTypes} gives it. */
interface ArrowValues {
    /** Appends a value that is not null. */
    void append(int index, VectorBuilder to);

    /** How values of a vector are copied. */
    static ArrowValues of(FieldVector vector) {
        return switch (vector) {
            case BitVector v -> (i, to) -> to.appendBoolean(v.get(i) != 0);
            case TinyIntVector v -> (i, to) -> to.appendLong(v.get(i));
            case SmallIntVector v -> (i, to) -> to.appendLong(v.get(i));
            case IntVector v -> (i, to) -> to.appendLong(v.get(i));
            case BigIntVector v -> (i, to) -> to.appendLong(v.get(i));
            case UInt1Vector v -> (i, to) -> to.appendLong(v.get(i) & 0xFF);
            case UInt2Vector v -> (i, to) -> to.appendLong(v.get(i));
            case UInt4Vector v -> (i, to) -> to.appendLong(Integer.toUnsignedLong(v.get(i)));
            case UInt8Vector v -> (i, to) -> to.append(new BigDecimal(Long.toUnsignedString(v.get(i))));
            case Float2Vector v -> (i, to) -> to.appendDouble(v.getValueAsFloat(i));
            case Float4Vector v -> (i, to) -> to.appendDouble(v.get(i));
            case Float8Vector v -> (i, to) -> to.appendDouble(v.get(i));
            case DecimalVector v -> (i, to) -> to.append(v.getObject(i));
            case Decimal256Vector v -> (i, to) -> to.append(v.getObject(i));
            case BaseVariableWidthVector v -> (i, to) -> to.appendBytes(v.get(i));
            case BaseLargeVariableWidthVector v -> (i, to) -> to.appendBytes(v.get(i));
            case ViewVarCharVector v -> (i, to) -> to.appendBytes(v.get(i));
            case ViewVarBinaryVector v -> (i, to) -> to.appendBytes(v.get(i));
            case FixedSizeBinaryVector v -> bytes(v);
            case DateDayVector v -> (i, to) -> to.appendLong(v.get(i));
            case DateMilliVector v -> (i, to) -> to.appendLong(Math.floorDiv(v.get(i), 86_400_000L));
            case TimeSecVector v -> (i, to) -> to.appendLong(micros(v.get(i), TimeUnit.SECOND));
            case TimeMilliVector v -> (i, to) -> to.appendLong(micros(v.get(i), TimeUnit.MILLISECOND));
            case TimeMicroVector v -> (i, to) -> to.appendLong(v.get(i));
            case TimeNanoVector v -> (i, to) -> to.appendLong(micros(v.get(i), TimeUnit.NANOSECOND));
            case TimeStampVector v -> {
                TimeUnit unit = ((ArrowType.Timestamp) v.getField().getType()).getUnit();
                yield (i, to) -> to.appendLong(micros(v.get(i), unit));
            }
            case IntervalYearVector v -> (i, to) -> to.appendInterval(v.get(i), 0, 0);
            case IntervalDayVector v ->
                (i, to) -> {
                    ArrowBuf data = v.getDataBuffer();
                    to.appendInterval(
                            0,
                            IntervalDayVector.getDays(data, i),
                            micros(IntervalDayVector.getMilliseconds(data, i), TimeUnit.MILLISECOND));
                };
            case IntervalMonthDayNanoVector v ->
                (i, to) -> {
                    ArrowBuf data = v.getDataBuffer();
                    to.appendInterval(
                            IntervalMonthDayNanoVector.getMonths(data, i),
                            IntervalMonthDayNanoVector.getDays(data, i),
                            micros(IntervalMonthDayNanoVector.getNanoseconds(data, i), TimeUnit.NANOSECOND));
                };
            case DurationVector v -> {
                TimeUnit unit = ((ArrowType.Duration) v.getField().getType()).getUnit();
                yield (i, to) -> to.appendInterval(0, 0, micros(DurationVector.get(v.getDataBuffer(), i), unit));
            }
            case NullVector v -> (i, to) -> to.appendNull();
            default -> throw new IllegalArgumentException("a vector of " + vector.getField());
        };
    }

    private static ArrowValues bytes(FixedSizeBinaryVector v) {
        return (i, to) -> {
            byte[] value = v.get(i);
            if (to.type().layout() == Layout.BYTES16) {
                ByteBuffer buffer = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
                to.appendInt128(buffer.getLong(8), buffer.getLong(0));
            } else {
                to.appendBytes(value);
            }
        };
    }

    private static long micros(long value, TimeUnit unit) {
        return switch (unit) {
            case SECOND -> Math.multiplyExact(value, 1_000_000L);
            case MILLISECOND -> Math.multiplyExact(value, 1000L);
            case MICROSECOND -> value;
            case NANOSECOND -> Math.floorDiv(value, 1000L);
        };
    }
}
