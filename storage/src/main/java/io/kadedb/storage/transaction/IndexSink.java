package io.kadedb.storage.transaction;

import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.storage.format.v1.ColumnBuffer;
import io.kadedb.storage.format.v1.ValueOrder;
import io.kadedb.storage.table.IndexTable;
import io.kadedb.storage.transaction.StatementSink.Kind;
import java.util.List;

/** Keeps an index with what a statement does to its table. Owned by one thread. */
final class IndexSink {
    private final IndexTable index;
    private final Kind kind;
    private final RowWriter writer;

    IndexSink(TableChanges changes, IndexTable index, Kind kind, int sequence) {
        this.index = index;
        this.kind = kind;
        this.writer = new RowWriter(changes, kind, sequence);
    }

    /** Takes rows of the table. */
    void add(SentRows rows) {
        SentRows entries = writer.sent();
        for (int row = 0; row < rows.rows(); row++) {
            if (kind == Kind.UPDATE && isUnchanged(rows, row)) {
                continue;
            }
            if (kind != Kind.INSERT) {
                addOld(rows, row, entries);
            }
            if (kind != Kind.DELETE) {
                addNew(rows, row, entries);
            }
            if (entries.isFull()) {
                writer.stage();
            }
        }
        if (writer.isFull()) {
            writer.stage();
        }
    }

    private boolean isUnchanged(SentRows rows, int row) {
        if (rows.oldIds().low(row) != rows.newIds().low(row)) {
            return false;
        }
        for (int ordinal : keyOrigins()) {
            if (ValueOrder.compare(rows.old(ordinal), row, rows.columns().get(ordinal), row) != 0) {
                return false;
            }
        }
        return true;
    }

    private List<Integer> keyOrigins() {
        return index.origins().subList(0, index.width());
    }

    private void addOld(SentRows rows, int row, SentRows entries) {
        boolean anyNull = false;
        for (int i = 0; i < index.width(); i++) {
            ColumnBuffer column = rows.old(index.origins().get(i));
            anyNull |= column.isNull(row);
            entries.old().get(i).add(column, row);
        }
        long id = rows.oldIds().low(row);
        entries.old().get(index.width()).addFixed(tie(id, anyNull), 0);
        entries.oldIds().addFixed(id, 0);
    }

    private void addNew(SentRows rows, int row, SentRows entries) {
        boolean anyNull = false;
        for (int ordinal : keyOrigins()) {
            anyNull |= rows.columns().get(ordinal).isNull(row);
        }
        long id = rows.newIds().low(row);
        for (int i = 0; i < index.origins().size(); i++) {
            int ordinal = index.origins().get(i);
            if (ordinal == TableDefinition.ROW_ID) {
                entries.columns().get(i).addFixed(tie(id, anyNull), 0);
            } else {
                entries.columns().get(i).add(rows.columns().get(ordinal), row);
            }
        }
        entries.newIds().addFixed(id, 0);
    }

    private long tie(long rowId, boolean anyNull) {
        boolean single = index.index().unique() && (!anyNull || index.index().nullsNotDistinct());
        return single ? 0 : rowId;
    }

    void finish() {
        writer.finish();
    }
}
