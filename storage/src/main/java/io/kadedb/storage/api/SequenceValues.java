package io.kadedb.storage.api;

import io.kadedb.common.catalog.SequenceDefinition;

/**
 * The values of sequences. They are drawn outside of transactions: no rollback brings one back, and no value is given twice
 * but by a cycle, a restart or {@link #set}, whatever becomes of the process. Thread-safe.
 */
public interface SequenceValues {
    /**
     * The next value.
     *
     * @throws io.kadedb.common.error.KadeException 2200H at the end of a sequence that does not cycle
     */
    long next(SequenceDefinition sequence);

    /**
     * Where a sequence is.
     *
     * @param value the last one given, or the one to give first
     * @param called whether it was given
     */
    record Position(long value, boolean called) {}

    /** Where a sequence is now; draws nothing. */
    Position position(SequenceDefinition sequence);

    /**
     * Makes a value the last one given, or the next one.
     *
     * @param called whether it counts as given
     */
    void set(SequenceDefinition sequence, long value, boolean called);
}
