package io.kadedb.executor.reference;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** CAST, and which values a type can hold. */
final class Conversions {
    private static final long DAY = 86_400_000_000L;
    private static final LocalDateTime EPOCH = LocalDateTime.of(1970, 1, 1, 0, 0);

    private Conversions() {}

    /** A whole number in its type. */
    static Long integer(BigInteger value, SqlType type) {
        int bits = switch (type.id()) {
            case SMALLINT -> 16;
            case INTEGER -> 32;
            case BIGINT -> 64;
            default -> throw new IllegalArgumentException(type.toString());
        };
        if (value.bitLength() >= bits) {
            throw Refusal.outOfRange();
        }
        return value.longValue();
    }

    /** Halves go away from zero; more digits than the type has are refused. */
    static BigDecimal decimal(BigDecimal value, SqlType type) {
        BigDecimal rounded = value.setScale(type.scale(), RoundingMode.HALF_UP);
        if (rounded.unscaledValue().abs().compareTo(BigInteger.TEN.pow(type.precision())) >= 0) {
            throw Refusal.outOfRange();
        }
        return rounded;
    }

    /** A float's result: what was finite has to stay so. */
    static Double floating(double value, boolean mayBeInfinite, boolean mayBeZero, SqlType type) {
        double shown = type.id() == TypeId.REAL ? (double) (float) value : value;
        if ((Double.isInfinite(shown) && !mayBeInfinite) || (shown == 0 && !mayBeZero)) {
            throw Refusal.outOfRange();
        }
        return shown;
    }

    static Object cast(Object value, SqlType from, SqlType to, ZoneId zone) {
        if (to.isText()) {
            return text(shown(value, from), to);
        }
        return switch (to.id()) {
            case BOOLEAN -> value instanceof Boolean ? value : (Object) ((Long) value != 0);
            case SMALLINT, INTEGER, BIGINT -> integer(whole(value), to);
            case REAL, DOUBLE -> {
                if (!(value instanceof Double d)) {
                    double converted = ((Number) value).doubleValue();
                    yield to.id() == TypeId.REAL ? (double) (float) converted : converted;
                }
                yield floating(d, d.isInfinite(), d == 0, to);
            }
            case DECIMAL -> decimal(exact(value, from), to);
            case DATE -> date(value, from, zone);
            case TIMESTAMP -> micros(timestamp(value, from, zone));
            case TIMESTAMPTZ -> from.id() == TypeId.TIMESTAMPTZ ? value : (Object) instant(value, from, zone);
            default -> {
                if (from.id() == to.id()) {
                    yield value;
                }
                throw new IllegalArgumentException(from + " to " + to);
            }
        };
    }

    /** Numeric rounds halves away from zero, floats to even. */
    private static BigInteger whole(Object value) {
        return switch (value) {
            case Boolean b -> b ? BigInteger.ONE : BigInteger.ZERO;
            case Long l -> BigInteger.valueOf(l);
            case BigDecimal d -> d.setScale(0, RoundingMode.HALF_UP).unscaledValue();
            case Double d when d.isNaN() || d.isInfinite() -> throw Refusal.outOfRange();
            case Double d ->
                new BigDecimal(d).setScale(0, RoundingMode.HALF_EVEN).unscaledValue();
            default -> throw new IllegalArgumentException(value.toString());
        };
    }

    /** Floats show 15 digits, 6 if they are single. */
    private static BigDecimal exact(Object value, SqlType from) {
        return switch (value) {
            case Long l -> BigDecimal.valueOf(l);
            case BigDecimal d -> d;
            case Double d when d.isNaN() || d.isInfinite() -> throw new Refusal(ErrorCode.FEATURE_NOT_SUPPORTED);
            case Double d ->
                new BigDecimal(d).round(new MathContext(from.id() == TypeId.REAL ? 6 : 15, RoundingMode.HALF_EVEN));
            default -> throw new IllegalArgumentException(value.toString());
        };
    }

    private static String shown(Object value, SqlType from) {
        return switch (from.id()) {
            case BOOLEAN -> (Boolean) value ? "true" : "false";
            case SMALLINT, INTEGER, BIGINT -> Long.toString((Long) value);
            case DECIMAL -> ((BigDecimal) value).toPlainString();
            case TEXT, VARCHAR, CHAR -> (String) value;
            case UUID -> value.toString();
            default -> throw new IllegalArgumentException("text of " + from);
        };
    }

    /** An explicit cast cuts what is too long. */
    private static String text(String value, SqlType to) {
        String kept = value;
        if (to.precision() >= 0 && value.codePointCount(0, value.length()) > to.precision()) {
            kept = value.substring(0, value.offsetByCodePoints(0, to.precision()));
        }
        return to.id() == TypeId.CHAR ? kept.replaceFirst(" +$", "") : kept;
    }

    private static Long date(Object value, SqlType from, ZoneId zone) {
        return from.id() == TypeId.DATE
                ? (Long) value
                : (Long) timestamp(value, from, zone).toLocalDate().toEpochDay();
    }

    /** A date, timestamp or timestamptz as the clock on the wall shows it. */
    static LocalDateTime timestamp(Object value, SqlType from, ZoneId zone) {
        long number = (Long) value;
        return switch (from.id()) {
            case DATE -> LocalDate.ofEpochDay(number).atStartOfDay();
            case TIMESTAMP ->
                EPOCH.plusDays(Math.floorDiv(number, DAY)).plus(Math.floorMod(number, DAY), ChronoUnit.MICROS);
            case TIMESTAMPTZ -> LocalDateTime.ofInstant(Instant.EPOCH.plus(number, ChronoUnit.MICROS), zone);
            default -> throw new IllegalArgumentException(from.toString());
        };
    }

    static Long micros(LocalDateTime time) {
        return Math.addExact(
                Math.multiplyExact(time.toLocalDate().toEpochDay(), DAY),
                time.toLocalTime().toNanoOfDay() / 1_000);
    }

    private static Long instant(Object value, SqlType from, ZoneId zone) {
        return instant(timestamp(value, from, zone), zone);
    }

    /**
     * The instant a wall clock shows; in a gap the offset before it holds, in an overlap the later one, that of standard
     * time, as in PostgreSQL.
     */
    static Long instant(LocalDateTime local, ZoneId zone) {
        var transition = zone.getRules().getTransition(local);
        ZoneOffset offset = transition == null
                ? zone.getRules().getOffset(local)
                : transition.isGap() ? transition.getOffsetBefore() : transition.getOffsetAfter();
        return Math.subtractExact(micros(local), offset.getTotalSeconds() * 1_000_000L);
    }
}
