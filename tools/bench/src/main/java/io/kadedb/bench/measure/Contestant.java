package io.kadedb.bench.measure;

import java.sql.SQLException;

/** One side of a {@link Duel}. */
@FunctionalInterface
public interface Contestant {
    /**
     * Does the work of a round and reports what it took.
     *
     * @param round counts cold run, warm-ups and measured runs from 0; both sides do the same work for the same number
     */
    Sample take(int round) throws SQLException;
}
