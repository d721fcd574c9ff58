package io.kadedb.executor.api;

import io.kadedb.storage.api.AdvisoryLock;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What functions ask of the session whose statement runs. Several workers may ask at once. Names of sequences and tables are
 * as in SQL: folded to lower case unless quoted, with a schema or found along the search path.
 */
public interface SessionFunctions {
    /**
     * The next value of a sequence.
     *
     * @throws io.kadedb.common.error.KadeException 42P01 when there is none of the name, 2200H at its end
     */
    long nextval(String sequence);

    /**
     * What {@link #nextval} gave last in this session, for a sequence.
     *
     * @throws io.kadedb.common.error.KadeException 55000 when nothing
     */
    long currval(String sequence);

    /**
     * What {@link #nextval} gave last in this session, whatever the sequence.
     *
     * @throws io.kadedb.common.error.KadeException 55000 when nothing
     */
    long lastval();

    /** Makes a value the last one that a sequence gave, or the next one when {@code called} is false; gives it back. */
    long setval(String sequence, long value, boolean called);

    /** The name of the sequence that goes with a column, or null. */
    @Nullable
    String serialSequence(String table, String column);

    /** A random number in [0, 1). */
    double random();

    /** Makes the random numbers that follow those of a seed in [-1, 1]. */
    void setSeed(double seed);

    /**
     * What goes on in the database, as a jsonb array of objects.
     *
     * @throws io.kadedb.common.error.KadeException 22023 when there is nothing of the name
     */
    ByteBuffer systemState(String what);

    /**
     * Takes an advisory lock.
     *
     * @param wait whether to wait for it; the statement ends with 40001 then, and is run again when it has it
     * @return whether it is held
     */
    boolean lock(AdvisoryLock lock, boolean wait);

    /** Gives a lock of the session back once; false when it is not held. */
    boolean unlock(AdvisoryLock lock);

    /** Gives all advisory locks of the session back. */
    void unlockAllAdvisory();

    /** The time of day, in microseconds since 1970. */
    long clockMicros();
}
