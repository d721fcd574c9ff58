package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.type.Field;
import io.kadedb.executor.pipeline.QueryRun;
import io.kadedb.executor.pipeline.Source;
import io.kadedb.storage.api.BatchSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The rows of a join's table that {@link MarkPartners} marked, or those it did not. */
final class MarkedRows implements Source {
    private static final int MORSEL_ROWS = 1 << 16;

    private final JoinBuild build;
    private final List<Field> fields;
    private final boolean wanted;
    private final QueryRun run;
    private final AtomicInteger taken = new AtomicInteger();

    /**
     * @param fields of the rows
     * @param wanted true for the marked rows
     */
    MarkedRows(JoinBuild build, List<Field> fields, boolean wanted, QueryRun run) {
        this.build = build;
        this.fields = fields;
        this.wanted = wanted;
        this.run = run;
    }

    @Override
    public int start() {
        return 1 + build.table().rows.rows() / MORSEL_ROWS;
    }

    @Override
    public @Nullable BatchSource next() {
        long from = (long) taken.getAndIncrement() * MORSEL_ROWS;
        int rows = build.table().rows.rows();
        return from >= rows ? null : new Reader((int) from, (int) Math.min(rows, from + MORSEL_ROWS));
    }

    private final class Reader implements BatchSource {
        private final JoinTable table = build.table();
        private final VectorGather[] gathers;
        private final int[] rows = new int[Batch.MAX_ROWS];
        private final int end;
        private int at;

        Reader(int from, int end) {
            this.at = from;
            this.end = end;
            MemoryPool memory = run.memory();
            gathers =
                    fields.stream().map(f -> new VectorGather(f.type(), memory)).toArray(VectorGather[]::new);
        }

        @Override
        public @Nullable Batch next() {
            int n = 0;
            for (; at < end && n < rows.length; at++) {
                rows[n] = at;
                n += table.isMatched(at) == wanted ? 1 : 0;
            }
            if (n == 0) {
                return null;
            }
            ColumnVector[] columns = new ColumnVector[gathers.length];
            for (int c = 0; c < columns.length; c++) {
                columns[c] = gathers[c].gather(table.rows.column(c), rows, null, n, n, false);
            }
            return new Batch(n, Arrays.asList(columns));
        }

        @Override
        public void close() {
            for (VectorGather gather : gathers) {
                gather.close();
            }
        }
    }
}
