package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.type.Field;
import io.kadedb.executor.kernel.PredicateEvaluator;
import io.kadedb.executor.pipeline.Sink;
import io.kadedb.executor.pipeline.Stage;
import io.kadedb.executor.pipeline.Worker;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A semi or anti join whose left side is the smaller one: its rows are in the table, and the right rows passing by mark
 * their partners. The right rows are not kept.
 */
final class MarkPartners implements Sink {
    private final JoinSpec spec;
    private final JoinBuild build;

    /**
     * @param spec the join with its sides exchanged, but for the condition
     */
    MarkPartners(JoinSpec spec, JoinBuild build) {
        this.spec = spec;
        this.build = build;
    }

    @Override
    public Stage open(Worker worker) {
        return new Marking(worker);
    }

    private final class Marking implements Stage {
        private final JoinTable table = build.table();
        private final Worker worker;
        private final KeyFinder finder;
        private final @Nullable PredicateEvaluator condition;
        private final VectorGather[] kept;
        private final VectorGather[] passing;
        private final JoinCandidates candidates = new JoinCandidates(spec, table);
        private final int[] pairPassing = new int[Batch.MAX_ROWS];
        private final int[] pairKept = new int[Batch.MAX_ROWS];
        private final int[] chosen = new int[Batch.MAX_ROWS];
        private final boolean[] unused = new boolean[Batch.MAX_ROWS];

        Marking(Worker worker) {
            this.worker = worker;
            MemoryPool memory = worker.run().memory();
            finder = new KeyFinder(table, spec.leftKeys());
            condition = spec.condition()
                    .map(c -> worker.run().kernels().predicate(c, worker.run().evaluation(), memory))
                    .orElse(null);
            kept = gathers(spec.rightFields(), memory);
            passing = gathers(spec.leftFields(), memory);
        }

        private static VectorGather[] gathers(List<Field> fields, MemoryPool memory) {
            return fields.stream().map(f -> new VectorGather(f.type(), memory)).toArray(VectorGather[]::new);
        }

        @Override
        public void push(Batch batch, int @Nullable [] selection, int count) {
            int[] ids = finder.find(batch, selection, count);
            PredicateEvaluator test = condition;
            if (test == null) {
                for (int i = 0; i < count; i++) {
                    if (ids[i] >= 0) {
                        markKey(ids[i]);
                    }
                }
                return;
            }
            candidates.begin(batch, selection, count, ids);
            int n = candidates.next(pairPassing, pairKept, unused);
            while (n > 0) {
                worker.checkpoint();
                int found = test.select(joined(batch, n), null, n, chosen);
                for (int i = 0; i < found; i++) {
                    table.markMatched(pairKept[chosen[i]]);
                }
                n = candidates.next(pairPassing, pairKept, unused);
            }
        }

        /** All rows of a key are marked together, so that the first tells of all. */
        private void markKey(int key) {
            if (table.unique()) {
                table.markMatched(key);
                return;
            }
            int from = table.start(key);
            if (!table.isMatched(table.row(from))) {
                for (int place = table.start(key + 1) - 1; place >= from; place--) {
                    table.markMatched(table.row(place));
                }
            }
        }

        private Batch joined(Batch batch, int n) {
            ColumnVector[] columns = new ColumnVector[kept.length + passing.length];
            for (int c = 0; c < kept.length; c++) {
                columns[c] = kept[c].gather(table.rows.column(c), pairKept, null, n, n, false);
            }
            for (int c = 0; c < passing.length; c++) {
                columns[kept.length + c] = passing[c].gather(batch.column(c), pairPassing, null, n, n, false);
            }
            return new Batch(n, Arrays.asList(columns));
        }

        @Override
        public void end() {}

        @Override
        public boolean satisfied() {
            return table.rows.rows() == 0;
        }

        @Override
        public void close() {
            if (condition != null) {
                condition.close();
            }
            for (VectorGather gather : kept) {
                gather.close();
            }
            for (VectorGather gather : passing) {
                gather.close();
            }
        }
    }
}
