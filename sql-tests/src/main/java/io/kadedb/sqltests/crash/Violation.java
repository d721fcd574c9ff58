package io.kadedb.sqltests.crash;

/** Something promised does not hold: an acknowledged commit is gone, half of a transaction is there, an answer is wrong. */
public final class Violation extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Violation(String message) {
        super(message);
    }

    Violation(String message, Throwable cause) {
        super(message, cause);
    }
}
