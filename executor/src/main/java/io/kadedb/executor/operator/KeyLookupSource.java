package io.kadedb.executor.operator;

import io.kadedb.common.catalog.IndexDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.data.Batch;
import io.kadedb.executor.pipeline.QueryRun;
import io.kadedb.executor.pipeline.Source;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.storage.api.BatchSource;
import io.kadedb.storage.api.SqlTransaction;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of some keys, primary or of an index. */
final class KeyLookupSource implements Source {
    private final PhysicalPlan.KeyLookup lookup;
    private final QueryRun run;
    private final SoughtKeys keys;
    private final TableDefinition table;
    private final Optional<IndexDefinition> index;
    private int from;

    KeyLookupSource(PhysicalPlan.KeyLookup lookup, QueryRun run) {
        this.lookup = lookup;
        this.run = run;
        this.table = run.context().tables().apply(lookup.table().id());
        this.index = SoughtKeys.index(table, lookup.index());
        int width = lookup.keys().isEmpty() ? 1 : lookup.keys().getFirst().size();
        this.keys = new SoughtKeys(SoughtKeys.fields(table, index).subList(0, width), run);
    }

    @Override
    public int start() {
        keys.evaluate(lookup.keys());
        return 1;
    }

    @Override
    public synchronized @Nullable BatchSource next() {
        if (from >= keys.rows()) {
            return null;
        }
        int count = Math.min(Batch.MAX_ROWS, keys.rows() - from);
        Batch batch = keys.slice(from, count);
        from += count;
        SqlTransaction transaction = run.context().transaction();
        return index.map(found -> transaction.lookup(table, found, lookup.columns(), batch))
                .orElseGet(() -> transaction.lookup(table, lookup.columns(), batch));
    }

    @Override
    public void close() {
        keys.close();
    }
}
