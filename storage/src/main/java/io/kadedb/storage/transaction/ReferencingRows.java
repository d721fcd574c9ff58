package io.kadedb.storage.transaction;

import io.kadedb.common.catalog.IndexDefinition;
import io.kadedb.common.catalog.KeyMode;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.data.Batch;
import io.kadedb.storage.api.BatchSource;
import io.kadedb.storage.api.TableScan;
import io.kadedb.storage.format.v1.ColumnBuffer;
import io.kadedb.storage.table.IndexLookup;
import io.kadedb.storage.table.IndexTable;
import io.kadedb.storage.table.ScanFilter;
import io.kadedb.storage.table.TableView;
import io.kadedb.storage.table.ViewScan;
import io.kadedb.storage.transaction.ForeignKeys.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the rows that refer to keys: by an index over the referencing columns, or else in one scan for all keys. */
final class ReferencingRows {
    private final TableTransaction transaction;
    private final TableDefinition table;
    private final List<Integer> ordinals;

    ReferencingRows(TableTransaction transaction, Reference reference) {
        this.transaction = transaction;
        this.table = reference.table();
        this.ordinals =
                reference.key().columns().stream().map(table::ordinalOfId).toList();
    }

    /** Takes batches with some rows that match, and maybe others. */
    interface Target {
        /** Returns false when it has seen enough. */
        boolean accept(Batch rows, List<ColumnBuffer> referencing);
    }

    /**
     * Gives rows whose referencing columns may be among the keys.
     *
     * @param columns to read; the referencing columns come behind them
     */
    void find(DistinctKeys keys, List<Integer> columns, Target target) {
        List<Integer> all = new ArrayList<>(columns);
        all.addAll(ordinals);
        Optional<IndexDefinition> index = index();
        TableChanges changes = transaction.changes(table);
        TableView view = changes.writtenView();
        if (index.isPresent()) {
            TableChanges entries = transaction.indexChanges(table, index.get());
            IndexTable indexTable = IndexTable.of(table, index.get());
            List<ColumnBuffer> ordered = index.get().columnIds().stream()
                    .limit(ordinals.size())
                    .map(id -> keys.columns().get(ordinals.indexOf(table.ordinalOfId(id))))
                    .toList();
            TableView entryView = entries.writtenView();
            entries.claims().add(IndexLookup.ranges(indexTable, entryView, ordered));
            read(
                    new IndexLookup(view, indexTable, entryView, all, ordered, changes.claims()::add),
                    columns.size(),
                    target);
            return;
        }
        ScanFilter everything = new ScanFilter(table, List.of());
        changes.claims().add(everything.keys());
        for (TableScan.Split split : new ViewScan(view, all, everything).splits()) {
            if (!read(split.open(), columns.size(), target)) {
                return;
            }
        }
    }

    private boolean read(BatchSource source, int columns, Target target) {
        try (source) {
            for (Batch batch = source.next(); batch != null; batch = source.next()) {
                List<ColumnBuffer> referencing = new ArrayList<>();
                for (int i = 0; i < ordinals.size(); i++) {
                    ColumnBuffer column = new ColumnBuffer(
                            table.columns().get(ordinals.get(i)).type(), batch.length());
                    column.addAll(batch.column(columns + i), 0, batch.length());
                    referencing.add(column);
                }
                if (!target.accept(batch, referencing)) {
                    return false;
                }
            }
            return true;
        }
    }

    private Optional<IndexDefinition> index() {
        for (IndexDefinition index : table.indexes()) {
            List<Integer> parts = table.ordinalsOf(index);
            boolean leading = index.isPublic()
                    && !index.isInverted()
                    && index.condition().isEmpty()
                    && parts.size() >= ordinals.size()
                    && ReferencedKeys.sameColumns(parts.subList(0, ordinals.size()), ordinals);
            boolean sought = table.keyMode() == KeyMode.PLAIN || (index.unique() && parts.size() == ordinals.size());
            if (leading && sought) {
                return Optional.of(index);
            }
        }
        return Optional.empty();
    }
}
