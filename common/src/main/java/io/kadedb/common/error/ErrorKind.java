package io.kadedb.common.error;

/** Who can do something about an error. */
public enum ErrorKind {
    /** The statement or its data is at fault; the same statement fails again. */
    USER,
    /** Nothing is wrong with the statement; running it again may succeed. */
    RETRYABLE,
    /** A limit was reached: memory, disk, connections, time. */
    RESOURCE,
    /** Something outside the database failed: a file, a disk, a peer. */
    EXTERNAL,
    /** A bug in KadeDB. */
    INTERNAL
}
