package io.kadedb.storage.api;

/** What a transaction may see of others, weakest first. */
public enum IsolationLevel {
    /** Each statement reads what is committed when it begins. */
    READ_COMMITTED,
    /** All statements read what was committed before the first; what others changed since cannot be changed. */
    REPEATABLE_READ,
    /** As if transactions ran one after another. */
    SERIALIZABLE
}
