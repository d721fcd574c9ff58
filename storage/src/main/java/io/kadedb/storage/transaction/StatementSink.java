package io.kadedb.storage.transaction;

import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import io.kadedb.storage.api.RowSink;
import io.kadedb.storage.format.v1.ColumnBuffer;
import io.kadedb.storage.format.v1.KeyEncoding;
import io.kadedb.storage.format.v1.KeyLayout;
import io.kadedb.storage.format.v1.Stamp;
import io.kadedb.storage.format.v1.ValueOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/**
 * Takes the rows of a statement: gathers them by column, and at the end, or when they become too many for one key-value
 * transaction, hands them on.
 */
final class StatementSink implements RowSink {
    /** A statement that writes more is staged. */
    static final int STAGE_BYTES = 4 << 20;

    /** What is done with the rows. */
    enum Kind {
        INSERT,
        UPDATE,
        DELETE
    }

    private final TableChanges changes;
    private final TableDefinition table;
    private final Kind kind;
    private final int sequence;
    private final SentRows sent;
    private final Roaring64Bitmap touched = new Roaring64Bitmap();
    private @Nullable StagedStatement staged;
    private long count;

    StatementSink(TableChanges changes, Kind kind, int sequence) {
        this.changes = changes;
        this.table = changes.table();
        this.kind = kind;
        this.sequence = sequence;
        this.sent = new SentRows(table, kind);
    }

    @Override
    public void accept(Batch rows) {
        switch (kind) {
            case INSERT -> insert(rows);
            case UPDATE -> change(rows, true);
            case DELETE -> change(rows, false);
        }
        if (sent.isFull() || sent.bytes() > STAGE_BYTES) {
            stage();
        }
    }

    private void insert(Batch rows) {
        checkNotNull(rows, 0);
        long firstId =
                changes.storage().sequences().next(KeyLayout.rowIdSequence(table.id()), Math.max(1, rows.length()));
        int done = 0;
        while (done < rows.length()) {
            int part = Math.min(rows.length() - done, sent.room());
            for (int i = 0; i < table.columns().size(); i++) {
                sent.columns().get(i).addAll(rows.column(i), done, part);
            }
            for (int i = 0; i < part; i++) {
                sent.newIds().addFixed(firstId + done + i, 0);
            }
            done += part;
            if (done < rows.length()) {
                stage();
            }
        }
        count += rows.length();
    }

    /** Rows with their id and old key first. The same row twice counts once, the first one. */
    private void change(Batch rows, boolean withColumns) {
        int keys = table.primaryKey().size();
        if (withColumns) {
            checkNotNull(rows, 1 + keys);
        }
        for (int row = 0; row < rows.length(); row++) {
            long id = io.kadedb.storage.format.v1.VectorValues.low(rows.column(0), row);
            if (touched.contains(id)) {
                continue;
            }
            touched.addLong(id);
            sent.oldIds().addFixed(id, 0);
            for (int i = 0; i < keys; i++) {
                sent.oldKeys().get(i).add(rows.column(1 + i), row);
            }
            if (withColumns) {
                for (int i = 0; i < table.columns().size(); i++) {
                    sent.columns().get(i).add(rows.column(1 + keys + i), row);
                }
                sent.newIds().addFixed(sent.keyUnchanged() ? id : nextId(), 0);
            }
            count++;
            if (sent.isFull()) {
                stage();
            }
        }
    }

    private long nextId() {
        return changes.storage().sequences().next(KeyLayout.rowIdSequence(table.id()));
    }

    private void checkNotNull(Batch rows, int from) {
        for (int i = 0; i < table.columns().size(); i++) {
            ColumnDefinition column = table.columns().get(i);
            ColumnVector vector = rows.column(from + i);
            if ((!column.nullable() || table.primaryKey().contains(i)) && vector.validity() != null) {
                for (int row = 0; row < rows.length(); row++) {
                    if (vector.isNull(row)) {
                        throw KadeException.of(
                                ErrorCode.NOT_NULL_VIOLATION,
                                "null value in column \"" + column.name() + "\" of relation \"" + table.name()
                                        + "\" violates not-null constraint");
                    }
                }
            }
        }
    }

    private StagedStatement stage() {
        StagedStatement target = staged;
        if (target == null) {
            target = new StagedStatement(changes, kind, Stamp.own(sequence));
            staged = target;
        }
        if (sent.rows() > 0) {
            target.add(sent);
            sent.clear();
        }
        return target;
    }

    @Override
    public long finish() {
        if (staged == null && new SmallStatement(changes, kind, sequence).write(sent)) {
            return count;
        }
        stage().finish();
        return count;
    }

    /** Rows as they were sent, by column. */
    static final class SentRows {
        private final TableDefinition table;
        private final Kind kind;
        private final List<ColumnBuffer> columns = new ArrayList<>();
        private final List<ColumnBuffer> oldKeys = new ArrayList<>();
        private final List<ColumnBuffer> newKeys = new ArrayList<>();
        private final ColumnBuffer newIds = new ColumnBuffer(SqlType.BIGINT);
        private final ColumnBuffer oldIds = new ColumnBuffer(SqlType.BIGINT);

        SentRows(TableDefinition table, Kind kind) {
            this.table = table;
            this.kind = kind;
            if (kind != Kind.DELETE) {
                table.columns().forEach(column -> columns.add(new ColumnBuffer(column.type())));
                table.primaryKey().forEach(ordinal -> newKeys.add(columns.get(ordinal)));
            }
            if (kind != Kind.INSERT) {
                table.primaryKey()
                        .forEach(ordinal -> oldKeys.add(
                                new ColumnBuffer(table.columns().get(ordinal).type())));
            }
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

        List<ColumnBuffer> oldKeys() {
            return oldKeys;
        }

        /** The columns of the rows' new keys. */
        List<ColumnBuffer> newKey() {
            return table.hasPrimaryKey() ? newKeys : List.of(newIds);
        }

        /** The columns of the rows' old keys. */
        List<ColumnBuffer> oldKey() {
            return table.hasPrimaryKey() ? oldKeys : List.of(oldIds);
        }

        int rows() {
            return kind == Kind.INSERT ? newIds.rows() : oldIds.rows();
        }

        int room() {
            return io.kadedb.storage.table.Segment.MAX_ROWS - rows();
        }

        boolean isFull() {
            return kind == Kind.DELETE
                    ? rows() >= io.kadedb.storage.table.Segment.MAX_ROWS
                    : SegmentStaging.isFull(columns, newIds);
        }

        /** About what the rows take as deltas. */
        long bytes() {
            long bytes = 0;
            for (ColumnBuffer column : columns) {
                bytes += (long) column.rows()
                                * Math.max(2, column.type().layout().width())
                        + column.totalBytes();
            }
            return bytes + rows() * 40L;
        }

        /** Whether the last row keeps its key. */
        boolean keyUnchanged() {
            int row = oldIds.rows() - 1;
            return !table.hasPrimaryKey() || ValueOrder.compare(oldKeys, row, newKeys, row) == 0;
        }

        void clear() {
            columns.forEach(ColumnBuffer::clear);
            oldKeys.forEach(ColumnBuffer::clear);
            newIds.clear();
            oldIds.clear();
        }

        KeyEncoding keys(io.kadedb.storage.format.v1.KeyHash hash) {
            return new KeyEncoding(table, hash);
        }
    }
}
