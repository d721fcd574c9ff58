package io.kadedb.storage.check;

import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.data.Batch;
import io.kadedb.storage.api.BatchSource;
import io.kadedb.storage.api.TableScan;
import io.kadedb.storage.format.v1.ColumnBuffer;
import io.kadedb.storage.table.ScanFilter;
import io.kadedb.storage.table.ViewScan;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The rows of a table, or of an index as one, that readers see. */
final class LiveRows {
    private final CheckSnapshot snapshot;
    private final TableDefinition table;

    LiveRows(CheckSnapshot snapshot, TableDefinition table) {
        this.snapshot = snapshot;
        this.table = table;
    }

    /**
     * Gives all rows.
     *
     * @param columns ordinals, or {@link TableDefinition#ROW_ID}
     * @return whether all of them could be read
     */
    boolean forEach(List<Integer> columns, Problems problems, Consumer<Batch> batches) {
        List<TableScan.Split> splits = new ArrayList<>();
        boolean whole = problems.guard(
                "the rows",
                () -> splits.addAll(
                        new ViewScan(snapshot.view(table), columns, new ScanFilter(table, List.of())).splits()));
        for (TableScan.Split split : splits) {
            whole &= problems.guard("the rows", () -> {
                try (BatchSource source = split.open()) {
                    for (Batch batch = source.next(); batch != null; batch = source.next()) {
                        snapshot.checkpoint();
                        batches.accept(batch);
                    }
                }
            });
        }
        return whole;
    }

    /** Some columns of a row, for messages. */
    static List<ColumnBuffer> copy(Batch batch, int from, int to, int row) {
        List<ColumnBuffer> values = new ArrayList<>();
        for (int i = from; i < to; i++) {
            ColumnBuffer value = new ColumnBuffer(batch.column(i).type(), 1);
            value.add(batch.column(i), row);
            values.add(value);
        }
        return values;
    }
}
