package io.kadedb.server.jdbc;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.server.session.Session;
import java.sql.Connection;

/** JDBC's numbers of isolation levels; the level of a connection is that of its session's new transactions. */
public final class JdbcIsolation {
    private static final String SETTING = "default_transaction_isolation";

    private JdbcIsolation() {}

    /** The level of the session's new transactions. */
    public static int of(Session session) {
        return switch (session.setting(SETTING)) {
            case "read uncommitted" -> Connection.TRANSACTION_READ_UNCOMMITTED;
            case "read committed" -> Connection.TRANSACTION_READ_COMMITTED;
            case "repeatable read" -> Connection.TRANSACTION_REPEATABLE_READ;
            default -> Connection.TRANSACTION_SERIALIZABLE;
        };
    }

    /** Sets the level of the session's new transactions; 0A000 for none. */
    public static void set(Session session, int level) {
        String name = switch (level) {
            case Connection.TRANSACTION_READ_UNCOMMITTED -> "read uncommitted";
            case Connection.TRANSACTION_READ_COMMITTED -> "read committed";
            case Connection.TRANSACTION_REPEATABLE_READ -> "repeatable read";
            case Connection.TRANSACTION_SERIALIZABLE -> "serializable";
            case Connection.TRANSACTION_NONE ->
                throw KadeException.of(
                        ErrorCode.FEATURE_NOT_SUPPORTED, "a connection without transactions is not supported");
            default ->
                throw KadeException.of(ErrorCode.INVALID_PARAMETER_VALUE, "there is no isolation level " + level);
        };
        session.set(SETTING, name);
    }
}
