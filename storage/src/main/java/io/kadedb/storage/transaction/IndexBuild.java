package io.kadedb.storage.transaction;

import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.data.Batch;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.storage.api.BatchSource;
import io.kadedb.storage.api.TableScan;
import io.kadedb.storage.format.v1.VectorValues;
import io.kadedb.storage.table.IndexTable;
import io.kadedb.storage.table.ScanFilter;
import io.kadedb.storage.table.ViewScan;
import io.kadedb.storage.transaction.StatementSink.Kind;
import java.util.ArrayList;
import java.util.List;

/** Fills a new index from the rows of its table as the transaction sees them. */
final class IndexBuild {
    private final TableChanges base;
    private final IndexTable index;
    private final IndexSink sink;
    private final Runnable checkpoint;

    /** @param checkpoint called between batches: fails when the statement is cancelled */
    IndexBuild(TableChanges base, TableChanges entries, IndexTable index, int sequence, Runnable checkpoint) {
        this.base = base;
        this.index = index;
        this.checkpoint = checkpoint;
        this.sink = new IndexSink(entries, index, Kind.INSERT, sequence);
    }

    void run() {
        ScanFilter everything = new ScanFilter(base.table(), List.of());
        base.claims().add(everything.keys());
        List<Integer> ordinals = columns(index);
        try {
            for (TableScan.Split split : new ViewScan(base.view(), ordinals, everything).splits()) {
                try (BatchSource source = split.open()) {
                    for (Batch batch = source.next(); batch != null; batch = source.next()) {
                        checkpoint.run();
                        SentRows rows = new SentRows(base.table(), Kind.INSERT);
                        add(index, batch, rows);
                        sink.add(rows);
                    }
                }
            }
            sink.finish();
        } catch (KadeException e) {
            throw e.code() == ErrorCode.UNIQUE_VIOLATION
                    ? notUnique(index.index().name(), e)
                    : e;
        }
    }

    /** The columns to read of the rows: {@link IndexTable#sources()}, then the row id. */
    static List<Integer> columns(IndexTable index) {
        List<Integer> columns = new ArrayList<>(index.sources());
        columns.add(TableDefinition.ROW_ID);
        return columns;
    }

    /**
     * Adds rows as if they were inserted; columns that the index does not need are left empty.
     *
     * @param batch {@link #columns}
     */
    static void add(IndexTable index, Batch batch, SentRows rows) {
        List<Integer> sources = index.sources();
        for (int i = 0; i < sources.size(); i++) {
            rows.columns().get(sources.get(i)).addAll(batch.column(i), 0, batch.length());
        }
        for (int row = 0; row < batch.length(); row++) {
            rows.newIds().addFixed(VectorValues.low(batch.column(sources.size()), row), 0);
        }
    }

    /** What the duplicate key of a row means to the index that is built. */
    static KadeException notUnique(String index, KadeException duplicate) {
        return KadeException.of(
                        ErrorCode.UNIQUE_VIOLATION, "could not create unique index \"" + index + "\"", duplicate)
                .detail(duplicate
                        .detail()
                        .map(text -> text.replace(" already exists.", " is duplicated."))
                        .orElse(null));
    }
}
