package io.kadedb.executor.api;

import io.kadedb.common.data.Batch;

/**
 * What the executor does for speed alone: tests run without one or the other, and expect the same results.
 *
 * @param batchRows rows that go through a pipeline at once, at most {@link Batch#MAX_ROWS}
 * @param prunedScans whether scans skip what lies outside the bounds of conditions and join keys
 * @param keyFilters whether scans drop rows that a later join would drop
 * @param markingJoins whether semi and anti joins keep the smaller side
 * @param shortPlansInline whether plans that touch few rows run on the calling thread, with kernels kept for the next run
 */
public record Shortcuts(
        int batchRows, boolean prunedScans, boolean keyFilters, boolean markingJoins, boolean shortPlansInline) {
    /** All of them. */
    public static final Shortcuts ALL = new Shortcuts(Batch.MAX_ROWS, true, true, true, true);

    public Shortcuts {
        if (batchRows < 1 || batchRows > Batch.MAX_ROWS) {
            throw new IllegalArgumentException("no size of a batch: " + batchRows);
        }
    }
}
