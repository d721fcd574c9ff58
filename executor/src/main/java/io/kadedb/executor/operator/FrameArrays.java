package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.type.SqlType;
import io.kadedb.executor.kernel.Values;
import io.kadedb.executor.kernel.VectorBuilder;
import io.kadedb.executor.kernel.value.CollectedArrays;
import io.kadedb.executor.pipeline.QueryRun;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** array_agg over frames: collects the values of each, which takes as long as the results are. */
final class FrameArrays implements FrameAggregate {
    private static final int CHECKPOINT_ROWS = 1024;

    private final ColumnVector values;
    private final SqlType result;
    private final QueryRun run;

    FrameArrays(ColumnVector values, SqlType result, QueryRun run) {
        this.values = values;
        this.result = result;
        this.run = run;
    }

    @Override
    public Evaluation open() {
        return new Collecting();
    }

    private final class Collecting implements Evaluation {
        private final int[] slots = new int[FrameCursor.MOST_RANGES * Batch.MAX_ROWS];
        private final int[] from = new int[FrameCursor.MOST_RANGES * Batch.MAX_ROWS];
        private final int[] to = new int[FrameCursor.MOST_RANGES * Batch.MAX_ROWS];
        private int ranges;

        @Override
        public void add(int slot, int rangeFrom, int rangeTo) {
            slots[ranges] = slot;
            from[ranges] = rangeFrom;
            to[ranges++] = rangeTo;
        }

        @Override
        public void emit(int count, VectorBuilder out) {
            int range = 0;
            for (int slot = 0; slot < count; slot++) {
                List<@Nullable Object> collected = new ArrayList<>();
                for (; range < ranges && slots[range] == slot; range++) {
                    for (int row = from[range]; row < to[range]; row++) {
                        if (row % CHECKPOINT_ROWS == 0) {
                            run.checkpoint();
                        }
                        collected.add(Values.get(values, row));
                    }
                }
                if (collected.isEmpty()) {
                    out.appendNull();
                } else {
                    out.append(CollectedArrays.of(collected, values.type(), result));
                }
            }
            ranges = 0;
        }
    }
}
