package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.executor.kernel.Values;
import io.kadedb.executor.kernel.VectorBuilder;
import io.kadedb.executor.pipeline.QueryRun;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/** string_agg over frames: joins the texts of each, which takes as long as the results are. */
final class FrameTexts implements FrameAggregate {
    private static final int CHECKPOINT_ROWS = 1024;

    private final ColumnVector texts;
    private final @Nullable ColumnVector separators;
    private final QueryRun run;

    FrameTexts(ColumnVector texts, @Nullable ColumnVector separators, QueryRun run) {
        this.texts = texts;
        this.separators = separators;
        this.run = run;
    }

    @Override
    public Evaluation open() {
        return new Joining();
    }

    private final class Joining implements Evaluation {
        private final int[] slots = new int[FrameCursor.MOST_RANGES * Batch.MAX_ROWS];
        private final int[] from = new int[FrameCursor.MOST_RANGES * Batch.MAX_ROWS];
        private final int[] to = new int[FrameCursor.MOST_RANGES * Batch.MAX_ROWS];
        private final ByteArrayOutputStream text = new ByteArrayOutputStream();
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
                text.reset();
                boolean any = false;
                for (; range < ranges && slots[range] == slot; range++) {
                    any = join(from[range], to[range], any);
                }
                if (any) {
                    out.appendBytes(text.toByteArray());
                } else {
                    out.appendNull();
                }
            }
            ranges = 0;
        }

        private boolean join(int rangeFrom, int rangeTo, boolean already) {
            boolean any = already;
            for (int row = rangeFrom; row < rangeTo; row++) {
                if (row % CHECKPOINT_ROWS == 0) {
                    run.checkpoint();
                }
                if (texts.isNull(row)) {
                    continue;
                }
                if (any && separators != null && !separators.isNull(row)) {
                    text.writeBytes(Values.bytes(separators, row));
                }
                text.writeBytes(Values.bytes(texts, row));
                any = true;
            }
            return any;
        }
    }
}
