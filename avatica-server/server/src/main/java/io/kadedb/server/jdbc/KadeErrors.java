package io.kadedb.server.jdbc;

import io.kadedb.common.error.KadeException;
import io.kadedb.jdbc.common.SqlErrors;
import java.sql.SQLException;

/** Turns the database's errors into JDBC's: the SQLSTATE, the subclass JDBC has for it, and the full report as message. */
public final class KadeErrors {
    private KadeErrors() {}

    /** @param text what was executed, for the line with the caret; empty if there was none */
    public static SQLException of(KadeException error, String text) {
        // The cause carries the code for those who embed the database; its trace says nothing to a user.
        return SqlErrors.of(error.code().sqlState(), error.report(text), error);
    }
}
