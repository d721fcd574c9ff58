package io.kadedb.executor.operator;

import io.kadedb.common.data.ColumnVector;
import io.kadedb.executor.kernel.VectorBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The states of one aggregate for many groups. Rows with NULL arguments and those a FILTER refuses are left out by the
 * caller. Belongs to one thread.
 */
interface Accumulator extends AutoCloseable {
    /** Makes room for groups {@code 0..groups-1}; new ones are as for no rows. */
    void resize(int groups);

    /**
     * Adds rows.
     *
     * @param groups the group of each selected row, densely; null when all belong to group 0
     * @param args the argument columns
     */
    void update(int @Nullable [] groups, ColumnVector[] args, int @Nullable [] selection, int count);

    /**
     * Adds the states of another accumulator of the same kind.
     *
     * @param sources its groups
     * @param targets the groups here that they belong to
     */
    void merge(Accumulator other, int[] sources, int[] targets, int count);

    /** Appends the results of the groups, in order. */
    void emit(int from, int count, VectorBuilder out);

    @Override
    void close();
}
