package io.kadedb.executor.kernel;

import static io.kadedb.common.data.ColumnVector.FLOAT64;
import static io.kadedb.common.data.ColumnVector.INT32;
import static io.kadedb.common.data.ColumnVector.INT64;

import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.type.InfiniteTimes;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.executor.kernel.value.Calendar;
import io.kadedb.executor.kernel.value.ExtractField;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** EXTRACT of year, month or day from a DATE or TIMESTAMP by arithmetic. */
final class DatePartNode extends FunctionNode {
    /** The fields that have a kernel. */
    enum Part {
        YEAR,
        MONTH,
        DAY
    }

    private final Part part;
    private final boolean timestamp;
    private final long factor;
    private final Scratch.Buffer data;
    private final Scratch.Buffer validity;

    private DatePartNode(Part part, SqlType type, Node input, Scratch scratch) {
        super(type, List.of(input), true, scratch);
        this.part = part;
        this.timestamp = input.type.id() == TypeId.TIMESTAMP;
        this.factor = type.id() == TypeId.DECIMAL ? Int128.longPowerOfTen(type.scale()) : 1;
        this.data = scratch.buffer();
        this.validity = scratch.buffer();
    }

    /** The node, or null where there is no kernel for the field and types. */
    static @Nullable Node of(String field, SqlType type, Node input, Scratch scratch) {
        Part part = switch (field.toLowerCase(Locale.ROOT)) {
            case "year" -> Part.YEAR;
            case "month" -> Part.MONTH;
            case "day" -> Part.DAY;
            default -> null;
        };
        boolean from = input.type.id() == TypeId.DATE || input.type.id() == TypeId.TIMESTAMP;
        boolean to = switch (type.layout()) {
            case INT32, FLOAT64 -> true;
            // A year has up to seven digits.
            case INT64 -> type.id() == TypeId.BIGINT || type.precision() - type.scale() >= 7;
            default -> false;
        };
        return part == null || !from || !to ? null : new DatePartNode(part, type, input, scratch);
    }

    @Override
    ColumnVector compute(ColumnVector[] vectors, int length, int @Nullable [] selection, int count) {
        if (anyConstantNull(vectors)) {
            return allNull(length, data, validity);
        }
        MemorySegment out = data.bytes((long) type.layout().width() * length);
        MemorySegment in = vectors[0].data();
        for (int i = 0; i < count; i++) {
            int row = selection == null ? i : selection[i];
            if (timestamp
                    ? InfiniteTimes.isInfinite(in.get(INT64, 8L * row))
                    : InfiniteTimes.isInfiniteDay(in.get(INT32, 4L * row))) {
                if (vectors[0].isNull(row)) {
                    continue;
                }
                throw ExtractField.infinite(timestamp ? SqlType.TIMESTAMP : SqlType.DATE);
            }
            long days = timestamp
                    ? Math.floorDiv(in.get(INT64, 8L * row), Calendar.MICROS_PER_DAY)
                    : in.get(INT32, 4L * row);
            long value = part(days);
            switch (type.layout()) {
                case INT32 -> out.set(INT32, 4L * row, (int) value);
                case FLOAT64 -> out.set(FLOAT64, 8L * row, (double) value);
                default -> out.set(INT64, 8L * row, value * factor);
            }
        }
        return ColumnVector.fixed(type, length, out, combinedValidity(vectors, length, validity));
    }

    /** Days to a civil date by eras of 400 years, counted from 1 March of year 0. */
    private long part(long days) {
        long shifted = days + 719_468;
        long era = Math.floorDiv(shifted, 146_097);
        long dayOfEra = shifted - era * 146_097;
        long yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        long monthFromMarch = (5 * dayOfYear + 2) / 153;
        long month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        return switch (part) {
            case MONTH -> month;
            case DAY -> dayOfYear - (153 * monthFromMarch + 2) / 5 + 1;
            case YEAR -> {
                long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
                // There is no year 0: before 1 comes -1.
                yield year > 0 ? year : year - 1;
            }
        };
    }
}
