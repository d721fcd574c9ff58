package io.kadedb.planner.rel;

import io.kadedb.common.type.SqlType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.TimestampString;

/** Times and whole numbers as columns hold them, as Calcite's literals. */
public final class TimeLiterals {
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long SECONDS_PER_DAY = 86_400;
    private static final int NANOS_PER_MICRO = 1_000;
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    /** Calcite's literals have years of four digits. */
    private static final long FIRST_DAY = LocalDate.of(1, 1, 1).toEpochDay();

    private static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();

    private TimeLiterals() {}

    /** Whether there is a literal of a value. */
    public static boolean exists(SqlType type, long value) {
        return switch (type.id()) {
            case SMALLINT, INTEGER, BIGINT -> true;
            case DATE -> value >= FIRST_DAY && value <= LAST_DAY;
            case TIMESTAMP, TIMESTAMPTZ -> {
                long day = Math.floorDiv(value, MICROS_PER_SECOND * SECONDS_PER_DAY);
                yield day >= FIRST_DAY && day <= LAST_DAY;
            }
            default -> false;
        };
    }

    /** The literal of a value, if there is one. */
    public static Optional<RexNode> of(RexBuilder builder, SqlType type, long value) {
        if (!exists(type, value)) {
            return Optional.empty();
        }
        return Optional.of(
                switch (type.id()) {
                    case DATE -> builder.makeDateLiteral(DateString.fromDaysSinceEpoch(Math.toIntExact(value)));
                    case TIMESTAMP -> builder.makeTimestampLiteral(timestamp(value), 6);
                    case TIMESTAMPTZ -> builder.makeTimestampWithLocalTimeZoneLiteral(timestamp(value), 6);
                    default -> builder.makeExactLiteral(BigDecimal.valueOf(value));
                });
    }

    private static TimestampString timestamp(long micros) {
        long second = Math.floorDiv(micros, MICROS_PER_SECOND);
        int rest = (int) Math.floorMod(micros, MICROS_PER_SECOND);
        return new TimestampString(
                        LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC).format(SECONDS))
                .withNanos(rest * NANOS_PER_MICRO);
    }
}
