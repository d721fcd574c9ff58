package io.kadedb.server.remote;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;

/** Avatica's parameters as the Java values sessions take. */
final class ParameterDecoder {
    private ParameterDecoder() {}

    static List<@Nullable Object> decode(@Nullable List<TypedValue> values) {
        List<@Nullable Object> decoded = new ArrayList<>();
        if (values != null) {
            for (TypedValue value : values) {
                decoded.add(value == null ? null : decode(value));
            }
        }
        return decoded;
    }

    private static @Nullable Object decode(TypedValue typed) {
        Object value = typed.value;
        if (value == null) {
            return null;
        }
        return switch (typed.type) {
            case BYTE_STRING ->
                value instanceof String text ? Base64.getDecoder().decode(text) : value;
            // The stock client's times are wall clocks, as milliseconds and days since 1970.
            case JAVA_SQL_TIMESTAMP, JAVA_UTIL_DATE -> local(number(value));
            case JAVA_SQL_DATE -> LocalDate.ofEpochDay(number(value));
            case JAVA_SQL_TIME -> LocalTime.ofNanoOfDay(Math.floorMod(number(value), 86_400_000L) * 1_000_000);
            case NUMBER -> value instanceof Long whole ? BigDecimal.valueOf(whole) : value;
            default -> value;
        };
    }

    private static long number(Object value) {
        if (value instanceof Number number) {
            return number.longValue();
        }
        throw new IllegalArgumentException("a time that is no number: " + value.getClass());
    }

    private static LocalDateTime local(long millis) {
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(millis, 1_000), Math.floorMod(millis, 1_000) * 1_000_000, ZoneOffset.UTC);
    }
}
