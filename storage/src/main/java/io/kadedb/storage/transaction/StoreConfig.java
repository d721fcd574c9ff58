package io.kadedb.storage.transaction;

import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.seam.Clock;
import io.kadedb.common.seam.Scheduler;
import io.kadedb.storage.api.IndexExpressions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How a store is opened.
 *
 * @param directory of the database; empty for one in memory
 * @param memory that decoded columns and batches lie in; the caller closes it after the store
 * @param columnCacheBytes decoded columns kept, part of {@code memory}
 * @param scheduler runs folds in the background; empty to fold on demand only
 * @param foldAfterDeltas writes to a table after which it is folded
 * @param foldAfterBytes bytes of such writes after which it is folded
 * @param maintenanceInterval between rounds of work that needs no write to be due: removing old versions, trying again
 *     what failed
 * @param retention how far back the data can be read; the versions of that time are kept
 * @param historyBytes versions kept at most, whatever the retention
 * @param testCipher whether keys and values are disguised on their way to the key space, to prove that nothing beneath
 *     needs to read them
 * @param expressions computes what indexes are over besides columns
 * @param clock says how old partitions are
 */
public record StoreConfig(
        Optional<Path> directory,
        MemoryPool memory,
        long columnCacheBytes,
        Optional<Scheduler> scheduler,
        int foldAfterDeltas,
        long foldAfterBytes,
        Duration maintenanceInterval,
        Duration retention,
        long historyBytes,
        boolean testCipher,
        IndexExpressions expressions,
        Clock clock) {
    public static final long DEFAULT_COLUMN_CACHE_BYTES = 1L << 30;
    public static final int DEFAULT_FOLD_AFTER_DELTAS = 8_192;
    public static final long DEFAULT_FOLD_AFTER_BYTES = 8L << 20;
    public static final Duration DEFAULT_MAINTENANCE_INTERVAL = Duration.ofSeconds(30);
    public static final Duration DEFAULT_RETENTION = Duration.ofHours(1);
    /** On disk. */
    public static final long DEFAULT_HISTORY_BYTES = 8L << 30;

    private static final long MOST_HISTORY_IN_MEMORY = 512L << 20;

    public StoreConfig {
        if (columnCacheBytes < 0
                || foldAfterDeltas < 1
                || foldAfterBytes < 1
                || !maintenanceInterval.isPositive()
                || retention.isNegative()
                || historyBytes < 1) {
            throw new IllegalArgumentException("sizes must be positive");
        }
    }

    /** A store in memory. */
    public static StoreConfig inMemory(MemoryPool memory) {
        long history = Math.min(MOST_HISTORY_IN_MEMORY, Runtime.getRuntime().maxMemory() / 8);
        return with(Optional.empty(), memory, history);
    }

    /** A store in a directory, made where there is none. */
    public static StoreConfig inDirectory(Path directory, MemoryPool memory) {
        return with(Optional.of(directory), memory, DEFAULT_HISTORY_BYTES);
    }

    private static StoreConfig with(Optional<Path> directory, MemoryPool memory, long historyBytes) {
        return new StoreConfig(
                directory,
                memory,
                DEFAULT_COLUMN_CACHE_BYTES,
                Optional.empty(),
                DEFAULT_FOLD_AFTER_DELTAS,
                DEFAULT_FOLD_AFTER_BYTES,
                DEFAULT_MAINTENANCE_INTERVAL,
                DEFAULT_RETENTION,
                historyBytes,
                false,
                IndexExpressions.none(),
                Clock.system());
    }

    public StoreConfig withScheduler(Scheduler other) {
        return changed(draft -> draft.scheduler = Optional.of(other));
    }

    public StoreConfig withColumnCacheBytes(long bytes) {
        return changed(draft -> draft.columnCacheBytes = bytes);
    }

    /** Folds after so many writes, or so many bytes of them. */
    public StoreConfig withFoldAfter(int deltas, long bytes) {
        return changed(draft -> {
            draft.foldAfterDeltas = deltas;
            draft.foldAfterBytes = bytes;
        });
    }

    /** Keeps the data of so long a time, and no more than so many bytes of it. */
    public StoreConfig withHistory(Duration time, long bytes) {
        return changed(draft -> {
            draft.retention = time;
            draft.historyBytes = bytes;
        });
    }

    public StoreConfig withTestCipher() {
        return changed(draft -> draft.testCipher = true);
    }

    public StoreConfig withExpressions(IndexExpressions computed) {
        return changed(draft -> draft.expressions = computed);
    }

    public StoreConfig withClock(Clock other) {
        return changed(draft -> draft.clock = other);
    }

    private StoreConfig changed(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return new StoreConfig(
                directory,
                memory,
                draft.columnCacheBytes,
                draft.scheduler,
                draft.foldAfterDeltas,
                draft.foldAfterBytes,
                maintenanceInterval,
                draft.retention,
                draft.historyBytes,
                draft.testCipher,
                draft.expressions,
                draft.clock);
    }

    /** What may be changed of a configuration. */
    private static final class Draft {
        private long columnCacheBytes;
        private Optional<Scheduler> scheduler;
        private int foldAfterDeltas;
        private long foldAfterBytes;
        private Duration retention;
        private long historyBytes;
        private boolean testCipher;
        private IndexExpressions expressions;
        private Clock clock;

        Draft(StoreConfig config) {
            columnCacheBytes = config.columnCacheBytes;
            scheduler = config.scheduler;
            foldAfterDeltas = config.foldAfterDeltas;
            foldAfterBytes = config.foldAfterBytes;
            retention = config.retention;
            historyBytes = config.historyBytes;
            testCipher = config.testCipher;
            expressions = config.expressions;
            clock = config.clock;
        }
    }
}
