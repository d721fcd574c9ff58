package io.kadedb.executor.operator;

import io.kadedb.executor.pipeline.QueryRun;
import io.kadedb.executor.pipeline.Source;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.storage.api.BatchSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows written in the statement. */
final class ValuesSource implements Source {
    private final PhysicalPlan.Values values;
    private final QueryRun run;
    private final RowStore rows;
    private final StoredRows stored;

    ValuesSource(PhysicalPlan.Values values, QueryRun run) {
        this.values = values;
        this.run = run;
        this.rows = new RowStore(values.output(), run.memory());
        this.stored = new StoredRows(() -> rows);
    }

    @Override
    public int start() {
        try (RowWriter writer = new RowWriter(rows, run)) {
            for (List<Expr> tuple : values.tuples()) {
                writer.append(tuple);
            }
        }
        rows.all();
        return stored.start();
    }

    @Override
    public @Nullable BatchSource next() {
        return stored.next();
    }

    @Override
    public void close() {
        rows.close();
    }
}
