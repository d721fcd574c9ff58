package io.kadedb.storage.planted;

import static net.bytebuddy.matcher.ElementMatchers.named;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.loading.ClassReloadingStrategy;

/** Bugs that stores have had, each a change of one method. */
public enum StoreBug {
    SYNC_SKIPPED("a flush of the log is left out", "rocksdb.LogFile#force", StorePlants.Skipped.class),
    RANGE_CONFLICT_DROPPED(
            "a range that was read is not checked at the commit",
            "transaction.ReadSet#addReadConflicts",
            StorePlants.FirstRangeForgotten.class),
    TOMBSTONE_IGNORED("a fold ignores tombstones", "table.FoldPlan#of", StorePlants.WithoutTombstones.class),
    FOLD_BEFORE_CHUNKS(
            "a fold is published before its chunks are written",
            "table.StagedBatch#makeDurable",
            StorePlants.Skipped.class),
    FOLD_VERSION_OFF_BY_ONE("a fold says one version too much", "table.Folder#publish", StorePlants.NextVersion.class),
    MERGE_FORGETS_DELETES(
            "rows removed after a merge are looked for in the segments before it",
            "table.HiddenRows#overrides",
            StorePlants.MergedRowsAreLeft.class),
    LOCK_KEPT("a rollback keeps its locks", "transaction.TransactionLocks#release", StorePlants.Skipped.class),
    STATISTICS_STALE("statistics count removed rows", "table.Segment#liveRows", StorePlants.AllRows.class),
    CHECKSUM_IGNORED("the checksum of a chunk is not verified", "table.ColumnCache#verify", StorePlants.Skipped.class);

    private final String what;
    private final String place;
    private final Class<?> advice;

    StoreBug(String what, String place, Class<?> advice) {
        this.what = what;
        this.place = place;
        this.advice = advice;
    }

    /** What is wrong with it. */
    public String what() {
        return what;
    }

    /** A bug that is in the engine until it is closed. One at a time. */
    public interface Planted extends AutoCloseable {
        @Override
        void close() throws IOException;
    }

    /** Puts it into the engine's classes. */
    public Planted plant() throws ClassNotFoundException {
        Instrumentation instrumentation = ByteBuddyAgent.install();
        int method = place.indexOf('#');
        Class<?> type = Class.forName("io.kadedb.storage." + place.substring(0, method));
        ClassReloadingStrategy strategy = ClassReloadingStrategy.of(instrumentation);
        ClassFileLocator files = ClassFileLocator.ForClassLoader.of(type.getClassLoader());
        new ByteBuddy()
                .redefine(type, files)
                .visit(Advice.to(advice).on(named(place.substring(method + 1))))
                .make()
                .load(type.getClassLoader(), strategy);
        return () -> strategy.reset(files, type);
    }
}
