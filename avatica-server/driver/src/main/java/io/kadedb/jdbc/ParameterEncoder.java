package io.kadedb.jdbc;

import io.kadedb.jdbc.common.ArrayTexts;
import io.kadedb.jdbc.common.Moments;
import io.kadedb.jdbc.common.SqlErrors;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.calcite.avatica.AvaticaParameter;
import org.apache.calcite.avatica.ColumnMetaData.Rep;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;

/** Java's values as Avatica's parameters; what has no exact form there becomes text that the server reads. */
final class ParameterEncoder {
    private ParameterEncoder() {}

    static List<TypedValue> encode(List<@Nullable Object> values, List<AvaticaParameter> types) throws SQLException {
        List<TypedValue> encoded = new ArrayList<>(values.size());
        for (int i = 0; i < values.size(); i++) {
            Object value = values.get(i);
            encoded.add(value == null ? TypedValue.EXPLICIT_NULL : encode(i, value, types.get(i).typeName));
        }
        return encoded;
    }

    private static TypedValue encode(int index, Object value, String type) throws SQLException {
        Object plain = plain(index, value, type);
        if (plain instanceof byte[]) {
            return TypedValue.ofSerial(Rep.BYTE_STRING, Base64.getEncoder().encodeToString((byte[]) plain));
        }
        Rep rep = REPS.get(plain.getClass());
        return TypedValue.ofSerial(rep == null ? Rep.STRING : rep, plain);
    }

    /** A value as one of the classes that have an exact form; all others become text. */
    static Object plain(int index, Object value, String type) throws SQLException {
        if (REPS.containsKey(value.getClass()) || value instanceof byte[]) {
            return value;
        } else if (value instanceof BigDecimal) {
            return new BigDecimal(((BigDecimal) value).unscaledValue(), ((BigDecimal) value).scale());
        } else if (value instanceof BigInteger) {
            return new BigDecimal((BigInteger) value);
        }
        return ArrayTexts.isArray(value) ? ArrayTexts.write(value) : text(index, value, type);
    }

    private static final Map<Class<?>, Rep> REPS = Map.of(
            String.class, Rep.STRING,
            Integer.class, Rep.INTEGER,
            Long.class, Rep.LONG,
            Boolean.class, Rep.BOOLEAN,
            Double.class, Rep.DOUBLE,
            Float.class, Rep.FLOAT,
            Short.class, Rep.SHORT,
            Byte.class, Rep.BYTE,
            BigDecimal.class, Rep.NUMBER);

    private static String text(int index, Object value, String type) throws SQLException {
        String infinite = Moments.infinite(value);
        if (infinite != null) {
            return infinite;
        }
        if (value instanceof Timestamp) {
            Timestamp moment = (Timestamp) value;
            return type.equals("timestamptz")
                    ? moment.toInstant().toString()
                    : moment.toLocalDateTime().toString();
        } else if (value instanceof Date) {
            return ((Date) value).toLocalDate().toString();
        } else if (value instanceof Time) {
            return localTime((Time) value).toString();
        } else if (value instanceof java.util.Date) {
            Instant moment = ((java.util.Date) value).toInstant();
            return type.equals("timestamptz")
                    ? moment.toString()
                    : LocalDateTime.ofInstant(moment, ZoneId.systemDefault()).toString();
        } else if (value instanceof ZonedDateTime) {
            return ((ZonedDateTime) value).toOffsetDateTime().toString();
        } else if (value instanceof LocalDate
                || value instanceof LocalTime
                || value instanceof LocalDateTime
                || value instanceof OffsetDateTime
                || value instanceof Instant
                || value instanceof UUID
                || value instanceof Duration
                || value instanceof Period
                || value instanceof Character
                || value instanceof Enum) {
            return value.toString();
        }
        throw SqlErrors.of(
                SqlErrors.DATATYPE_MISMATCH,
                "parameter " + (index + 1) + " is a " + value.getClass().getName() + ", which has no SQL type"
                        + (value instanceof Temporal ? " without a zone" : ""));
    }

    /** A time is the wall clock of this machine on the first day of 1970, to the millisecond. */
    private static LocalTime localTime(Time time) {
        return LocalDateTime.ofInstant(Instant.ofEpochMilli(time.getTime()), ZoneId.systemDefault())
                .toLocalTime();
    }
}
