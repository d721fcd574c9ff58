package io.kadedb.executor.operator;

import io.kadedb.common.catalog.IndexDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.data.Batch;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.Field;
import io.kadedb.executor.kernel.Values;
import io.kadedb.executor.pipeline.QueryRun;
import io.kadedb.executor.pipeline.Source;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.storage.api.BatchSource;
import io.kadedb.storage.api.SqlTransaction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rows of some keys, primary or of an index. */
final class KeyLookupSource implements Source {
    private final PhysicalPlan.KeyLookup lookup;
    private final QueryRun run;
    private final List<Field> keyFields;
    private final RowStore keys;
    private final TableDefinition table;
    private final Optional<IndexDefinition> index;
    private int from;

    KeyLookupSource(PhysicalPlan.KeyLookup lookup, QueryRun run) {
        this.lookup = lookup;
        this.run = run;
        this.table = run.context().tables().apply(lookup.table().id());
        this.index = lookup.index()
                .map(name -> table.index(name)
                        .orElseThrow(() -> KadeException.internal("a plan's index is not in the catalog", null)));
        this.keyFields = index.map(this::keyFields)
                .orElseGet(() -> table.primaryKey().stream()
                        .map(ordinal -> table.columns().get(ordinal))
                        .map(column -> new Field(column.name(), column.type(), false))
                        .toList());
        this.keys = new RowStore(keyFields, run.memory());
    }

    /** The leading parts of an index that the keys give. */
    private List<Field> keyFields(IndexDefinition found) {
        int width = lookup.keys().isEmpty() ? 1 : lookup.keys().getFirst().size();
        return found.parts().subList(0, width).stream()
                .map(part -> new Field("", part.type(table), false))
                .toList();
    }

    @Override
    public int start() {
        try (RowWriter writer = new RowWriter(keys, run)) {
            for (List<Expr> key : lookup.keys()) {
                writer.append(key);
            }
        }
        if (keys.rows() > 1 || hasNull()) {
            dropNullsAndDuplicates();
        }
        return 1;
    }

    private boolean hasNull() {
        for (int c = 0; c < keys.columns(); c++) {
            for (int i = 0; i < keys.rows(); i++) {
                if (keys.column(c).isNull(i)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** A key with a NULL has no row, and a key asked for twice gives its row once. */
    private void dropNullsAndDuplicates() {
        Set<List<@Nullable Object>> seen = new HashSet<>();
        int[] kept = new int[keys.rows()];
        int n = 0;
        for (int i = 0; i < keys.rows(); i++) {
            List<@Nullable Object> key = new ArrayList<>();
            for (int c = 0; c < keys.columns(); c++) {
                key.add(Values.get(keys.column(c), i));
            }
            if (!key.contains(null) && seen.add(key)) {
                kept[n++] = i;
            }
        }
        try (RowStore all = new RowStore(keyFields, run.memory())) {
            all.appendAll(keys);
            keys.clear();
            keys.append(all.all(), kept, n);
        }
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
