package io.kadedb.common.security;

/** What can be granted on an object (PostgreSQL manual, 5.8). */
public enum Privilege {
    SELECT,
    INSERT,
    UPDATE,
    DELETE,
    TRUNCATE,
    REFERENCES,
    CREATE,
    USAGE,
    /** ALTER and DROP. */
    OWN,
    /** Read a file or write one on the machine the database runs on. */
    FILES
}
