package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.common.type.SqlType;
import io.kadedb.executor.kernel.VectorBuilder;
import io.kadedb.executor.pipeline.QueryRun;
import io.kadedb.executor.pipeline.Source;
import io.kadedb.storage.api.BatchSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Hands out the numbers of the vertices at which searches begin. */
final class PathOrigins implements Source {
    private static final int MORSEL = 64;

    private final PathGraph graph;
    private final QueryRun run;
    private final AtomicInteger taken = new AtomicInteger();

    PathOrigins(PathGraph graph, QueryRun run) {
        this.graph = graph;
        this.run = run;
    }

    @Override
    public int start() {
        graph.build();
        return 1 + graph.origins() / MORSEL;
    }

    @Override
    public @Nullable BatchSource next() {
        long from = (long) taken.getAndIncrement() * MORSEL;
        return from >= graph.origins() ? null : new Numbers((int) from, (int) Math.min(graph.origins(), from + MORSEL));
    }

    @Override
    public void close() {
        graph.close();
    }

    private final class Numbers implements BatchSource {
        private final VectorBuilder builder = new VectorBuilder(SqlType.BIGINT, run.memory());
        private final int from;
        private final int to;
        private boolean given;

        Numbers(int from, int to) {
            this.from = from;
            this.to = to;
        }

        @Override
        public @Nullable Batch next() {
            if (given) {
                return null;
            }
            given = true;
            for (int number = from; number < to; number++) {
                builder.appendLong(number);
            }
            return new Batch(to - from, List.of(builder.build()));
        }

        @Override
        public void close() {
            builder.close();
        }
    }
}
