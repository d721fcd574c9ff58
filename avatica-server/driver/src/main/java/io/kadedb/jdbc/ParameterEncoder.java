package io.kadedb.jdbc;

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
        if (value instanceof String) {
            return TypedValue.ofSerial(Rep.STRING, value);
        } else if (value instanceof Integer) {
            return TypedValue.ofSerial(Rep.INTEGER, value);
        } else if (value instanceof Long) {
            return TypedValue.ofSerial(Rep.LONG, value);
        } else if (value instanceof Boolean) {
            return TypedValue.ofSerial(Rep.BOOLEAN, value);
        } else if (value instanceof Double) {
            return TypedValue.ofSerial(Rep.DOUBLE, value);
        } else if (value instanceof Float) {
            return TypedValue.ofSerial(Rep.FLOAT, value);
        } else if (value instanceof Short) {
            return TypedValue.ofSerial(Rep.SHORT, value);
        } else if (value instanceof Byte) {
            return TypedValue.ofSerial(Rep.BYTE, value);
        } else if (value instanceof BigDecimal) {
            return TypedValue.ofSerial(Rep.NUMBER, value);
        } else if (value instanceof BigInteger) {
            return TypedValue.ofSerial(Rep.NUMBER, new BigDecimal((BigInteger) value));
        } else if (value instanceof byte[]) {
            return TypedValue.ofSerial(Rep.BYTE_STRING, Base64.getEncoder().encodeToString((byte[]) value));
        }
        if (ArrayTexts.isArray(value)) {
            return TypedValue.ofSerial(Rep.STRING, ArrayTexts.write(value));
        }
        return TypedValue.ofSerial(Rep.STRING, text(index, value, type));
    }

    private static String text(int index, Object value, String type) throws SQLException {
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
