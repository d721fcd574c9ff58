package io.kadedb.storage.transaction;

import java.util.Collection;
import java.util.Comparator;
import java.util.function.IntSupplier;

/** Keeps what a transaction commits at once within the limit of a key-value transaction: the largest part is staged first. */
final class CommitSize {
    /** Well below the ten million that a key-value transaction may have, since the catalog's changes come on top. */
    private static final long MOST_BYTES = 6 << 20;

    /** Fewer rows are not worth a batch. */
    private static final long LEAST_STAGED_BYTES = 64 << 10;

    private CommitSize() {}

    /**
     * Stages rows of finished statements, of all tables and indexes together, where they became too many.
     *
     * @param withReads whether the commit checks what was read
     * @param sequences gives numbers greater than all before
     */
    static void limit(Collection<TableChanges> all, boolean withReads, IntSupplier sequences) {
        while (bytes(all, withReads) > MOST_BYTES) {
            TableChanges largest = all.stream()
                    .max(Comparator.comparingLong(TableChanges::bytes))
                    .orElseThrow();
            if (largest.bytes() < LEAST_STAGED_BYTES) {
                return;
            }
            largest.stageRows(sequences);
        }
    }

    private static long bytes(Collection<TableChanges> all, boolean withReads) {
        long bytes = 0;
        for (TableChanges changes : all) {
            bytes += changes.commitBytes(withReads);
        }
        return bytes;
    }
}
