package io.kadedb.sqltests.database;

import java.sql.Connection;
import java.sql.SQLException;

/** A database for one file of tests. */
public interface Database extends AutoCloseable {
    /** Another connection to it; thread-safe. */
    Connection connect() throws SQLException;

    /** Whether what it holds outlives its last connection. */
    boolean isDurable();

    /** Closes it and opens it again; all connections to it are closed before. */
    default void restart() throws SQLException {}

    @Override
    void close() throws SQLException;
}
