package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.executor.pipeline.QueryRun;
import io.kadedb.executor.pipeline.Source;
import io.kadedb.storage.api.BatchSource;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The right rows of a right or full join that found no partner, with NULLs for the left columns. */
final class UnmatchedRows implements Source {
    private final JoinSpec spec;
    private final JoinBuild build;
    private final QueryRun run;
    private final AtomicBoolean taken = new AtomicBoolean();

    UnmatchedRows(JoinSpec spec, JoinBuild build, QueryRun run) {
        this.spec = spec;
        this.build = build;
        this.run = run;
    }

    @Override
    public int start() {
        return 1;
    }

    @Override
    public @Nullable BatchSource next() {
        return taken.compareAndSet(false, true) ? new Reader() : null;
    }

    private final class Reader implements BatchSource {
        private final JoinTable table = build.table();
        private final RowStore empty;
        private final VectorGather[] left;
        private final VectorGather[] right;
        private final int[] rows = new int[Batch.MAX_ROWS];
        private final int[] missing = new int[Batch.MAX_ROWS];
        private int at;

        Reader() {
            MemoryPool memory = run.memory();
            empty = new RowStore(spec.leftFields(), memory);
            left = VectorGather.of(spec.leftFields(), memory);
            right = VectorGather.of(spec.rightFields(), memory);
            Arrays.fill(missing, -1);
        }

        @Override
        public @Nullable Batch next() {
            int n = 0;
            for (; at < table.rows.rows() && n < rows.length; at++) {
                rows[n] = at;
                n += table.isMatched(at) ? 0 : 1;
            }
            if (n == 0) {
                return null;
            }
            ColumnVector[] columns = new ColumnVector[left.length + right.length];
            for (int c = 0; c < left.length; c++) {
                columns[c] = left[c].gather(empty.column(c), missing, null, n, n, true);
            }
            for (int c = 0; c < right.length; c++) {
                columns[left.length + c] = right[c].gather(table.rows.column(c), rows, null, n, n, false);
            }
            return new Batch(n, Arrays.asList(columns));
        }

        @Override
        public void close() {
            for (VectorGather gather : left) {
                gather.close();
            }
            for (VectorGather gather : right) {
                gather.close();
            }
            empty.close();
        }
    }
}
