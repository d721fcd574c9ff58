package io.kadedb.executor.operator;

import io.kadedb.common.catalog.IndexDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.Field;
import io.kadedb.executor.pipeline.QueryRun;
import io.kadedb.executor.pipeline.Stage;
import io.kadedb.executor.pipeline.Worker;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.storage.api.BatchSource;
import io.kadedb.storage.api.SqlTransaction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts beside each row the row of a table that has its key, or NULLs: looks up the distinct keys of each batch. */
final class KeyJoinRows implements Stage {
    private final PhysicalPlan.KeyJoin join;
    private final QueryRun run;
    private final Stage next;
    private final TableDefinition table;
    private final MemoryPool memory;
    private final Optional<IndexDefinition> index;
    private final boolean nullsEqual;
    /** Whether the key is not among the columns of the rows found, so that keys are looked up one by one. */
    private final boolean computed;

    private final int keyWidth;
    private final List<Field> keyFields;
    private final List<Integer> read;
    private final RowStore keys;
    private final RowStore found;
    private final VectorGather[] gathers;
    private final int[] present = new int[Batch.MAX_ROWS];
    private final int[] ids = new int[Batch.MAX_ROWS];
    private final int[] added = new int[Batch.MAX_ROWS];
    private final int[] rowOf = new int[Batch.MAX_ROWS];
    private final int[] rows = new int[Batch.MAX_ROWS];

    KeyJoinRows(PhysicalPlan.KeyJoin join, Worker worker, Stage next) {
        this.join = join;
        this.run = worker.run();
        this.next = next;
        this.table = run.context().tables().apply(join.table().id());
        this.memory = run.memory();
        this.index = join.index()
                .map(name -> table.index(name)
                        .orElseThrow(() -> KadeException.internal("a plan's index is not in the catalog", null)));
        this.nullsEqual = index.map(IndexDefinition::nullsNotDistinct).orElse(false);
        this.computed = index.map(found -> !found.isPlain()).orElse(false);
        List<Integer> key = index.map(table::ordinalsOf).orElse(table.primaryKey());
        this.keyFields = index.map(found -> found.parts().stream()
                        .map(part -> new Field("", part.type(table), nullsEqual))
                        .toList())
                .orElseGet(() -> key.stream()
                        .map(ordinal -> table.columns().get(ordinal))
                        .map(column -> new Field(column.name(), column.type(), nullsEqual))
                        .toList());
        this.read = computed ? new ArrayList<>() : new ArrayList<>(key);
        read.addAll(join.columns());
        int width = join.input().output().size();
        List<Field> fields = join.output().subList(width, join.output().size());
        List<Field> stored = computed ? new ArrayList<>() : new ArrayList<>(keyFields);
        stored.addAll(fields);
        this.keyWidth = stored.size() - fields.size();
        this.keys = new RowStore(keyFields, memory);
        this.found = new RowStore(stored, memory);
        this.gathers = fields.stream()
                .map(field -> new VectorGather(field.type(), memory))
                .toArray(VectorGather[]::new);
    }

    @Override
    public void push(Batch batch, int @Nullable [] selection, int count) {
        run.checkpoint();
        keys.clear();
        found.clear();
        Arrays.fill(rows, 0, count, -1);
        Batch keyed = new Batch(
                batch.length(), join.keys().stream().map(batch::column).toList());
        int n = sought(keyed, selection, count);
        if (n == 1) {
            lookup(keyed, 1);
            rows[ids[0]] = found.rows() == 0 ? -1 : 0;
        } else if (n > 1) {
            match(keyed, n);
        }
        next.push(joined(batch, selection, count), selection, count);
    }

    /** Puts the rows whose key can be found into {@link #present}, and where they are among the selected into ids. */
    private int sought(Batch keyed, int @Nullable [] selection, int count) {
        int n = 0;
        for (int i = 0; i < count; i++) {
            int row = Columns.row(selection, i);
            boolean isNull = false;
            for (ColumnVector column : keyed.columns()) {
                isNull |= !nullsEqual && column.isNull(row);
            }
            if (!isNull) {
                present[n] = row;
                ids[n++] = i;
            }
        }
        return n;
    }

    private void match(Batch keyed, int n) {
        int[] places = Arrays.copyOf(ids, n);
        KeyLayout layout = KeyLayout.of(keyFields, nullsEqual);
        @Nullable TextInterner[] texts = KeyEncoder.interners(keyFields, memory);
        int[] columns = new int[keyFields.size()];
        Arrays.setAll(columns, i -> i);
        try (KeyTable distinct = new KeyTable(layout, memory)) {
            KeyEncoder encoder = new KeyEncoder(layout, columns, texts, true);
            encoder.encode(keyed, present, n);
            int fresh = distinct.findOrAdd(encoder.words, n, ids, added);
            int[] keyOf = Arrays.copyOf(ids, n);
            for (int i = 0; i < fresh; i++) {
                present[i] = present[added[i]];
            }
            Arrays.fill(rowOf, 0, fresh, -1);
            if (computed) {
                lookupSingly(keyed, fresh);
            } else {
                lookup(keyed, fresh);
                encoder.encode(found.all(), null, found.rows());
                distinct.find(encoder.words, found.rows(), ids);
                for (int i = 0; i < found.rows(); i++) {
                    rowOf[ids[i]] = i;
                }
            }
            for (int i = 0; i < n; i++) {
                rows[places[i]] = rowOf[keyOf[i]];
            }
        } finally {
            KeyEncoder.close(texts);
        }
    }

    /** Reads the rows of the first keys of {@link #present} one after the other, and tells which is whose. */
    private void lookupSingly(Batch keyed, int count) {
        for (int i = 0; i < count; i++) {
            run.checkpoint();
            present[0] = present[i];
            keys.clear();
            int before = found.rows();
            lookup(keyed, 1);
            rowOf[i] = found.rows() > before ? before : -1;
        }
    }

    /** Reads the rows of the first keys of {@link #present}. */
    private void lookup(Batch keyed, int count) {
        keys.append(keyed, present, count);
        SqlTransaction transaction = run.context().transaction();
        Batch wanted = keys.all();
        try (BatchSource source = index.isPresent()
                ? transaction.lookup(table, index.get(), read, wanted)
                : transaction.lookup(table, read, wanted)) {
            for (Batch batch = source.next(); batch != null; batch = source.next()) {
                found.append(batch, null, batch.length());
            }
        }
    }

    private Batch joined(Batch batch, int @Nullable [] selection, int count) {
        List<ColumnVector> columns = new ArrayList<>(batch.columns());
        for (int i = 0; i < gathers.length; i++) {
            ColumnVector from = found.column(keyWidth + i);
            columns.add(gathers[i].gather(from, rows, selection, count, batch.length(), true));
        }
        return new Batch(batch.length(), columns);
    }

    @Override
    public void end() {
        next.end();
    }

    @Override
    public boolean satisfied() {
        return next.satisfied();
    }

    @Override
    public void close() {
        keys.close();
        found.close();
        for (VectorGather gather : gathers) {
            gather.close();
        }
        next.close();
    }
}
