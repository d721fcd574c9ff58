package io.kadedb.executor.operator;

import io.kadedb.common.catalog.IndexDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.data.Batch;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.Field;
import io.kadedb.executor.kernel.Values;
import io.kadedb.executor.pipeline.QueryRun;
import io.kadedb.planner.physical.Expr;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Values of columns of a key that a plan seeks by equality: none with NULL, and each only once. */
final class SoughtKeys implements AutoCloseable {
    private final List<Field> fields;
    private final QueryRun run;
    private final RowStore keys;

    SoughtKeys(List<Field> fields, QueryRun run) {
        this.fields = fields;
        this.run = run;
        this.keys = new RowStore(fields, run.memory());
    }

    /** The index that a plan names, if it names one. */
    static Optional<IndexDefinition> index(TableDefinition table, Optional<String> index) {
        return index.map(name -> table.index(name)
                .orElseThrow(() -> KadeException.internal("a plan's index is not in the catalog", null)));
    }

    /** The columns of an index, or of the primary key. */
    static List<Field> fields(TableDefinition table, Optional<IndexDefinition> index) {
        return index.map(found -> found.parts().stream()
                        .map(part -> new Field("", part.type(table), false))
                        .toList())
                .orElseGet(() -> table.primaryKey().stream()
                        .map(ordinal -> table.columns().get(ordinal))
                        .map(column -> new Field(column.name(), column.type(), false))
                        .toList());
    }

    /** Computes the values. */
    void evaluate(List<List<Expr>> sought) {
        try (RowWriter writer = new RowWriter(keys, run)) {
            sought.forEach(writer::append);
        }
        if (keys.rows() > 1 || hasNull()) {
            dropNullsAndDuplicates();
        }
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
        try (RowStore all = new RowStore(fields, run.memory())) {
            all.appendAll(keys);
            keys.clear();
            keys.append(all.all(), kept, n);
        }
    }

    int rows() {
        return keys.rows();
    }

    /**
     * Some keys without a copy.
     *
     * @param from a multiple of 8
     */
    Batch slice(int from, int count) {
        return keys.slice(from, count);
    }

    /** All keys. */
    Batch all() {
        return keys.all();
    }

    @Override
    public void close() {
        keys.close();
    }
}
