package io.kadedb.storage.api;

/**
 * A lock on a number, which means what applications agree on.
 *
 * @param isPair whether the key is two integers, the first in its upper half: never the same as a single one
 * @param shared whether others may share it
 * @param ofSession whether it is kept until it is given back or the session ends, rather than the transaction
 */
public record AdvisoryLock(long key, boolean isPair, boolean shared, boolean ofSession) {
    /** For messages. */
    public String text() {
        return isPair ? "(" + (key >> Integer.SIZE) + ", " + (int) key + ")" : Long.toString(key);
    }
}
