package io.kadedb.executor.kernel;

import io.kadedb.common.data.ColumnVector;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered per dictionary is found by the identity of its vector: a producer that changes a dictionary's
 * contents makes a new vector, even in the same memory.
 */
final class Dictionaries {
    private Dictionaries() {}

    @SuppressWarnings("ReferenceEquality") // equal records may lie in memory that was reused since
    static boolean same(@Nullable ColumnVector known, ColumnVector dictionary) {
        return known == dictionary;
    }
}
