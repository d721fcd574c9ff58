package io.kadedb.storage.keyspace;

import io.kadedb.common.seam.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The naive database: every version as a whole map, every commit with all that it wrote. */
final class ModelDatabase {
    private final Clock clock;
    private final TreeMap<Long, NavigableMap<byte[], byte[]>> versions = new TreeMap<>();
    private final List<Commit> commits = new ArrayList<>();
    private long oldest;

    private record Commit(long version, List<ModelTransaction.Span> must, List<ModelTransaction.Span> may) {}

    /** What has to become of a commit. */
    enum Fate {
        COMMITS,
        CONFLICTS,
        /** It may do either. */
        OPEN
    }

    ModelDatabase(Clock clock, long firstVersion) {
        this.clock = clock;
        oldest = firstVersion;
        versions.put(firstVersion, new TreeMap<>(Arrays::compareUnsigned));
    }

    long lastVersion() {
        return versions.lastKey();
    }

    /** A copy of the rows at a version. */
    NavigableMap<byte[], byte[]> at(long version) {
        return new TreeMap<>(versions.floorEntry(version).getValue());
    }

    /** After a restart nothing is known of the writes before, so that transactions read what came then. */
    void restarted() {
        oldest = lastVersion();
    }

    /** A version from before. */
    long earlier(int steps) {
        Long version = lastVersion();
        for (int i = 0; i < steps && version > oldest; i++) {
            version = versions.lowerKey(version);
        }
        return version;
    }

    Fate fate(ModelTransaction transaction) {
        boolean may = false;
        for (Commit commit : commits.reversed()) {
            if (commit.version <= transaction.readVersion()) {
                break;
            }
            if (meet(transaction.mustRead(), commit.must)) {
                return Fate.CONFLICTS;
            }
            may |= meet(transaction.mayRead(), commit.may);
        }
        return may ? Fate.OPEN : Fate.COMMITS;
    }

    private static boolean meet(List<ModelTransaction.Span> reads, List<ModelTransaction.Span> writes) {
        return reads.stream().anyMatch(read -> writes.stream().anyMatch(read::meets));
    }

    /** Commits, and gives the version that this has. */
    long commit(ModelTransaction transaction) {
        long version = Math.max(lastVersion() + 1, clock.wallMicros());
        NavigableMap<byte[], byte[]> rows = at(lastVersion());
        transaction.writes().forEach(write -> write.on(rows, version));
        versions.put(version, rows);
        commits.add(new Commit(version, transaction.mustWrite(), transaction.mayWrite()));
        return version;
    }
}
