package io.kadedb.executor.kernel;

import io.kadedb.common.data.Batch;
import io.kadedb.common.error.KadeException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The left rows that the enclosing Apply nodes are at: operators set them, {@code OuterColumn} expressions read them
 * each time they are evaluated. Set before the right plan runs and left alone while it does; then any number of threads
 * may read.
 */
public final class OuterRows {
    private int[] ids = new int[0];
    private Batch[] batches = new Batch[0];
    private int[] rows = new int[0];

    /** Lets {@code OuterColumn}s of this Apply read from the row, until the next call. */
    public void set(int applyId, Batch batch, int row) {
        int at = find(applyId);
        if (at < 0) {
            at = ids.length;
            ids = Arrays.copyOf(ids, at + 1);
            batches = Arrays.copyOf(batches, at + 1);
            rows = Arrays.copyOf(rows, at + 1);
        }
        ids[at] = applyId;
        batches[at] = batch;
        rows[at] = row;
    }

    /** The batch the current left row is in. */
    public Batch batch(int applyId) {
        return batches[slot(applyId)];
    }

    /** Where in its batch the current left row is. */
    public int row(int applyId) {
        return rows[slot(applyId)];
    }

    private int slot(int applyId) {
        int at = find(applyId);
        if (at < 0) {
            throw KadeException.internal("no current row of Apply " + applyId, (@Nullable Throwable) null);
        }
        return at;
    }

    private int find(int applyId) {
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] == applyId) {
                return i;
            }
        }
        return -1;
    }
}
