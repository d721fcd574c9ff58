package io.kadedb.executor.kernel.value;

import io.kadedb.common.type.InfiniteTimes;
import io.kadedb.common.type.Interval;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.planner.physical.ScalarFunction;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Functions whose argument is a pattern of text: {@code to_char} and its kin. The pattern read last is kept. */
final class FormatFunctions {
    private FormatFunctions() {}

    static @Nullable RowFunction bind(ScalarFunction function, List<SqlType> args, SqlType result, ZoneId zone) {
        return switch (function) {
            case TO_CHAR -> toChar(args.getFirst(), zone);
            case TO_DATE -> {
                Kept<List<DateTimePattern.Element>> pattern = new Kept<>(DateTimePattern::of);
                yield values ->
                        Calendar.checkDate(DateTimeReader.read(Args.text(values, 0), pattern.of(Args.text(values, 1)))
                                .time()
                                .toLocalDate()
                                .toEpochDay());
            }
            case TO_NUMBER -> {
                Kept<NumberPattern> pattern = new Kept<>(NumberPattern::of);
                yield values -> Numbers.toDecimal(
                        NumberReader.read(Args.text(values, 0), pattern.of(Args.text(values, 1))), result);
            }
            case FORMAT -> values -> values[0] == null ? null : TextFormat.of(values, args, zone);
            default -> null;
        };
    }

    /** The two-argument {@code to_timestamp}. */
    static RowFunction toTimestamp(ZoneId zone) {
        Kept<List<DateTimePattern.Element>> pattern = new Kept<>(DateTimePattern::of);
        return values -> instant(DateTimeReader.read(Args.text(values, 0), pattern.of(Args.text(values, 1))), zone);
    }

    /** What a text was read as, as long as it is the same text. */
    private static final class Kept<T> {
        private final Function<String, T> reader;
        private @Nullable String source;
        private @Nullable T read;

        Kept(Function<String, T> reader) {
            this.reader = reader;
        }

        T of(String text) {
            T known = read;
            if (known == null || !text.equals(source)) {
                known = reader.apply(text);
                read = known;
                source = text;
            }
            return known;
        }
    }

    private static long instant(DateTimeReader.Read read, ZoneId zone) {
        long local = Calendar.micros(read.time());
        return Calendar.checkTimestamp(
                read.offset().isPresent()
                        ? Calendar.toInstant(local, read.offset().get())
                        : Calendar.toInstant(local, zone));
    }

    private static @Nullable RowFunction toChar(SqlType type, ZoneId zone) {
        Kept<List<DateTimePattern.Element>> times = new Kept<>(DateTimePattern::of);
        Kept<NumberPattern> numbers = new Kept<>(NumberPattern::of);
        return switch (type.id()) {
            case TIMESTAMP ->
                values -> InfiniteTimes.isInfinite(Args.number(values, 0))
                        ? null
                        : DateTimeText.ofLocal(Args.number(values, 0), times.of(Args.text(values, 1)));
            case TIMESTAMPTZ ->
                values -> InfiniteTimes.isInfinite(Args.number(values, 0))
                        ? null
                        : DateTimeText.ofInstant(Args.number(values, 0), zone, times.of(Args.text(values, 1)));
            case INTERVAL ->
                values -> DateTimeText.ofInterval((Interval) Args.value(values, 0), times.of(Args.text(values, 1)));
            case SMALLINT, INTEGER ->
                values -> {
                    NumberPattern pattern = numbers.of(Args.text(values, 1));
                    // Exponents of these are those of doubles.
                    RoundingMode rounding = pattern.exponent() ? RoundingMode.HALF_EVEN : RoundingMode.HALF_UP;
                    return NumberText.of(decimal(values, type), pattern, rounding);
                };
            case BIGINT, DECIMAL ->
                values -> NumberText.of(decimal(values, type), numbers.of(Args.text(values, 1)), RoundingMode.HALF_UP);
            case REAL -> values -> NumberText.of(Args.real(values, 0), numbers.of(Args.text(values, 1)), 6);
            case DOUBLE -> values -> NumberText.of(Args.real(values, 0), numbers.of(Args.text(values, 1)), 15);
            default -> null;
        };
    }

    private static BigDecimal decimal(@Nullable Object[] values, SqlType type) {
        return type.id() == TypeId.DECIMAL ? Args.decimal(values, 0) : BigDecimal.valueOf(Args.number(values, 0));
    }
}
