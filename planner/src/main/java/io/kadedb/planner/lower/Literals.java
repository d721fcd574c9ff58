package io.kadedb.planner.lower;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import io.kadedb.parser.ast.SqlTypes;
import io.kadedb.planner.physical.Expr.Literal;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.TimeString;
import org.apache.calcite.util.TimestampString;

/** Constants from Calcite's form to the plan's. */
final class Literals {
    private static final long MICROS = 1_000_000L;

    private Literals() {}

    static Literal of(RexLiteral literal) {
        SqlType type = SqlTypes.fromRelDataType(literal.getType());
        return new Literal(literal.isNull() ? null : value(literal, type), type);
    }

    private static Object value(RexLiteral literal, SqlType type) {
        return switch (type.id()) {
            case BOOLEAN -> as(literal, Boolean.class);
            case SMALLINT, INTEGER, BIGINT -> as(literal, BigDecimal.class).longValueExact();
            case REAL, DOUBLE -> as(literal, BigDecimal.class).doubleValue();
            case DECIMAL -> as(literal, BigDecimal.class).setScale(type.scale(), RoundingMode.HALF_UP);
            case TEXT, VARCHAR, CHAR -> as(literal, String.class);
            case BYTEA ->
                ByteBuffer.wrap(as(literal, ByteString.class).getBytes()).asReadOnlyBuffer();
            case DATE -> (long) as(literal, DateString.class).getDaysSinceEpoch();
            case TIME ->
                LocalTime.parse(as(literal, TimeString.class).toString()).toNanoOfDay() / 1000;
            case TIMESTAMP, TIMESTAMPTZ -> micros(as(literal, TimestampString.class));
            case UUID -> as(literal, java.util.UUID.class);
            case INTERVAL, ARRAY, ENUM, JSON, JSONB, JSONPATH, TSVECTOR, TSQUERY, NULL ->
                throw KadeException.of(ErrorCode.FEATURE_NOT_SUPPORTED, "constants of type " + type + " are not built");
        };
    }

    private static <T> T as(RexLiteral literal, Class<T> type) {
        T value = literal.getValueAs(type);
        if (value == null) {
            throw KadeException.internal("literal " + literal + " has no value as " + type, null);
        }
        return value;
    }

    private static long micros(TimestampString text) {
        return micros(LocalDateTime.parse(text.toString().replace(' ', 'T')));
    }

    static long micros(LocalDateTime time) {
        return Math.addExact(
                Math.multiplyExact(time.toEpochSecond(ZoneOffset.UTC), MICROS),
                time.get(java.time.temporal.ChronoField.MICRO_OF_SECOND));
    }

    static LocalDateTime dateTime(long micros) {
        return LocalDateTime.ofEpochSecond(
                        Math.floorDiv(micros, MICROS), (int) Math.floorMod(micros, MICROS) * 1000, ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.MICROS);
    }
}
