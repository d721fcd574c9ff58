package io.kadedb.server.session;

/** Where a session is with regard to transaction blocks. */
public enum TransactionStatus {
    /** Outside a block: every statement is its own transaction. */
    IDLE,
    /** In a block, all is well. */
    IN_BLOCK,
    /** In a block in which a statement failed: only its end is accepted (25P02). */
    FAILED
}
