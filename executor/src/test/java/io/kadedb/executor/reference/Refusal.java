package io.kadedb.executor.reference;

import io.kadedb.common.error.ErrorCode;

/** A statement that has no answer, and the error that says so. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    Refusal(ErrorCode code) {
        super(code.sqlState());
        this.code = code;
    }

    ErrorCode code() {
        return code;
    }

    static Refusal outOfRange() {
        return new Refusal(ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE);
    }
}
