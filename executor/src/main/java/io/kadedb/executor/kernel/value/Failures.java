package io.kadedb.executor.kernel.value;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import java.util.stream.Collectors;

/** The errors of computing with values, in PostgreSQL's words. */
public final class Failures {
    private Failures() {}

    /** 22003: {@code integer out of range}. */
    public static KadeException outOfRange(SqlType type) {
        return outOfRange(type.id().sqlName());
    }

    public static KadeException outOfRange(String what) {
        return KadeException.of(ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, what + " out of range");
    }

    public static KadeException numericOverflow(SqlType type) {
        return KadeException.of(ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, "numeric field overflow")
                .hint("a value of type " + type + " has at most " + (type.precision() - type.scale())
                        + " digits before the point");
    }

    public static KadeException floatOverflow() {
        return KadeException.of(ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, "value out of range: overflow");
    }

    public static KadeException floatUnderflow() {
        return KadeException.of(ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, "value out of range: underflow");
    }

    public static KadeException divisionByZero() {
        return KadeException.of(ErrorCode.DIVISION_BY_ZERO, "division by zero");
    }

    /** 22P02, or 22007 for dates and times: {@code invalid input syntax for type integer: "x"}. */
    public static KadeException invalidText(SqlType type, String text) {
        ErrorCode code = switch (type.id()) {
            case DATE, TIME, TIMESTAMP, TIMESTAMPTZ, INTERVAL -> ErrorCode.INVALID_DATETIME_FORMAT;
            default -> ErrorCode.INVALID_TEXT_REPRESENTATION;
        };
        return KadeException.of(
                code, "invalid input syntax for type " + type.id().sqlName() + ": \"" + text + "\"");
    }

    /** 22P02: {@code invalid input value for enum mood: "x"}. */
    public static KadeException invalidLabel(SqlType type, String text) {
        String labels = type.labels().labels().stream()
                .map(label -> "'" + label.text() + "'")
                .collect(Collectors.joining(", "));
        return KadeException.of(
                        ErrorCode.INVALID_TEXT_REPRESENTATION,
                        "invalid input value for enum " + type + ": \"" + text + "\"")
                .hint("its labels are " + labels);
    }

    /** 22008: {@code date/time field value out of range: "2020-13-01"}. */
    public static KadeException dateFieldOutOfRange(String text) {
        return KadeException.of(
                ErrorCode.DATETIME_FIELD_OVERFLOW, "date/time field value out of range: \"" + text + "\"");
    }

    /** 22008: {@code timestamp out of range}. */
    public static KadeException dateOutOfRange(String what) {
        return KadeException.of(ErrorCode.DATETIME_FIELD_OVERFLOW, what + " out of range");
    }

    public static KadeException invalidParameter(String message) {
        return KadeException.of(ErrorCode.INVALID_PARAMETER_VALUE, message);
    }

    public static KadeException unsupported(String message) {
        return KadeException.of(ErrorCode.FEATURE_NOT_SUPPORTED, message);
    }
}
