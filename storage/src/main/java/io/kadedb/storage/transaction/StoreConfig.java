package io.kadedb.storage.transaction;

import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.seam.Scheduler;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How a store is opened.
 *
 * @param directory of the database; empty for one in memory
 * @param memory that decoded columns and batches lie in; the caller closes it after the store
 * @param columnCacheBytes decoded columns kept, part of {@code memory}
 * @param scheduler runs folds in the background; empty to fold on demand only
 * @param foldAfterDeltas writes to a table after which it is folded
 * @param testCipher whether keys and values are disguised on their way to the key space, to prove that nothing beneath
 *     needs to read them
 */
public record StoreConfig(
        Optional<Path> directory,
        MemoryPool memory,
        long columnCacheBytes,
        Optional<Scheduler> scheduler,
        int foldAfterDeltas,
        boolean testCipher) {
    public static final long DEFAULT_COLUMN_CACHE_BYTES = 1L << 30;
    public static final int DEFAULT_FOLD_AFTER_DELTAS = 8_192;

    public StoreConfig {
        if (columnCacheBytes < 0 || foldAfterDeltas < 1) {
            throw new IllegalArgumentException("sizes must be positive");
        }
    }

    /** A store in memory. */
    public static StoreConfig inMemory(MemoryPool memory) {
        return new StoreConfig(
                Optional.empty(),
                memory,
                DEFAULT_COLUMN_CACHE_BYTES,
                Optional.empty(),
                DEFAULT_FOLD_AFTER_DELTAS,
                false);
    }

    /** A store in a directory, made where there is none. */
    public static StoreConfig inDirectory(Path directory, MemoryPool memory) {
        return new StoreConfig(
                Optional.of(directory),
                memory,
                DEFAULT_COLUMN_CACHE_BYTES,
                Optional.empty(),
                DEFAULT_FOLD_AFTER_DELTAS,
                false);
    }

    public StoreConfig withScheduler(Scheduler other) {
        return new StoreConfig(directory, memory, columnCacheBytes, Optional.of(other), foldAfterDeltas, testCipher);
    }

    public StoreConfig withColumnCacheBytes(long bytes) {
        return new StoreConfig(directory, memory, bytes, scheduler, foldAfterDeltas, testCipher);
    }

    public StoreConfig withFoldAfterDeltas(int deltas) {
        return new StoreConfig(directory, memory, columnCacheBytes, scheduler, deltas, testCipher);
    }

    public StoreConfig withTestCipher() {
        return new StoreConfig(directory, memory, columnCacheBytes, scheduler, foldAfterDeltas, true);
    }
}
