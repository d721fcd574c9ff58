package io.kadedb.storage.format.v1;

import org.jspecify.annotations.Nullable;

/**
 * An encoded chunk and what is known of its values.
 *
 * @param bytes the chunk
 * @param nulls how many values are NULL
 * @param min the least value as {@link KeyWriter} encodes it, of text a prefix; null when all are NULL
 * @param max the greatest
 * @param maxIsPrefix whether max was cut
 * @param sketch of the distinct values
 */
public record EncodedColumn(
        byte[] bytes,
        int nulls,
        byte @Nullable [] min,
        byte @Nullable [] max,
        boolean maxIsPrefix,
        DistinctSketch sketch) {}
