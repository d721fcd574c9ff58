package io.kadedb.executor.reference;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.type.Interval;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.planner.physical.Expr;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** Functions of arguments that are not NULL. Texts are handled as arrays of code points. */
final class Functions {
    private Functions() {}

    static Object apply(Expr.Call call, List<Object> args, ZoneId zone) {
        Object a = args.getFirst();
        return switch (call.function()) {
            case NEGATE -> negative(a, call.type());
            case ABS -> a instanceof Double d ? (Object) Math.abs(d) : isNegative(a) ? negative(a, call.type()) : a;
            case SIGN ->
                a instanceof Double d
                        ? (Object) Math.signum(d)
                        : Conversions.cast((long) sign(a), SqlType.BIGINT, call.type(), zone);
            case CEIL -> rounded(a, RoundingMode.CEILING, call.type());
            case FLOOR -> rounded(a, RoundingMode.FLOOR, call.type());
            case TRUNC -> rounded(a, RoundingMode.DOWN, call.type());
            case ROUND ->
                args.size() == 1
                        ? rounded(a, a instanceof Double ? RoundingMode.HALF_EVEN : RoundingMode.HALF_UP, call.type())
                        : places((BigDecimal) a, (Long) args.get(1), call.type());
            case SQRT -> {
                if ((Double) a < 0) {
                    throw new Refusal(ErrorCode.INVALID_ARGUMENT_FOR_POWER);
                }
                yield Math.sqrt((Double) a);
            }
            case LIKE -> like(points(a), 0, points(args.get(1)), 0);
            case CONCAT -> String.join("", args.stream().map(String.class::cast).toList());
            case LOWER -> ((String) a).toLowerCase(Locale.ROOT);
            case UPPER -> ((String) a).toUpperCase(Locale.ROOT);
            case LENGTH -> (long) points(a).length;
            case OCTET_LENGTH ->
                a instanceof ByteBuffer bytes
                        ? (long) bytes.remaining()
                        : (long) ((String) a).getBytes(StandardCharsets.UTF_8).length;
            case SUBSTRING ->
                substring(points(a), (Long) args.get(1), args.size() > 2 ? (Long) args.get(2) : Integer.MAX_VALUE);
            case POSITION -> {
                int at = ((String) args.get(1)).indexOf((String) a);
                yield at < 0 ? 0L : (long) ((String) args.get(1)).codePointCount(0, at) + 1;
            }
            case BTRIM -> ((String) a).replaceFirst("^ +", "").replaceFirst(" +$", "");
            case LTRIM -> ((String) a).replaceFirst("^ +", "");
            case RTRIM -> ((String) a).replaceFirst(" +$", "");
            case LEFT -> {
                long n = (Long) args.get(1);
                yield substring(points(a), 1, Math.max(0, n >= 0 ? n : points(a).length + n));
            }
            case RIGHT -> {
                int length = points(a).length;
                long n = (Long) args.get(1);
                long kept = Math.clamp(n >= 0 ? n : length + n, 0, length);
                yield substring(points(a), length - kept + 1, kept);
            }
            case REPLACE ->
                ((String) args.get(1)).isEmpty() ? a : ((String) a).replace((String) args.get(1), (String) args.get(2));
            case REVERSE -> new StringBuilder((String) a).reverse().toString();
            case REPEAT -> ((String) a).repeat((int) Math.max(0, (Long) args.get(1)));
            case STARTS_WITH -> ((String) a).startsWith((String) args.get(1));
            case EXTRACT -> extracted((String) a, args.get(1), call, zone);
            case DATE_TRUNC -> truncated((String) a, (Long) args.get(1), call.type(), zone);
            case AT_TIME_ZONE -> {
                ZoneId named = ZoneId.of((String) a);
                SqlType from = call.args().get(1).type();
                yield from.id() == TypeId.TIMESTAMP
                        ? Conversions.instant(Conversions.timestamp(args.get(1), from, named), named)
                        : Conversions.micros(Conversions.timestamp(args.get(1), from, named));
            }
            default -> throw new IllegalArgumentException(call.toString());
        };
    }

    private static boolean isNegative(Object value) {
        return sign(value) < 0;
    }

    private static int sign(Object value) {
        return value instanceof BigDecimal d ? d.signum() : Long.signum((Long) value);
    }

    private static Object negative(Object value, SqlType type) {
        return switch (value) {
            case Long l -> Conversions.integer(BigInteger.valueOf(l).negate(), type);
            case Double d -> -d;
            case BigDecimal d -> d.negate();
            case Interval i -> Arithmetic.negative(i);
            default -> throw new IllegalArgumentException(type.toString());
        };
    }

    private static Object rounded(Object value, RoundingMode mode, SqlType type) {
        if (!(value instanceof Double d)) {
            return Conversions.decimal(((BigDecimal) value).setScale(0, mode), type);
        }
        return d.isNaN() || d.isInfinite()
                ? d
                : (Object) new BigDecimal(d).setScale(0, mode).doubleValue();
    }

    private static BigDecimal places(BigDecimal value, long places, SqlType type) {
        return Conversions.decimal(
                places >= value.scale() ? value : value.setScale((int) places, RoundingMode.HALF_UP), type);
    }

    private static int[] points(Object text) {
        return ((String) text).codePoints().toArray();
    }

    /** From a place counted from 1, which may lie before the text. */
    private static String substring(int[] text, long from, long length) {
        if (length < 0) {
            throw new Refusal(ErrorCode.SUBSTRING_ERROR);
        }
        long start = Math.clamp(from - 1, 0, text.length);
        long end = Math.clamp(from - 1 + length, start, text.length);
        return new String(text, (int) start, (int) (end - start));
    }

    private static boolean like(int[] text, int at, int[] pattern, int from) {
        if (from == pattern.length) {
            return at == text.length;
        }
        if (pattern[from] == '%') {
            for (int rest = at; rest <= text.length; rest++) {
                if (like(text, rest, pattern, from + 1)) {
                    return true;
                }
            }
            return false;
        }
        int literal = pattern[from] == '\\' ? from + 1 : from;
        boolean any = literal == from && pattern[from] == '_';
        return at < text.length && (any || text[at] == pattern[literal]) && like(text, at + 1, pattern, literal + 1);
    }

    private static Object extracted(String field, Object value, Expr.Call call, ZoneId zone) {
        LocalDateTime time = Conversions.timestamp(value, call.args().get(1).type(), zone);
        long number = switch (field) {
            case "year" -> time.getYear() > 0 ? time.getYear() : time.getYear() - 1;
            case "month" -> time.getMonthValue();
            case "day" -> time.getDayOfMonth();
            case "doy" -> time.getDayOfYear();
            case "dow" -> time.getDayOfWeek().getValue() % 7;
            case "isodow" -> time.getDayOfWeek().getValue();
            case "hour" -> time.getHour();
            case "minute" -> time.getMinute();
            case "quarter" -> (time.getMonthValue() + 2) / 3;
            default -> throw new IllegalArgumentException(field);
        };
        return Conversions.cast(number, SqlType.BIGINT, call.type(), zone);
    }

    private static Long truncated(String unit, long value, SqlType type, ZoneId zone) {
        LocalDateTime time = Conversions.timestamp(value, type, zone);
        LocalDateTime day = time.truncatedTo(ChronoUnit.DAYS);
        LocalDateTime cut = switch (unit) {
            case "hour" -> time.truncatedTo(ChronoUnit.HOURS);
            case "day" -> day;
            case "week" -> day.minusDays(day.getDayOfWeek().getValue() - 1L);
            case "month" -> day.withDayOfMonth(1);
            case "year" -> day.withDayOfYear(1);
            default -> throw new IllegalArgumentException(unit);
        };
        return type.id() == TypeId.TIMESTAMP ? Conversions.micros(cut) : Conversions.instant(cut, zone);
    }
}
