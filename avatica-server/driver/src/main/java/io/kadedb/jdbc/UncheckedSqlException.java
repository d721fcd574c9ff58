package io.kadedb.jdbc;

import java.sql.SQLException;

/** Carries an SQLException through Avatica's methods that declare none; Avatica's metadata methods unwrap it. */
final class UncheckedSqlException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final SQLException failure;

    UncheckedSqlException(SQLException failure) {
        super(failure);
        this.failure = failure;
    }

    SQLException failure() {
        return failure;
    }
}
