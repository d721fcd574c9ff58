package io.kadedb.storage.check;

import io.kadedb.common.catalog.ForeignKeyDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.data.Batch;
import io.kadedb.storage.format.v1.KeyWriter;
import io.kadedb.storage.table.ValueText;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A foreign key: what each row refers to is there. */
final class ReferenceCheck {
    /** Keys whose hashes are held at a time. */
    private static final long HELD_KEYS = 4L << 20;

    private final TableDefinition table;
    private final ForeignKeyDefinition key;
    private final TableDefinition referenced;
    private final LiveRows rows;
    private final LiveRows targets;
    private final Problems problems;

    ReferenceCheck(
            CheckSnapshot snapshot,
            TableDefinition table,
            ForeignKeyDefinition key,
            TableDefinition referenced,
            Problems problems) {
        this.table = table;
        this.key = key;
        this.referenced = referenced;
        this.rows = new LiveRows(snapshot, table);
        this.targets = new LiveRows(snapshot, referenced);
        this.problems = problems;
    }

    void run() {
        List<Integer> from = columns(table, key.columns());
        List<Integer> to = columns(referenced, key.referencedColumns());
        AtomicLong keys = new AtomicLong();
        if (!targets.forEach(List.of(TableDefinition.ROW_ID), problems, batch -> keys.addAndGet(batch.length()))) {
            return;
        }
        long parts = keys.get() / HELD_KEYS + 1;
        AtomicLong count = new AtomicLong();
        for (long part = 0; part < parts; part++) {
            LongOpenHashSet there = new LongOpenHashSet();
            long wanted = part;
            boolean whole = targets.forEach(to, problems, batch -> {
                for (int row = 0; row < batch.length(); row++) {
                    long hash = hash(batch, row);
                    if (Long.remainderUnsigned(hash, parts) == wanted) {
                        there.add(hash);
                    }
                }
            });
            if (!whole) {
                return;
            }
            rows.forEach(from, problems, batch -> {
                for (int row = 0; row < batch.length(); row++) {
                    count.addAndGet(wanted == 0 ? 1 : 0);
                    check(batch, row, there, parts, wanted);
                }
            });
        }
        problems.rows(count.get());
    }

    private void check(Batch batch, int row, LongOpenHashSet there, long parts, long wanted) {
        int nulls = 0;
        for (int i = 1; i < batch.columns().size(); i++) {
            nulls += batch.column(i).isNull(row) ? 1 : 0;
        }
        if (nulls > 0) {
            if (wanted == 0 && key.matchFull() && nulls < batch.columns().size() - 1) {
                problems.add(ValueText.row(batch, row) + " has NULL in some columns of the key, and not in all");
            }
            return;
        }
        long hash = hash(batch, row);
        if (Long.remainderUnsigned(hash, parts) == wanted && !there.contains(hash)) {
            problems.add(ValueText.row(batch, row) + " refers to a row of table \"" + referenced.qualifiedName()
                    + "\" that is not there");
        }
    }

    private static long hash(Batch batch, int row) {
        KeyWriter values = new KeyWriter();
        for (int i = 1; i < batch.columns().size(); i++) {
            values.addValue(batch.column(i), row);
        }
        return RowHash.of(values.toBytes()).low();
    }

    private static List<Integer> columns(TableDefinition table, List<Integer> ids) {
        List<Integer> columns = new ArrayList<>();
        columns.add(TableDefinition.ROW_ID);
        ids.forEach(id -> columns.add(table.ordinalOfId(id)));
        return columns;
    }
}
