package io.kadedb.server.jdbc;

/** The ways to a database that keep one contract. */
public enum Door {
    /** The driver that runs the database in the process. */
    EMBEDDED,
    /** The driver of the server. */
    REMOTE
}
