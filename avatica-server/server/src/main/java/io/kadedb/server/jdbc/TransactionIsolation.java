package io.kadedb.server.jdbc;

import io.kadedb.common.error.ErrorCode;
import java.sql.Connection;
import java.sql.SQLException;

/** JDBC's numbers of isolation levels and the names that settings have for them. */
final class TransactionIsolation {
    private TransactionIsolation() {}

    static String name(int level) throws SQLException {
        return switch (level) {
            case Connection.TRANSACTION_READ_UNCOMMITTED -> "read uncommitted";
            case Connection.TRANSACTION_READ_COMMITTED -> "read committed";
            case Connection.TRANSACTION_REPEATABLE_READ -> "repeatable read";
            case Connection.TRANSACTION_SERIALIZABLE -> "serializable";
            case Connection.TRANSACTION_NONE -> throw SqlErrors.unsupported("a connection without transactions");
            default ->
                throw SqlErrors.of(ErrorCode.INVALID_PARAMETER_VALUE, "there is no isolation level " + level);
        };
    }

    static int level(String name) {
        return switch (name) {
            case "read uncommitted" -> Connection.TRANSACTION_READ_UNCOMMITTED;
            case "read committed" -> Connection.TRANSACTION_READ_COMMITTED;
            case "repeatable read" -> Connection.TRANSACTION_REPEATABLE_READ;
            default -> Connection.TRANSACTION_SERIALIZABLE;
        };
    }
}
