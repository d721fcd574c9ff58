package io.kadedb.storage.transaction;

import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.type.SqlType;
import io.kadedb.storage.format.v1.ColumnBuffer;
import io.kadedb.storage.format.v1.ValueOrder;
import io.kadedb.storage.table.Segment;
import io.kadedb.storage.transaction.StatementSink.Kind;
import java.util.ArrayList;
import java.util.List;

/** Rows of a statement as they were sent, by column. Owned by one thread. */
final class SentRows {
    /** Room at first: most statements send one row. */
    private static final int FIRST_ROWS = 2;

    private final TableDefinition table;
    private final Kind kind;
    private final List<Integer> identity;
    private final List<ColumnBuffer> columns = new ArrayList<>();
    private final List<ColumnBuffer> old = new ArrayList<>();
    private final List<ColumnBuffer> newKeys = new ArrayList<>();
    private final ColumnBuffer newIds = new ColumnBuffer(SqlType.BIGINT, FIRST_ROWS);
    private final ColumnBuffer oldIds = new ColumnBuffer(SqlType.BIGINT, FIRST_ROWS);

    SentRows(TableDefinition table, Kind kind) {
        this.table = table;
        this.kind = kind;
        this.identity = table.identity();
        if (kind != Kind.DELETE) {
            table.columns().forEach(column -> columns.add(new ColumnBuffer(column.type(), FIRST_ROWS)));
            table.primaryKey().forEach(ordinal -> newKeys.add(columns.get(ordinal)));
        }
        if (kind != Kind.INSERT) {
            identity.forEach(ordinal ->
                    old.add(new ColumnBuffer(table.columns().get(ordinal).type(), FIRST_ROWS)));
        }
    }

    Kind kind() {
        return kind;
    }

    /** The new values of all columns; empty when rows are removed. */
    List<ColumnBuffer> columns() {
        return columns;
    }

    ColumnBuffer newIds() {
        return newIds;
    }

    ColumnBuffer oldIds() {
        return oldIds;
    }

    /** The old values of {@link TableDefinition#identity()}. */
    List<ColumnBuffer> old() {
        return old;
    }

    /** The old values of a column among the identity. */
    ColumnBuffer old(int ordinal) {
        return old.get(identity.indexOf(ordinal));
    }

    /** The columns of the rows' new keys. */
    List<ColumnBuffer> newKey() {
        return table.hasPrimaryKey() ? newKeys : List.of(newIds);
    }

    /** The columns of the rows' old keys. */
    List<ColumnBuffer> oldKey() {
        return table.hasPrimaryKey() ? old.subList(0, table.primaryKey().size()) : List.of(oldIds);
    }

    int rows() {
        return kind == Kind.INSERT ? newIds.rows() : oldIds.rows();
    }

    int room() {
        return Segment.MAX_ROWS - rows();
    }

    boolean isFull() {
        return kind == Kind.DELETE ? rows() >= Segment.MAX_ROWS : SegmentStaging.isFull(columns, newIds);
    }

    /** About what the rows take as deltas. */
    long bytes() {
        long bytes = 0;
        for (ColumnBuffer column : columns) {
            bytes += (long) column.rows() * Math.max(2, column.type().layout().width()) + column.totalBytes();
        }
        return bytes + rows() * 40L;
    }

    /** Whether a changed row keeps its key. */
    boolean keyUnchanged(int row) {
        return !table.hasPrimaryKey() || ValueOrder.compare(oldKey(), row, newKeys, row) == 0;
    }

    /** Whether a changed row is the same one under the same key. */
    boolean sameRow(int row) {
        return kind == Kind.UPDATE && newIds.low(row) == oldIds.low(row) && keyUnchanged(row);
    }

    void clear() {
        columns.forEach(ColumnBuffer::clear);
        old.forEach(ColumnBuffer::clear);
        newIds.clear();
        oldIds.clear();
    }
}
