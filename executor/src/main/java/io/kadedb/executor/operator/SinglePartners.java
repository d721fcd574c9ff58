package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.executor.pipeline.Stage;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Lays the columns of at most one right row beside those of each left row, which pass as they are; only the selection may
 * shrink. Belongs to one worker.
 */
final class SinglePartners {
    private final JoinSpec spec;
    private final JoinTable table;
    private final VectorGather[] rightGathers;
    private final Stage next;
    private final int[] kept = new int[Batch.MAX_ROWS];
    private final int[] partners = new int[Batch.MAX_ROWS];

    /** @param rightGathers one for each column of the table, which the caller closes */
    SinglePartners(JoinSpec spec, JoinTable table, VectorGather[] rightGathers, Stage next) {
        this.spec = spec;
        this.table = table;
        this.rightGathers = rightGathers;
        this.next = next;
    }

    /**
     * Pushes the pairs on.
     *
     * @param found the row of each selected row's partner, -1 if it has none
     */
    void push(Batch batch, int @Nullable [] selection, int count, int[] found) {
        boolean keepAll = spec.keepsLeft();
        int n = 0;
        boolean missing = false;
        for (int i = 0; i < count; i++) {
            int row = found[i];
            kept[n] = Columns.row(selection, i);
            partners[n] = row;
            missing |= row < 0;
            n += keepAll || row >= 0 ? 1 : 0;
        }
        if (spec.keepsRight()) {
            for (int i = 0; i < n; i++) {
                if (partners[i] >= 0) {
                    table.markMatched(partners[i]);
                }
            }
        }
        if (n == 0) {
            return;
        }
        int length = batch.length();
        int width = batch.columns().size();
        ColumnVector[] columns = batch.columns().toArray(new ColumnVector[width + rightGathers.length]);
        for (int c = 0; c < rightGathers.length; c++) {
            columns[width + c] =
                    rightGathers[c].gather(table.rows.column(c), partners, kept, n, length, keepAll && missing);
        }
        next.push(new Batch(length, Arrays.asList(columns)), n == length ? null : kept, n);
    }
}
