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
        List<Integer> ordinals = new ArrayList<>(index.sources());
        ordinals.add(TableDefinition.ROW_ID);
        try {
            for (TableScan.Split split : new ViewScan(base.view(), ordinals, everything).splits()) {
                try (BatchSource source = split.open()) {
                    for (Batch batch = source.next(); batch != null; batch = source.next()) {
                        checkpoint.run();
                        sink.add(rows(batch));
                    }
                }
            }
            sink.finish();
        } catch (KadeException e) {
            throw e.code() == ErrorCode.UNIQUE_VIOLATION ? notUnique(e) : e;
        }
    }

    /** The batch as rows inserted; columns that the index does not hold are left empty. */
    private SentRows rows(Batch batch) {
        SentRows rows = new SentRows(base.table(), Kind.INSERT);
        List<Integer> sources = index.sources();
        for (int i = 0; i < sources.size(); i++) {
            rows.columns().get(sources.get(i)).addAll(batch.column(i), 0, batch.length());
        }
        for (int row = 0; row < batch.length(); row++) {
            rows.newIds().addFixed(VectorValues.low(batch.column(sources.size()), row), 0);
        }
        return rows;
    }

    private KadeException notUnique(KadeException duplicate) {
        return KadeException.of(
                        ErrorCode.UNIQUE_VIOLATION,
                        "could not create unique index \"" + index.index().name() + "\"",
                        duplicate)
                .detail(duplicate
                        .detail()
                        .map(text -> text.replace(" already exists.", " is duplicated."))
                        .orElse(null));
    }
}
